// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.testing.TestData;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small language with the exact law of masked decoding under the hash-defined model.
 *
 * @param name its name
 * @param vocabulary its tokens; the last id ends a text
 * @param seed the model's seed
 * @param deadMass the probability that masked decoding runs into a dead end
 * @param sequences every token sequence of the language
 */
public record GoldenCase(String name, Vocabulary vocabulary, int seed, double deadMass, List<Entry> sequences) {

    /** One sequence: its tokens, its text, the model's probability, that of masked decoding, and the weight. */
    public record Entry(List<Integer> ids, String text, double p, double masked, double weight) {}

    /** All cases; the test that asks is skipped without them. */
    public static List<GoldenCase> all() {
        Path file = TestData.of("golden-sampling", "golden.json");
        try {
            List<GoldenCase> cases = new ArrayList<>();
            object(new PlainJson(Files.readString(file)).value()).forEach((name, value) -> {
                if (value instanceof Map<?, ?> map && map.containsKey("sequences")) {
                    cases.add(read(name, object(value)));
                }
            });
            return cases;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static GoldenCase read(String name, Map<String, Object> json) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (Object token : (List<?>) json.getOrDefault("vocab", List.of())) {
            builder.token(id++, (String) token);
        }
        int end = number(json, "eos").intValue();
        builder.special(end, "</s>").endIds(end);
        List<Entry> entries = new ArrayList<>();
        for (Object value : (List<?>) json.getOrDefault("sequences", List.of())) {
            Map<String, Object> sequence = object(value);
            List<Integer> ids = new ArrayList<>();
            ((List<?>) sequence.getOrDefault("ids", List.of())).forEach(token -> ids.add(((Double) token).intValue()));
            entries.add(new Entry(
                    ids,
                    String.valueOf(sequence.get("text")),
                    number(sequence, "p"),
                    number(sequence, "gcd"),
                    number(sequence, "gcdWeight")));
        }
        return new GoldenCase(
                name, builder.build(), number(json, "seed").intValue(), number(json, "gcdDeadMass"), entries);
    }

    private static Double number(Map<String, Object> json, String key) {
        return (Double) json.getOrDefault(key, Double.NaN);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** The texts of the language. */
    public Set<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        sequences.forEach(entry -> texts.add(entry.text()));
        return texts;
    }

    @Override
    public String toString() {
        return name;
    }
}
