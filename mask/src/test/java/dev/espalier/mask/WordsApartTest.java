// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import java.util.Random;

/**
 * Text of which some words are read otherwise than all other text, with white space around them, bit for bit against
 * {@link SlowMask}.
 */
class WordsApartTest implements CountedTrials {

    private static final String ALPHABET = "aabbcd \"\"\"!:,} \n\t\u00e9\u65e5";

    /** A word is left out, read on otherwise, or needs no end; behind a text the frame may end, or go on. */
    private static Grammar grammar(Random random) {
        String text = "[^\"\\\\\\x00-\\x1f\\x7f]";
        String ab = List.of("", " | \"ab\\\"!\"", " | \"ab\"").get(random.nextInt(3));
        String end = random.nextBoolean() ? "" : " \":\" [bc]";
        String inside = random.nextBoolean() ? "" : " \",\" ws";
        return JsonText.grammar("""
                root ::= ws item (inside item)* "}"
                item ::= "\\"" (key END AB) ws
                key ::= "\\"" | "a\\"" | [^a"\\\\\\x00-\\x1f\\x7f] T* "\\"" | "a" [^b"\\\\\\x00-\\x1f\\x7f] T* "\\"" | "ab" T T* "\\""
                inside ::= "" INSIDE
                ws ::= [ \\n\\t\\r]*
                """.replace("END", end)
                .replace("AB", ab)
                .replace("INSIDE", inside)
                .replace("T", text));
    }

    private static final int TRIALS = 200;

    private int masks;

    @RandomTrials(TRIALS)
    void textIsReadLikeOtherTextWhereItIs(long seed, Random random) {
        Grammar grammar = grammar(random);
        Vocabulary vocabulary = RandomVocabulary.complete(random, 300, ALPHABET, 1 + random.nextInt(7));
        Tuning tuning = new Tuning(
                random.nextInt(2) * 100,
                random.nextInt(3) * 50,
                1 + random.nextInt(9),
                random.nextBoolean(),
                1 + random.nextInt(256),
                random.nextInt(4),
                24L << 20);
        Matcher matcher = new GrammarCompiler(
                        vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning)
                .compile(grammar)
                .matcher();
        SlowMask slow = new SlowMask(grammar, vocabulary);
        Column column = slow.start();
        for (int step = 0; step < 10 && !matcher.isTerminated(); step++) {
            int[] expected = slow.allowed(column);
            assertArrayEquals(expected, matcher.mask().ids(), "seed " + seed + " step " + step + " " + grammar);
            masks++;
            int token = expected[random.nextInt(expected.length)];
            column = slow.after(column, token);
            matcher.accept(token);
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 5 * TRIALS, "only " + masks + " masks");
    }
}
