// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import java.util.List;
import java.util.Random;

/** Distances of sets of stacks, held to those of each of their stacks, frame by frame and without anything kept. */
@org.jspecify.annotations.NullUnmarked
class StackDistanceTest implements CountedTrials {

    private int finite;
    private int never;

    @RandomTrials(400)
    void theDistanceOfASetIsTheLeastOfItsStacks(long seed, Random random) {
        RandomStacks stacks = new RandomStacks(random, 14, 4);
        Stepper stepper = new Stepper(Limits.DEFAULT);
        for (int i = 0; i < 12; i++) {
            StackSet set = stacks.sets().get(random.nextInt(stacks.sets().size()));
            int wanted = random.nextInt(-1, RandomStacks.RESULTS);
            long expected = Integer.MAX_VALUE;
            for (List<State> stack : RandomStacks.stacks(set)) {
                if (!stack.isEmpty()) {
                    expected = Math.min(expected, distance(stack.get(0), stack.subList(1, stack.size()), wanted));
                }
            }
            assertEquals(
                    expected,
                    wanted < 0 ? stepper.distance(set) : stepper.distance(set, wanted),
                    "seed " + seed + ", set " + i + ", result " + wanted);
            finite += expected < Integer.MAX_VALUE ? 1 : 0;
            never += expected < Integer.MAX_VALUE ? 0 : 1;
        }
    }

    private static long distance(State top, List<State> below, int wanted) {
        long best = Integer.MAX_VALUE;
        for (int result : top.goal()) {
            if (below.isEmpty()) {
                best = wanted < 0 || wanted == result ? Math.min(best, top.distance(result)) : best;
                continue;
            }
            for (State next : ((RandomStacks.Row) below.get(0)).after(result)) {
                best = Math.min(best, top.distance(result) + distance(next, below.subList(1, below.size()), wanted));
            }
        }
        return best;
    }

    @Override
    public void afterTrials() {
        assertTrue(finite > 1_000 && never > 100, finite + " distances, " + never + " sets that never end");
    }
}
