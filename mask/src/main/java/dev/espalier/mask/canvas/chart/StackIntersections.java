// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.PairList;
import dev.espalier.core.collect.PairMap;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/** Intersections of sets of stacks, kept by pairs. One thread. */
@FastPath(oracle = "CanvasOracleTest")
final class StackIntersections {

    private final StackDag dag;
    private final PairMap known = new PairMap();
    private final PairList pending = new PairList();

    StackIntersections(StackDag dag) {
        this.dag = dag;
    }

    /** The stacks of both sets. */
    int of(int a, int b, WorkBudget budget) {
        int found = get(a, b);
        if (found >= 0) {
            return found;
        }
        pending.clear();
        pending.add(a, b);
        while (pending.size() > 0) {
            boolean isFirstWider = dag.tops(pending.first()) > dag.tops(pending.second());
            int left = isFirstWider ? pending.second() : pending.first();
            int right = isFirstWider ? pending.first() : pending.second();
            if (awaitBelow(left, right)) {
                budget.step();
                found = joined(left, right);
                known.put(Math.min(left, right), Math.max(left, right), found);
                pending.remove();
            }
        }
        return found;
    }

    private int get(int a, int b) {
        if (a == b || a == StackDag.NONE || b == StackDag.NONE) {
            return a == b ? a : StackDag.NONE;
        }
        return known.get(Math.min(a, b), Math.max(a, b));
    }

    /** Stacks may be thousands deep: intersections below come first, without recursion. */
    private boolean awaitBelow(int left, int right) {
        int before = pending.size();
        for (int k = 0; k < dag.tops(left); k++) {
            int below = dag.pop(right, dag.top(left, k));
            if (get(dag.below(left, k), below) < 0) {
                pending.add(dag.below(left, k), below);
            }
        }
        return pending.size() == before;
    }

    private int joined(int left, int right) {
        int[] both = new int[2 * dag.tops(left) + 1];
        both[0] = dag.hasBottom(left) && dag.hasBottom(right) ? 1 : 0;
        int to = 1;
        for (int k = 0; k < dag.tops(left); k++) {
            int below = get(dag.below(left, k), dag.pop(right, dag.top(left, k)));
            if (below != StackDag.NONE) {
                both[to++] = dag.top(left, k);
                both[to++] = below;
            }
        }
        return dag.node(Arrays.copyOf(both, to));
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return known.bytes();
    }
}
