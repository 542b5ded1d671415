// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** The results with which sets of stacks may end, held to those of each of their stacks, frame by frame and without anything kept. */
@org.jspecify.annotations.NullUnmarked
class StackEndsTest implements CountedTrials {

    private int ending;
    private int several;

    @RandomTrials(400)
    void aSetEndsAsOneOfItsStacksDoes(long seed, Random random) {
        RandomStacks stacks = new RandomStacks(random, 14, 4);
        Stepper[] steppers = {
            new Stepper(Limits.DEFAULT), new Stepper(Limits.DEFAULT, new StackInterner(2), () -> {}, random.nextInt(9))
        };
        for (int i = 0; i < 12; i++) {
            StackSet set = stacks.sets().get(random.nextInt(stacks.sets().size()));
            TreeSet<Integer> expected = new TreeSet<>();
            for (List<State> stack : RandomStacks.stacks(set)) {
                if (!stack.isEmpty()) {
                    end(stack.get(0), stack.subList(1, stack.size()), expected);
                }
            }
            assertArrayEquals(
                    expected.stream().mapToInt(Integer::intValue).toArray(),
                    steppers[random.nextInt(2)].results(set),
                    "seed " + seed + ", set " + i);
            ending += expected.isEmpty() ? 0 : 1;
            several += expected.size() > 1 ? 1 : 0;
        }
    }

    private static void end(State top, List<State> below, TreeSet<Integer> ends) {
        for (int result : top.results()) {
            if (below.isEmpty()) {
                ends.add(result);
                continue;
            }
            for (State next : ((RandomStacks.Row) below.get(0)).after(result)) {
                end(next, below.subList(1, below.size()), ends);
            }
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(ending > 1_000 && several > 300, ending + " sets end, " + several + " with several results");
    }
}
