// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Every mask along random walks through random grammars and vocabularies, bit for bit against {@link SlowMask}. */
class MatcherOracleTest implements CountedTrials {

    private static final int TRIALS = 2_000;
    private static final String ALPHABET = "aaabbc\"\n\u00e9\u65e5\ud83d\ude00";

    /** Every way of making masks: short walks, the store, listed residuals, a memory that forgets at every call. */
    private static final List<Tuning> TUNINGS = List.of(
            Tuning.DEFAULT,
            new Tuning(0, 20_000, 1, false, 256, 0, 24L << 20),
            new Tuning(0, 0, 3, true, 1, 2, 24L << 20),
            new Tuning(5, 3, 1, true, 4, 5, 1),
            new Tuning(8_000, 4_000, 16, true, 256, 64, 24L << 20, 0, 0),
            new Tuning(0, 5, 1, true, 1, 3, 24L << 20, 3, 100));

    private long masks;

    @RandomTrials(TRIALS)
    void masksAreThoseOfTheSlowOracle(long seed) {
        masks += walk(seed, 6);
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= TRIALS, "only " + masks + " masks");
    }

    private static long walk(long seed, int steps) {
        Random random = new Random(seed);
        RandomGrammars grammars =
                new RandomGrammars(seed, seed % 2 == 0 ? RandomGrammars.Shape.SMALL : RandomGrammars.Shape.ASCII);
        Grammar grammar = withSpecial(grammars.nextProductive(), random);
        Vocabulary vocabulary = random.nextInt(3) == 0
                ? RandomVocabulary.of(random, 60, ALPHABET, 1 + random.nextInt(7))
                : RandomVocabulary.complete(random, 60, ALPHABET, 1 + random.nextInt(7));
        SlowMask slow = new SlowMask(grammar, vocabulary);
        if (!slow.isProductive()) {
            return 0;
        }
        Tuning tuning = TUNINGS.get(random.nextInt(TUNINGS.size()));
        MaskStore store = new MaskStore(vocabulary, Limits.DEFAULT);
        Matcher matcher;
        try {
            matcher = new GrammarCompiler(vocabulary, Limits.DEFAULT, store, tuning)
                    .compile(grammar)
                    .matcher();
        } catch (UnsupportedFeatureException refused) {
            return 0;
        }
        Column column = slow.start();
        long masks = 0;
        for (int step = 0; step < steps; step++) {
            int[] expected = slow.allowed(column);
            String where = "seed " + seed + " step " + step + " " + tuning + " " + grammar;
            assertEquals(column.isAccepting(), matcher.isAccepting(), where);
            if (expected.length == 0 && !column.isAccepting()) {
                assertThrows(DeadEndException.class, matcher::mask, where);
                return masks;
            }
            assertArrayEquals(expected, matcher.mask().ids(), where);
            masks++;
            int refused = random.nextInt(vocabulary.size());
            if (!contains(expected, refused)) {
                assertThrows(InvalidTokenException.class, () -> matcher.accept(refused), where);
            }
            if (expected.length == 0) {
                return masks;
            }
            int token = expected[random.nextInt(expected.length)];
            Column after = slow.after(column, token);
            matcher.accept(token);
            if (matcher.isTerminated()) {
                assertEquals(0, matcher.mask().count(), where);
                return masks;
            }
            column = after;
        }
        return masks;
    }

    private static boolean contains(int[] sorted, int id) {
        return java.util.Arrays.binarySearch(sorted, id) >= 0;
    }

    /** One grammar in four names a special token. */
    private static Grammar withSpecial(Grammar grammar, Random random) {
        if (random.nextInt(4) != 0) {
            return grammar;
        }
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        Expression root = grammar.rule(grammar.root());
        Expression tool = new Expression.SpecialToken("<tool>", -1);
        rules.put(
                grammar.root(),
                random.nextBoolean()
                        ? Expression.Choice.of(Expression.Sequence.of(tool, root), root)
                        : Expression.Sequence.of(new Expression.Repeat(tool, 0, 2), root, tool));
        return new Grammar(grammar.root(), rules);
    }
}
