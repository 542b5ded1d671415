// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Random;

/** Where every byte is a token, nothing that a mask allows is a dead end, and budgets are kept. */
class CompletionTest implements CountedTrials {

    private static final String ALPHABET = "aaabbc\"\n\u00e9\u65e5\ud83d\ude00";

    /** Looks at a matcher of a random grammar that has walked a few random tokens. */
    private interface Check {
        void at(Matcher matcher, Grammar grammar, Random random, String where);
    }

    private int checked;
    private int refused;

    private void forARandomMatcher(long seed, Check check) {
        Random random = new Random(seed);
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = RandomVocabulary.withAllBytes(random, 30, ALPHABET, 1 + random.nextInt(5));
        try {
            Matcher matcher = new GrammarCompiler(vocabulary, Limits.DEFAULT)
                    .compile(grammar)
                    .matcher();
            for (int step = 0; step < 4 && !matcher.isTerminated(); step++) {
                check.at(matcher, grammar, random, "seed " + seed + " step " + step + " " + grammar);
                int[] allowed = matcher.mask().ids();
                matcher.accept(allowed[random.nextInt(allowed.length)]);
            }
            checked++;
        } catch (UnsupportedFeatureException | LimitExceededException refusal) {
            refused++;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(checked >= 4 * refused, "only " + checked + " grammars checked");
    }

    @RandomTrials(800)
    void everyAllowedTokenCanBeFollowedToASentence(long seed) {
        forARandomMatcher(seed, (matcher, grammar, random, where) -> {
            SlowRecognizer slow = new SlowRecognizer(grammar);
            for (int token : matcher.mask().ids()) {
                Matcher after = matcher.fork();
                after.accept(token);
                int distance = after.leastTokensToEnd();
                complete(after, where);
                assertTrue(after.length() - matcher.length() - 1 <= distance, where);
                assertTrue(slow.accepts(after.grammar().vocabulary().decode(after.tokens())), where);
            }
        });
    }

    /** Takes tokens that lead nearest to the end until the text is complete. */
    private static void complete(Matcher matcher, String where) {
        while (!matcher.isAccepting()) {
            int distance = matcher.leastTokensToEnd();
            TokenMask within = matcher.mask(distance);
            assertTrue(within.count() > 0, where);
            matcher.accept(within.ids()[0]);
            assertTrue(matcher.leastTokensToEnd() < distance, where);
        }
    }

    @RandomTrials(500)
    void budgetsKeepTheTokensAfterWhichTheEndIsNear(long seed) {
        forARandomMatcher(seed, (matcher, grammar, random, where) -> {
            int remaining = matcher.leastTokensToEnd() + random.nextInt(16);
            Vocabulary vocabulary = matcher.grammar().vocabulary();
            int[] expected = Arrays.stream(matcher.mask().ids())
                    .filter(token -> {
                        Matcher after = matcher.fork();
                        after.accept(token);
                        return after.isTerminated() || after.leastTokensToEnd() <= remaining - 1;
                    })
                    .toArray();
            if (expected.length > 0 || matcher.isAccepting()) {
                assertArrayEquals(expected, matcher.mask(remaining).ids(), where + " remaining " + remaining);
            }
            assertEquals(matcher.mask(), matcher.mask(Integer.MAX_VALUE), where);
            assertTrue(vocabulary.size() > 0);
        });
    }

    @RandomTrials(800)
    void forcedBytesAreTheOnlyOnes(long seed) {
        forARandomMatcher(seed, (matcher, grammar, random, where) -> {
            SlowRecognizer slow = new SlowRecognizer(grammar);
            byte[] text = matcher.grammar().vocabulary().decode(matcher.tokens());
            byte[] forced = matcher.forced();
            byte[] all = Arrays.copyOf(text, text.length + forced.length);
            System.arraycopy(forced, 0, all, text.length, forced.length);
            for (int at = text.length; at <= all.length; at++) {
                var column = slow.after(Arrays.copyOf(all, at));
                int live = 0;
                for (int symbol = 0; symbol < 256; symbol++) {
                    live += column.advance(symbol).isLive() ? 1 : 0;
                }
                boolean only = live == 1 && !column.isAccepting();
                assertEquals(at < all.length, only, where + " byte " + at);
            }
        });
    }
}
