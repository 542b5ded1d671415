// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.ByteString;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Masks within names that a filter reads, against {@link Matcher#allows}. */
class ReadKeyMaskTest {

    private static final String NAMES = "\"propertyNames\":{\"format\":\"regex\"}";
    private static final List<String> SCHEMAS = List.of(
            "{\"type\":\"object\"," + NAMES + "}",
            "{\"type\":\"object\"," + NAMES + ",\"patternProperties\":{\"^a\":{\"const\":1}},\"minProperties\":2}",
            "{\"type\":\"object\"," + NAMES
                    + ",\"properties\":{\"(a)\":{\"const\":1},\"a(b)\":{}},\"required\":[\"(a)\"]}",
            "{\"type\":\"object\",\"propertyNames\":{\"format\":\"regex\",\"maxLength\":5}}",
            "{\"type\":\"object\",\"propertyNames\":{\"not\":{\"format\":\"regex\"}},\"additionalProperties\":{\"const\":1}}",
            "{\"anyOf\":[{\"type\":\"object\"," + NAMES + ",\"additionalProperties\":{\"const\":1}},"
                    + "{\"type\":\"object\",\"required\":[\"(\"]}]}");
    private static final List<String> PIECES = List.of(
            "(", ")", "[", "]", "*", "?", "{", "1", "}", "a", "b", "\\\\", "é", "日", "😀", "\":1,\"", "\":1}",
            "\\u00e9", ":", "^");

    @RandomTrials(12)
    void masksOfNamesThatAreReadAreWhatEachTokenSaysByItself(long seed, Random random) {
        String schema = SCHEMAS.get((int) (seed % SCHEMAS.size()));
        Vocabulary vocabulary = vocabulary(random);
        CompiledGrammar grammar = new GrammarCompiler(vocabulary)
                .compile(new SchemaCompiler()
                        .compile(schema, RandomLayout.draw(random))
                        .automaton());
        for (int walk = 0; walk < 3; walk++) {
            Matcher matcher = grammar.matcher();
            for (int step = 0; step < 16 && !matcher.isTerminated(); step++) {
                TokenMask mask = matcher.mask();
                for (int id = 0; id < vocabulary.size(); id++) {
                    boolean allows = matcher.allows(id);
                    if (allows != mask.allows(id)) {
                        String text = new String(vocabulary.decode(matcher.tokens()), StandardCharsets.UTF_8);
                        assertEquals(allows, mask.allows(id), schema + " after " + text + ": " + vocabulary.text(id));
                    }
                }
                int[] allowed = mask.ids();
                int chosen = allowed[random.nextInt(allowed.length)];
                for (int tries = 0; tries < 2 && chosen < 256; tries++) {
                    chosen = allowed[random.nextInt(allowed.length)];
                }
                matcher.accept(chosen);
            }
        }
    }

    private static Vocabulary vocabulary(Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (int i = 0; i < 150; i++) {
            StringBuilder word = new StringBuilder();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                word.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            builder.token(id++, ByteString.utf8(word.toString()));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }
}
