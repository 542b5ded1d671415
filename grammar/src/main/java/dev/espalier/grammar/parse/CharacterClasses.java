// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.CodePoints;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/** The ranges of characters that no set of some tells apart. Immutable. */
final class CharacterClasses {

    private final int[] lows;

    private CharacterClasses(int[] lows) {
        this.lows = lows;
    }

    static CharacterClasses of(List<CodePoints> sets, WorkBudget budget) {
        TreeSet<Integer> lows = new TreeSet<>(List.of(0));
        for (CodePoints set : sets) {
            for (int range = 0; range < set.rangeCount(); range++) {
                budget.step();
                lows.add(set.first(range));
                lows.add(set.last(range) + 1);
            }
        }
        return new CharacterClasses(lows.stream().mapToInt(Integer::intValue).toArray());
    }

    int count() {
        return lows.length;
    }

    /** The numbers of the ranges in a set. */
    BitSet of(CodePoints set) {
        BitSet found = new BitSet();
        for (int range = 0; range < set.rangeCount(); range++) {
            int from = Arrays.binarySearch(lows, set.first(range));
            int to = Arrays.binarySearch(lows, set.last(range) + 1);
            found.set(from, to);
        }
        return found;
    }
}
