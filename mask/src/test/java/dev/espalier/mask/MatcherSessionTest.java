// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random sessions of accept, refused accept, rollback and fork, each state against a fresh matcher. */
class MatcherSessionTest implements CountedTrials {

    private static final String ALPHABET = "aaabbc\"\n\u00e9\u65e5\ud83d\ude00";

    private static final int TRIALS = 2_000;

    private long states;

    @RandomTrials(TRIALS)
    void everyWayToAStateGivesTheSameMask(long seed, Random random) {
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = RandomVocabulary.complete(random, 50, ALPHABET, 1 + random.nextInt(6));
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            CompiledGrammar lazy = compiler.compile(grammar);
            CompiledGrammar shared =
                    compiler.sharing(vocabulary, Limits.DEFAULT).compile(grammar);
            states += session(seed, random, List.of(lazy, shared));
        } catch (UnsupportedFeatureException refused) {
            states += 0;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(states >= 10 * TRIALS, "only " + states + " states");
    }

    private static int session(long seed, Random random, List<CompiledGrammar> ways) {
        Matcher matcher = ways.get(0).matcher();
        List<Integer> tokens = new ArrayList<>();
        List<Matcher> forks = new ArrayList<>();
        List<int[]> forkTokens = new ArrayList<>();
        int states = 0;
        for (int step = 0; step < 12; step++) {
            String where = "seed " + seed + " step " + step;
            int action = random.nextInt(8);
            if (action == 0 && !tokens.isEmpty()) {
                int count = random.nextInt(tokens.size() + 1);
                matcher.rollback(count);
                tokens.subList(tokens.size() - count, tokens.size()).clear();
            } else if (action == 1) {
                forks.add(matcher.fork());
                forkTokens.add(matcher.tokens());
            } else if (action == 2) {
                refuse(matcher, random.nextInt(ways.get(0).vocabulary().size() + 4) - 2, tokens, where);
            } else {
                int[] allowed = matcher.mask().ids();
                if (allowed.length > 0) {
                    int token = allowed[random.nextInt(allowed.length)];
                    matcher.accept(token);
                    tokens.add(token);
                }
            }
            check(matcher, tokens.stream().mapToInt(Integer::intValue).toArray(), ways, where);
            states++;
        }
        for (int i = 0; i < forks.size(); i++) {
            check(forks.get(i), forkTokens.get(i), ways, "seed " + seed + " fork " + i);
        }
        return states;
    }

    private static void refuse(Matcher matcher, int token, List<Integer> tokens, String where) {
        if (matcher.allows(token)) {
            matcher.accept(token);
            tokens.add(token);
        } else {
            assertThrows(EspalierException.class, () -> matcher.accept(token), where);
        }
    }

    private static void check(Matcher matcher, int[] tokens, List<CompiledGrammar> ways, String where) {
        assertArrayEquals(tokens, matcher.tokens(), where);
        for (CompiledGrammar way : ways) {
            Matcher fresh = way.matcher();
            Arrays.stream(tokens).forEach(fresh::accept);
            assertEquals(fresh.isTerminated(), matcher.isTerminated(), where);
            assertEquals(fresh.isAccepting(), matcher.isAccepting(), where);
            assertEquals(fresh.leastBytesToEnd(), matcher.leastBytesToEnd(), where);
            assertArrayEquals(fresh.forced(), matcher.forced(), where);
            assertEquals(fresh.mask(), matcher.mask(), where);
        }
    }
}
