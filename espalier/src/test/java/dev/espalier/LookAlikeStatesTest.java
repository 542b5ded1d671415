// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.NumberSpelling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Masks of states of objects and arrays that few tokens tell from one another, against {@link Matcher#allows}. Vocabularies have a
 * few long tokens, so that most states stand for others; which ones do depends on the tokens behind a comma: beginnings of keys,
 * escapes, signs.
 */
class LookAlikeStatesTest implements CountedTrials {

    private static final int TRIALS = 130;
    private static final int STEPS = 40;

    /** What texts under the schemas are made of. */
    private static final String COMMON = "{}[]\":,ab-12u06\\ \n";

    private static final List<String> WORDS = List.of(
            ",-",
            "1,-",
            "2,-",
            "-",
            "],-",
            "},",
            ",\"",
            "1,\"",
            "\",\"",
            ",\"\\",
            "1,\"\\",
            ",\"\\u",
            ",\"\\u00",
            ",\"\\u0061",
            ",\"\\u0062",
            ",\"a",
            ",\"b",
            "2,\"b",
            "\":",
            "\":1",
            "\":1}",
            "1}",
            "}}",
            "1]",
            "},\"",
            ",\"c",
            "  ",
            " }",
            "\n");

    private int masks;

    @RandomTrials(TRIALS)
    void masksOfStatesThatFewTokensTellApartAreWhatEachTokenSaysByItself(Random random) {
        Vocabulary vocabulary = vocabulary(random);
        GrammarCompiler grammars = new GrammarCompiler(vocabulary);
        SchemaCompiler schemas = new SchemaCompiler();
        for (int i = 0; i < 3; i++) {
            String schema = random.nextInt(4) == 0 ? array(random) : object(random, 1);
            try {
                CompiledGrammar grammar = grammars.compile(
                        schemas.compile(schema, RandomLayout.draw(random).withNumberSpelling(NumberSpelling.PLAIN))
                                .automaton());
                for (int walk = 0; walk < 2; walk++) {
                    walk(grammar.matcher(), random, schema);
                }
            } catch (UnsatisfiableException empty) {
                continue;
            }
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(masks > 20 * TRIALS, "only " + masks + " masks");
    }

    private void walk(Matcher matcher, Random random, String schema) {
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        for (int step = 0; step < STEPS && !matcher.isTerminated(); step++) {
            TokenMask mask = matcher.mask();
            for (int id = 0; id < vocabulary.size(); id++) {
                if (mask.allows(id) != matcher.allows(id)) {
                    String text =
                            ByteString.of(vocabulary.decode(matcher.tokens())).toString();
                    assertEquals(
                            matcher.allows(id),
                            mask.allows(id),
                            schema + " after " + text + ": " + vocabulary.text(id));
                }
            }
            masks++;
            int[] common = IntStream.of(mask.ids())
                    .filter(id -> id >= 256 || COMMON.indexOf(id) >= 0)
                    .toArray();
            int[] some = common.length == 0 ? mask.ids() : common;
            if (some.length == 0) {
                return;
            }
            matcher.accept(some[random.nextInt(some.length)]);
        }
    }

    private static Vocabulary vocabulary(Random random) {
        List<String> words = new ArrayList<>(WORDS);
        Collections.shuffle(words, random);
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (String word : words.subList(0, 2 + random.nextInt(10))) {
            builder.token(id++, word);
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    /** Objects that may or may not end, go on with names or with any key. */
    private static String object(Random random, int depth) {
        List<String> members = new ArrayList<>();
        for (String name : List.of("a", "b", "ab")) {
            if (random.nextInt(3) > 0) {
                members.add("\"" + name + "\":" + value(random, depth));
            }
        }
        String keys = String.join(",", members);
        return "{\"type\":\"object\",\"properties\":{" + keys + "}"
                + (random.nextInt(3) > 0 ? ",\"additionalProperties\":false" : "")
                + (random.nextBoolean() ? ",\"minProperties\":" + random.nextInt(4) : "")
                + (random.nextInt(3) == 0 ? ",\"maxProperties\":" + (1 + random.nextInt(3)) : "")
                + (random.nextBoolean() ? ",\"required\":[\"" + (random.nextBoolean() ? "a" : "b") + "\"]" : "")
                + "}";
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> "{\"enum\":[1,2]}";
            case 1 -> "{\"const\":1}";
            case 2 -> array(random);
            default -> object(random, depth - 1);
        };
    }

    /** Items that differ, of which only a few are negative. */
    private static String array(Random random) {
        return "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"integer\",\"minimum\":"
                + (random.nextInt(5) - 3) + "}}";
    }
}
