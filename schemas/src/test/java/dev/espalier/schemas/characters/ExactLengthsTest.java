// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import java.util.Random;

/** The fewest bytes of texts of some lengths, held to those of each length, made one after another. */
@org.jspecify.annotations.NullUnmarked
class ExactLengthsTest implements CountedTrials {

    private int found;
    private int none;

    private record Kept(int[] left) implements LengthTables.Memory {
        @Override
        public boolean take(long bytes) {
            boolean isFree = left[0] >= bytes;
            left[0] -= isFree ? (int) bytes : 0;
            return isFree;
        }

        @Override
        public void give(long bytes) {
            left[0] += (int) bytes;
        }
    }

    @RandomTrials(250)
    void theFewestBytesAreThoseOfTheBestLength(long seed, Random random) {
        CharacterAutomaton automaton = RandomAutomata.next(random, 2);
        if (automaton.isEmpty()) {
            return;
        }
        int states = automaton.states();
        long[] ends = new long[states];
        for (int state = 0; state < states; state++) {
            ends[state] = automaton.outcome(state) == 1 ? 0 : Integer.MAX_VALUE;
        }
        ExactLengths lengths =
                new ExactLengths(0, 1, automaton, outcome -> outcome == 1, new Kept(new int[] {random.nextInt(2_000)}));
        long farthest = 0;
        for (int state = 0; state < states; state++) {
            long least = RandomAutomata.least(automaton, ends, state, 0, states);
            farthest = least < Integer.MAX_VALUE ? Math.max(farthest, least) : farthest;
        }
        for (int i = 0; i < 30; i++) {
            int state = random.nextInt(states);
            int from = random.nextInt(random.nextInt(1, 40));
            boolean isOpen = random.nextInt(4) == 0;
            int to = from + random.nextInt(random.nextInt(1, 12));
            long expected = RandomAutomata.least(automaton, ends, state, from, isOpen ? from + states : to);
            assertEquals(
                    expected,
                    lengths.least(state, from, isOpen ? Integer.MAX_VALUE : to),
                    "seed " + seed + ", state " + state + ", from " + from + " to " + (isOpen ? "any" : to));
            found += expected < Integer.MAX_VALUE ? 1 : 0;
            none += expected < Integer.MAX_VALUE ? 0 : 1;
        }
        assertEquals(farthest, lengths.farthest(), "seed " + seed);
    }

    @Override
    public void afterTrials() {
        assertTrue(found > 1_000 && none > 300, found + " found, " + none + " that are not there");
    }
}
