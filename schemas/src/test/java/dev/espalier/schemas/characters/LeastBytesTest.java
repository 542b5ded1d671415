// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.work.Deadline;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;

/** Shortest texts with an outcome, held to those of each length, made one after another. */
@org.jspecify.annotations.NullUnmarked
class LeastBytesTest implements CountedTrials {

    private int found;
    private int none;

    @RandomTrials(300)
    void shortestTextsAreThoseOfTheBestLength(long seed, Random random) {
        CharacterAutomaton automaton = RandomAutomata.next(random, 3);
        if (automaton.isEmpty()) {
            return;
        }
        Deadline deadline = new Deadline(Limits.DEFAULT);
        deadline.start();
        LeastBytes bytes = new LeastBytes(automaton, deadline);
        for (int i = 0; i < 6; i++) {
            int outcome = random.nextInt(3);
            long[] expected = expected(automaton, one -> one == outcome);
            assertEquals(Arrays.toString(expected), Arrays.toString(bytes.of(outcome)), "seed " + seed);
        }
        int outcomes = random.nextInt(8);
        long[] expected = expected(automaton, outcome -> (outcomes >> outcome & 1) != 0);
        LeastBytes.Ways ways = bytes.find(outcome -> (outcomes >> outcome & 1) != 0);
        assertEquals(Arrays.toString(expected), Arrays.toString(ways.bytes()), "seed " + seed);
        for (int state = 0; state < expected.length; state++) {
            int range = ways.ranges()[state];
            boolean leads = expected[state] > 0 && expected[state] < Integer.MAX_VALUE;
            assertEquals(leads, range >= 0, "seed " + seed);
            if (leads) {
                assertTrue(automaton.rangeStart(state) <= range && range < automaton.rangeEnd(state), "seed " + seed);
                long first = RandomAutomata.least(automaton, only(automaton, automaton.target(range)), state, 1, 1);
                assertTrue(first + expected[automaton.target(range)] <= expected[state], "seed " + seed);
            }
            found += leads ? 1 : 0;
            none += leads ? 0 : 1;
        }
    }

    private static long[] only(CharacterAutomaton automaton, int target) {
        long[] ends = new long[automaton.states()];
        Arrays.fill(ends, Integer.MAX_VALUE);
        ends[target] = 0;
        return ends;
    }

    private static long[] expected(CharacterAutomaton automaton, IntPredicate outcomes) {
        int states = automaton.states();
        long[] ends = new long[states];
        Arrays.setAll(
                ends,
                state -> automaton.outcome(state) >= 0 && outcomes.test(automaton.outcome(state))
                        ? 0
                        : Integer.MAX_VALUE);
        long[] least = new long[states];
        Arrays.setAll(least, state -> RandomAutomata.least(automaton, ends, state, 0, states));
        return least;
    }

    @Override
    public void afterTrials() {
        assertTrue(found > 200 && none > 200, found + " texts, " + none + " empty ones or none");
    }
}
