// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.chart.SlotStep;
import dev.espalier.mask.canvas.chart.StackDag;
import dev.espalier.mask.canvas.slot.FrameTable;
import dev.espalier.mask.canvas.slot.TokenWalks;
import dev.espalier.mask.canvas.slot.Walk;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A finite relaxation of a {@link SlotStep}, in which only the top of a stack is known, or not even that: a pop leads to any top that
 * lies below in some stack. Every path of the step is a path here; there may be more. Immutable, one thread.
 */
@FastPath(oracle = "BlockOracleTest")
final class RelaxedStep {

    private static final int UNKNOWN = 0;

    private final SlotStep step;
    private final FrameTable frames;
    private final StackDag dag;
    private final boolean seesTops;

    /** (walk, top). */
    private final PairIndex contexts = new PairIndex();

    private final IntList sources = new IntList();
    private final IntList targets = new IntList();
    private final int[] firstIn;
    private final int[] in;

    /** The graph of a step, with or without distinguishing tops. */
    RelaxedStep(SlotStep step, FrameTable frames, StackDag dag, boolean seesTops, WorkBudget budget) {
        this.step = step;
        this.frames = frames;
        this.dag = dag;
        this.seesTops = seesTops;
        for (int i = 0; i < step.points().length; i++) {
            for (int top : tops(step.stacks()[i])) {
                contexts.add(step.points()[i], top);
            }
        }
        for (int i = 0; i < step.points().length; i++) {
            budget.step();
            join(step.points()[i], step.stacks()[i], budget);
        }
        firstIn = new int[contexts.size() + 1];
        in = new int[sources.size()];
        for (int edge = 0; edge < in.length; edge++) {
            firstIn[targets.get(edge) + 1]++;
        }
        for (int context = 0; context < contexts.size(); context++) {
            firstIn[context + 1] += firstIn[context];
        }
        int[] next = firstIn.clone();
        for (int edge = 0; edge < in.length; edge++) {
            in[next[targets.get(edge)]++] = sources.get(edge);
        }
        budget.allocate(40L * contexts.size() + 12L * in.length);
    }

    /** The tops of a set of stacks, as far as they are distinguished here. */
    int[] tops(int stacks) {
        return tops(dag, stacks, seesTops);
    }

    static int[] tops(StackDag dag, int stacks, boolean seesTops) {
        if (!seesTops) {
            return stacks == StackDag.NONE ? new int[0] : new int[] {UNKNOWN};
        }
        int bottom = dag.hasBottom(stacks) ? 1 : 0;
        int[] tops = new int[bottom + dag.tops(stacks)];
        for (int k = bottom; k < tops.length; k++) {
            tops[k] = dag.top(stacks, k - bottom) + 1;
        }
        return tops; // the bottom's code is the 0 that is there already
    }

    private void join(int point, int stacks, WorkBudget budget) {
        TokenWalks walks = step.walks();
        Walk walk = walks.walk(point, budget);
        for (int i = 0; i < walk.callees().length; i++) {
            int callee = walks.number(walk.callees()[i], walk.calls()[i]);
            int symbol = walk.returns()[i];
            for (int top : tops(stacks)) {
                boolean keeps = frames.handsResultOn(symbol) || !seesTops;
                edge(point, top, callee, keeps ? top : symbol + 1);
            }
        }
        for (int i = 0; i < walk.results().length; i++) {
            for (int k = 0; k < dag.tops(stacks); k++) {
                int symbol = dag.top(stacks, k);
                for (int state : frames.resume(symbol, walk.results()[i], budget)) {
                    for (int below : tops(dag.below(stacks, k))) {
                        edge(point, seesTops ? symbol + 1 : UNKNOWN, walks.number(state, walk.ends()[i]), below);
                    }
                }
            }
        }
    }

    private void edge(int point, int top, int nextPoint, int nextTop) {
        sources.add(contexts.add(point, top));
        targets.add(contexts.add(nextPoint, nextTop));
    }

    int size() {
        return contexts.size();
    }

    /** The walk of a context. */
    Walk walk(int context, WorkBudget budget) {
        return step.walks().walk(contexts.first(context), budget);
    }

    /** The top of a context, which is also that of where tokens end. */
    int top(int context) {
        return contexts.second(context);
    }

    /** The context of a state before the slot, or -1. */
    int before(int state, int top) {
        return contexts.find(step.walks().number(state, TokenWalks.ROOT), top);
    }

    /** Gives each context the greatest value among those that it leads to. */
    void spread(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .filter(context -> values[context] > Double.NEGATIVE_INFINITY)
                .boxed()
                .sorted(Comparator.comparingDouble(context -> -values[context]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] isDone = new boolean[values.length];
        IntList open = new IntList();
        for (int best : order) {
            if (isDone[best]) {
                continue;
            }
            isDone[best] = true;
            open.clear();
            open.add(best);
            for (int at = 0; at < open.size(); at++) {
                for (int i = firstIn[open.get(at)]; i < firstIn[open.get(at) + 1]; i++) {
                    if (!isDone[in[i]]) {
                        isDone[in[i]] = true;
                        values[in[i]] = values[best];
                        open.add(in[i]);
                    }
                }
            }
        }
    }
}
