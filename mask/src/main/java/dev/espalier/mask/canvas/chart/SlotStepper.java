// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.collect.SparseMap;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.slot.FrameTable;
import dev.espalier.mask.canvas.slot.TokenWalks;
import dev.espalier.mask.canvas.slot.Walk;
import java.util.Arrays;

/**
 * A stepper of sets of configurations over the tokens of one slot, forwards and backwards. A set of configurations is an array of
 * states in increasing order, each followed by its set of stacks in a {@link StackDag}. One thread.
 */
@FastPath(oracle = "CanvasOracleTest")
final class SlotStepper {

    private final FrameTable frames;
    private final StackDag dag;

    private final SparseMap stacksAt = new SparseMap(StackDag.NONE);
    private final SparseMap acceptedAt = new SparseMap(StackDag.NONE);
    private final SparseMap afterReading = new SparseMap(StackDag.NONE);
    private final SparseMap acceptedNext = new SparseMap(StackDag.NONE);
    private final StackIntersections intersections;
    private final StackSums next;
    private final StackSums joining;
    /** (walk or state, stacks). */
    private PairIndex restricted = new PairIndex();

    private final IntList acceptedRestricted = new IntList();
    private boolean[] isWaiting = {};
    private IntList[] waiting = {};
    private WorkBudget budget = WorkBudget.standard();

    SlotStepper(FrameTable frames, StackDag dag) {
        this.frames = frames;
        this.dag = dag;
        this.intersections = new StackIntersections(dag);
        this.next = new StackSums(dag);
        this.joining = new StackSums(dag);
    }

    /** Sets the budget that pays from now on. */
    void charge(WorkBudget payer) {
        budget = payer;
        dag.reset();
    }

    /** Steps over the tokens of a slot: the walks on the way with the stacks below them, and the configurations after the slot. */
    Reached forward(TokenWalks walks, int[] before) {
        clear();
        if (waiting.length <= walks.height()) {
            waiting = new IntList[walks.height() + 1];
            Arrays.setAll(waiting, height -> new IntList());
        }
        for (int i = 0; i < before.length; i += 2) {
            reach(walks, before[i], TokenWalks.ROOT, before[i + 1]);
        }
        for (int height = walks.height(); height >= 0; height--) {
            IntList points = waiting[height];
            for (int i = 0; i < points.size(); i++) {
                int point = points.get(i);
                isWaiting[point] = false;
                int stacks = joining.sum(point, budget);
                if (stacks != stacksAt.get(point)) {
                    stacksAt.put(point, stacks);
                    goOn(walks, point, stacks);
                }
            }
            points.clear();
        }
        int[] points = stacksAt.keys().toArray();
        int[] stacks = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            stacks[i] = stacksAt.get(points[i]);
        }
        return new Reached(points, stacks, next.toConfigurations(budget));
    }

    /** The result of {@link #forward}. */
    record Reached(int[] points, int[] stacks, int[] after) {}

    private void clear() {
        stacksAt.clear();
        joining.clear();
        next.clear();
        for (IntList points : waiting) {
            for (int i = 0; i < points.size(); i++) {
                isWaiting[points.get(i)] = false; // left behind by a call that threw
            }
            points.clear();
        }
    }

    private void reach(TokenWalks walks, int state, int place, int stacks) {
        int point = walks.number(state, place);
        joining.add(point, stacks);
        if (point >= isWaiting.length) {
            isWaiting = Arrays.copyOf(isWaiting, Math.max(point + 1, 2 * isWaiting.length));
        }
        if (!isWaiting[point]) {
            isWaiting[point] = true;
            waiting[walks.height(point)].add(point);
        }
    }

    private void goOn(TokenWalks walks, int point, int stacks) {
        budget.step();
        Walk walk = walks.walk(point, budget);
        for (int i = 0; i < walk.arrivals().length; i++) {
            next.add(walk.arrivals()[i], stacks);
        }
        for (int i = 0; i < walk.callees().length; i++) {
            int symbol = walk.returns()[i];
            int above = frames.handsResultOn(symbol) ? stacks : dag.push(symbol, stacks);
            reach(walks, walk.callees()[i], walk.calls()[i], above);
        }
        for (int i = 0; i < walk.results().length; i++) {
            for (int k = 0; k < dag.tops(stacks); k++) {
                for (int state : frames.resume(dag.top(stacks, k), walk.results()[i], budget)) {
                    reach(walks, state, walk.ends()[i], dag.below(stacks, k));
                }
            }
        }
    }

    /** The configurations before a slot from which its tokens lead to accepted ones. Records the tokens on the way. */
    int[] backward(SlotStep step, int[] before, int[] accepted) {
        load(step, accepted);
        acceptedAt.clear();
        afterReading.clear();
        restricted = new PairIndex();
        acceptedRestricted.clear();
        next.clear();
        for (int i = 0; i < before.length; i += 2) {
            next.add(before[i], accepted(step.walks(), step.walks().number(before[i], TokenWalks.ROOT)));
        }
        return next.toConfigurations(budget);
    }

    private void load(SlotStep step, int[] accepted) {
        stacksAt.clear();
        for (int i = 0; i < step.points().length; i++) {
            stacksAt.put(step.points()[i], step.stacks()[i]);
        }
        acceptedNext.clear();
        for (int i = 0; i < accepted.length; i += 2) {
            acceptedNext.put(accepted[i], accepted[i + 1]);
        }
    }

    /** The stacks with which a walk leads to an accepted configuration, among them all such that lie below it. */
    private int accepted(TokenWalks walks, int point) {
        if (!acceptedAt.has(point) && stacksAt.has(point)) {
            acceptedAt.put(point, accepted(walks, point, stacksAt.get(point)));
        }
        return acceptedAt.get(point);
    }

    /**
     * The same for some of these stacks. Frames that end one after the other before a byte is read may come back to the same
     * walk with fewer stacks, any number of times: only here the sets depend on the stacks that are there.
     */
    private int accepted(TokenWalks walks, int point, int stacks) {
        Walk walk = walks.walk(point, budget);
        if (walk.atOnce() == 0) {
            return afterReading(walks, point, walk);
        }
        int known = restricted.find(point, stacks);
        if (known >= 0) {
            return acceptedRestricted.get(known);
        }
        IntList found = new IntList();
        found.add(afterReading(walks, point, walk));
        for (int i = 0; i < walk.atOnce(); i++) {
            for (int k = 0; k < dag.tops(stacks); k++) {
                int symbol = dag.top(stacks, k);
                for (int state : frames.resume(symbol, walk.results()[i], budget)) {
                    int below = accepted(walks, walks.number(state, walk.ends()[i]), dag.below(stacks, k));
                    found.add(dag.pushWhereSupported(symbol, below));
                }
            }
        }
        acceptedRestricted.add(dag.union(found, budget));
        return acceptedRestricted.get(restricted.add(point, stacks));
    }

    private int afterReading(TokenWalks walks, int point, Walk walk) {
        if (afterReading.has(point)) {
            return afterReading.get(point);
        }
        budget.step();
        IntList found = new IntList();
        for (int state : walk.arrivals()) {
            found.addOther(acceptedNext.get(state));
        }
        for (int i = 0; i < walk.callees().length; i++) {
            int symbol = walk.returns()[i];
            int above = accepted(walks, walks.number(walk.callees()[i], walk.calls()[i]));
            found.add(frames.handsResultOn(symbol) ? above : dag.pop(above, symbol));
        }
        int stacks = stacksAt.get(point);
        for (int i = walk.atOnce(); i < walk.results().length; i++) {
            for (int k = 0; k < dag.tops(stacks); k++) {
                int symbol = dag.top(stacks, k);
                for (int state : frames.resume(symbol, walk.results()[i], budget)) {
                    int below = accepted(walks, walks.number(state, walk.ends()[i]));
                    found.add(dag.pushWhereSupported(symbol, below));
                }
            }
        }
        afterReading.put(point, dag.union(found, budget));
        return afterReading.get(point);
    }

    /** The numbers of the sets of tokens that lead from a configuration before the slot to an accepted one, sorted. */
    int[] tokens(SlotStep step, int[] accepted) {
        load(step, accepted);
        IntList sets = new IntList();
        for (int i = 0; i < step.points().length; i++) {
            Walk walk = step.walks().walk(step.points()[i], budget);
            for (int k = 0; k < walk.arrivals().length; k++) {
                if (dag.meet(step.stacks()[i], acceptedNext.get(walk.arrivals()[k]), budget)) {
                    sets.add(walk.tokens()[k]);
                }
            }
        }
        return sets.toSet();
    }

    /** The configurations, among some, in which the text may end at once. */
    int[] finished(int[] configurations) {
        restricted = new PairIndex();
        acceptedRestricted.clear();
        next.clear();
        for (int i = 0; i < configurations.length; i += 2) {
            next.add(configurations[i], finished(configurations[i], configurations[i + 1]));
        }
        return next.toConfigurations(budget);
    }

    private int finished(int state, int stacks) {
        int[] results = frames.results(state);
        if (results.length == 0) {
            return StackDag.NONE;
        }
        int known = restricted.find(state, stacks);
        if (known >= 0) {
            return acceptedRestricted.get(known);
        }
        int found = dag.hasBottom(stacks) ? StackDag.BOTTOM : StackDag.NONE;
        for (int k = 0; k < dag.tops(stacks); k++) {
            int symbol = dag.top(stacks, k);
            for (int result : results) {
                for (int after : frames.resume(symbol, result, budget)) {
                    int below = finished(after, dag.below(stacks, k));
                    found = dag.union(found, dag.pushWhereSupported(symbol, below), budget);
                }
            }
        }
        acceptedRestricted.add(found);
        restricted.add(state, stacks);
        return found;
    }

    /** The configurations of two sets together. */
    int[] union(int[] a, int[] b) {
        next.clear();
        for (int[] part : new int[][] {a, b}) {
            for (int i = 0; i < part.length; i += 2) {
                next.add(part[i], part[i + 1]);
            }
        }
        return next.toConfigurations(budget);
    }

    /** The configurations that two sets have in common. */
    int[] intersection(int[] a, int[] b) {
        IntList both = new IntList();
        int k = 0;
        for (int i = 0; i < a.length; i += 2) {
            while (k < b.length && b[k] < a[i]) {
                k += 2;
            }
            boolean isCommon = k < b.length && b[k] == a[i];
            int stacks = isCommon ? intersections.of(a[i + 1], b[k + 1], budget) : StackDag.NONE;
            if (stacks != StackDag.NONE) {
                both.add(a[i]);
                both.add(stacks);
            }
        }
        return both.toArray();
    }

    /** Estimated bytes on the heap, without those of the graph. */
    long bytes() {
        return intersections.bytes();
    }

    /** Whether two sets have a configuration in common. */
    boolean meet(int[] a, int[] b) {
        boolean found = false;
        for (int i = 0; i < a.length && !found; i += 2) {
            found = dag.meet(a[i + 1], stacks(b, a[i]), budget);
        }
        return found;
    }

    /** The stacks of a state among some configurations. */
    static int stacks(int[] configurations, int state) {
        for (int i = 0; i < configurations.length; i += 2) {
            if (configurations[i] == state) {
                return configurations[i + 1];
            }
        }
        return StackDag.NONE;
    }
}
