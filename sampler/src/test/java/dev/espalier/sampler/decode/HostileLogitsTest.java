// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.TestData;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.PlainJson;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sampling steps of the hostile corpus: logits that are not numbers, infinite, extreme or too few. */
class HostileLogitsTest {

    @Test
    void everySamplingStepGivesAnAllowedTokenOrATypedError() throws IOException {
        Path index = TestData.of("hostile", "index.jsonl");
        int steps = 0;
        for (String line : Files.readAllLines(index)) {
            if (line.contains("\"do\":\"sample\"")) {
                Map<?, ?> input = map((Map<?, ?>) new PlainJson(line).value(), "input");
                steps += run(line, input);
            }
        }
        System.out.println("hostile logits: " + steps + " steps");
        assertTrue(steps > 0);
    }

    private static int run(String line, Map<?, ?> input) {
        Vocabulary vocabulary = vocabulary(input);
        Map<?, ?> constraint = map(input, "constraint");
        Grammar grammar =
                Grammar.of(new RegexReader().read(String.valueOf(constraint.get("input")), RegexReader.Mode.FULL));
        int steps = 0;
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher matcher = compiler.compile(grammar).matcher();
            for (Object value : list(input, "steps")) {
                Map<?, ?> step = (Map<?, ?>) value;
                if ("sample".equals(step.get("do"))) {
                    assertTrue(holds(step, vocabulary, matcher), line);
                    steps++;
                }
            }
        }
        return steps;
    }

    private static boolean holds(Map<?, ?> step, Vocabulary vocabulary, Matcher matcher) {
        List<?> values = list(step, "logits");
        float[] logits = new float[values.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Double.valueOf(String.valueOf(values.get(i))).floatValue();
        }
        double temperature = Double.parseDouble(String.valueOf(step.get("temperature")));
        boolean mayFail = "typed-error".equals(step.get("expect")) || "true".equals(step.get("or_error"));
        for (int seed = 0; seed < 50; seed++) {
            try {
                Choice choice = new TokenSampler(vocabulary.size())
                        .choose(
                                logits,
                                matcher.mask(),
                                SamplingParameters.DEFAULT.withTemperature(temperature),
                                Choices.seeded(seed));
                if ("typed-error".equals(step.get("expect"))
                        || !list(step, "in").contains((double) choice.token())) {
                    return false;
                }
            } catch (EspalierException typed) {
                if (!mayFail) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Vocabulary vocabulary(Map<?, ?> input) {
        List<?> special = list(input, "special");
        List<?> ends = list(input, "eos");
        Vocabulary.Builder builder = Vocabulary.builder();
        List<?> tokens = list(input, "vocab");
        for (int id = 0; id < tokens.size(); id++) {
            String token = String.valueOf(tokens.get(id));
            if (special.contains((double) id)) {
                builder.special(id, token);
            } else {
                builder.token(id, token);
            }
        }
        return builder.endIds(
                        ends.stream().mapToInt(id -> ((Double) id).intValue()).toArray())
                .size(input.get("logits_size") instanceof Double size ? size.intValue() : tokens.size())
                .build();
    }

    private static List<?> list(Map<?, ?> json, String key) {
        return json.get(key) instanceof List<?> list ? list : List.of();
    }

    private static Map<?, ?> map(Map<?, ?> json, String key) {
        return json.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }
}
