// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.SparseMap;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.List;

/** Unions of sets of stacks, one for each of some keys, each computed on first use. One thread. */
@FastPath(oracle = "CanvasOracleTest")
final class StackSums {

    private final StackDag dag;
    private final SparseMap numbers = new SparseMap(-1);
    private final List<IntList> summands = new ArrayList<>();

    StackSums(StackDag dag) {
        this.dag = dag;
    }

    /** Adds a set to the union of a key. True if the key had none. */
    boolean add(int key, int set) {
        boolean isNew = !numbers.has(key);
        if (isNew) {
            int number = numbers.keys().size();
            numbers.put(key, number);
            if (number == summands.size()) {
                summands.add(new IntList());
            }
            summands.get(number).clear();
        }
        summands.get(numbers.get(key)).addOther(set);
        return isNew;
    }

    /** The union of a key's sets. */
    int sum(int key, WorkBudget budget) {
        if (!numbers.has(key)) {
            return StackDag.NONE;
        }
        IntList sets = summands.get(numbers.get(key));
        int sum = dag.union(sets, budget);
        sets.clear();
        sets.add(sum);
        return sum;
    }

    /** The configurations: keys in increasing order, each with its union, those without stacks left out. */
    int[] toConfigurations(WorkBudget budget) {
        int[] states = numbers.keys().toSet();
        IntList pairs = new IntList();
        for (int state : states) {
            int sum = sum(state, budget);
            if (sum != StackDag.NONE) {
                pairs.add(state);
                pairs.add(sum);
            }
        }
        return pairs.toArray();
    }

    void clear() {
        numbers.clear();
    }
}
