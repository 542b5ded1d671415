// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What stands for a set of stacks, held to all of its stacks, and to a map of those that were asked for since. */
@org.jspecify.annotations.NullUnmarked
class StackInternerTest {

    private static final int BITS = 2;

    /** Where a set stands in a table of so many bits. */
    private static int slot(StackSet set, int bits) {
        return set.hashCode() & (1 << bits) - 1;
    }

    @RandomTrials(150)
    void whatStandsForASetHasItsStacksAndStaysUntilAnotherTakesItsPlace(long seed, Random random) {
        RandomStacks stacks = new RandomStacks(random, 24, 3);
        StackInterner interner = new StackInterner(BITS);
        Map<Integer, StackSet> last = new HashMap<>();
        for (int i = 0; i < 120; i++) {
            String where = "seed " + seed + ", set " + i;
            StackSet asked =
                    stacks.again(stacks.sets().get(random.nextInt(stacks.sets().size())));
            boolean isOne = asked.parts().length == 1 && asked.size() == 1 && !asked.containsEmpty && !asked.isPacked();
            StackSet found = isOne && random.nextBoolean()
                    ? interner.intern(asked.top(0), asked.below(0))
                    : interner.intern(asked);
            assertEquals(RandomStacks.stacks(asked), RandomStacks.stacks(found), where);
            assertSame(found, interner.intern(asked), where);
            StackSet before = last.put(slot(found, BITS), found);
            if (before != null && before.equals(asked) && (before.below(0) == asked.below(0) || !isOne)) {
                assertSame(before, found, where);
            }
        }
    }

    /** A table grows until what it is asked for again and again stays. */
    @RandomTrials(4)
    void setsThatAreAskedForAgainAndAgainStay(long seed, Random random) {
        int largest = BITS + 6;
        List<StackSet> sets = new ArrayList<>();
        Set<Integer> slots = new HashSet<>();
        for (StackSet set : new RandomStacks(random, 100, 4).sets()) {
            if (!set.isPacked() && slots.add(slot(set, largest))) {
                sets.add(set);
            }
        }
        StackInterner interner = new StackInterner(BITS);
        for (int round = 0; round < 1_200; round++) {
            sets.forEach(interner::intern);
        }
        List<StackSet> found = sets.stream().map(interner::intern).toList();
        for (int i = 0; i < sets.size(); i++) {
            StackSet set = sets.get(i);
            StackSet other = new StackSet(set.tops().clone(), set.belows().clone(), set.containsEmpty);
            assertSame(found.get(i), interner.intern(other), "seed " + seed + ", set " + i);
        }
    }
}
