// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.SpanMatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Masks inside spans of random sources, in JSON and as plain text, against every token by itself. */
class SpanMaskTest implements CountedTrials {

    private static final List<String> PIECES = List.of(
            "a", "b", "A", "B", "aB", " ", "  ", "\n", "\\n", "é", "É", "\"", "\\\"", "\\", "中", "😀", ".", "1", "12",
            "{", "}", ",", "[", "]", "'", "\\u00", "e9", "\t");

    private static final List<String> OUTPUTS = List.of(
            "{\"type\":\"string\",%s}",
            "{\"type\":\"string\",%s,\"maxLength\":9}",
            "{\"type\":\"string\",%s,\"minLength\":2}",
            "{\"type\":\"string\",%s,\"pattern\":\"a\"}",
            "{\"type\":\"string\",\"not\":{%s}}",
            "{\"type\":\"string\",\"anyOf\":[{%s},{\"enum\":[\"none\"]}]}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",%s}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",%s},\"uniqueItems\":true}",
            "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\",%s},\"maxProperties\":2}");

    private int masks;

    @RandomTrials(60)
    void masksAreWhatEachTokenSaysByItself(Random random) {
        GrammarCompiler grammars = new GrammarCompiler(vocabulary(random));
        String source = IntStream.range(0, 1 + random.nextInt(40))
                .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining());
        for (int i = 0; i < 3; i++) {
            SpanMatch match = SpanMatch.values()[random.nextInt(2)];
            boolean words = random.nextInt(3) == 0;
            Output<String> output;
            try {
                output = output(random, source, match, words);
            } catch (dev.espalier.core.error.UnsatisfiableException e) {
                continue;
            }
            masks += walk(output, grammars, random, source + " " + match + " " + words);
        }
    }

    private static Output<String> output(Random random, String source, SpanMatch match, boolean words) {
        if (random.nextInt(4) == 0) {
            return Output.grammar(
                    "root ::= \"'\" span (\",\" span)* \"'\"", Map.of("span", Output.fromSource(source, match, words)));
        }
        String rule = "\"x-from-source\":{\"match\":\"" + (match == SpanMatch.EXACT ? "exact" : "folded")
                + "\",\"words\":" + words + "}";
        return Output.jsonSchema(String.format(OUTPUTS.get(random.nextInt(OUTPUTS.size())), rule))
                .withSource(source);
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 300, "only " + masks + " masks");
    }

    private static int walk(Output<String> output, GrammarCompiler grammars, Random random, String where) {
        Matcher matcher;
        try {
            matcher = grammars.compile(
                            OutputCompiler.compileSource(output, Limits.DEFAULT).automaton())
                    .matcher();
        } catch (dev.espalier.core.error.UnsatisfiableException e) {
            return 0; // such as a source without the letter that a pattern wants
        }
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        for (int step = 0; step < 20 && !matcher.isTerminated(); step++) {
            TokenMask mask = matcher.mask();
            for (int id = 0; id < vocabulary.size(); id++) {
                String what = where + " after " + matcher.length() + " tokens: " + vocabulary.text(id);
                assertEquals(matcher.allows(id), mask.allows(id), what);
            }
            int least = matcher.leastTokensToEnd();
            for (int id : mask.ids()) {
                boolean fits = matcher.mask(least + 1).allows(id);
                Matcher next = matcher.fork();
                next.accept(id);
                assertEquals(
                        next.isTerminated() || next.leastTokensToEnd() <= least,
                        fits,
                        where + ", " + vocabulary.text(id));
                break;
            }
            int[] ids = mask.ids();
            matcher.accept(ids[random.nextInt(ids.length)]);
        }
        return matcher.length();
    }

    private static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (int i = 0; i < 150; i++) {
            String word = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(n -> PIECES.get(random.nextInt(PIECES.size())))
                    .collect(Collectors.joining());
            builder.token(id++, ByteString.of(word.getBytes(StandardCharsets.UTF_8)));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }
}
