// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.chart.SlotStep;
import dev.espalier.mask.canvas.chart.StackInference;
import dev.espalier.mask.canvas.slot.FrameTable;
import dev.espalier.mask.canvas.slot.Walk;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Upper bounds on the weight of the rest of a block after a node: the best weight in a relaxation that remembers only the top of each
 * stack. Where a slot's token leads to is what {@link RelaxedStep} says, if some rest accepts it there. The bound before a token is at
 * least its weight and the bound after it. One thread.
 *
 * <p>Cost: for each slot, linear in the walks times their tops; where that is too much tops are not told apart.
 */
@FastPath(oracle = "BlockOracleTest")
public final class StackRelaxation {

    /** The number of pairs of a walk and a top, on average over the slots, up to which tops are distinguished. */
    public static final int MAX_CONTEXTS = 8_192;

    /** (state, top), at one boundary. */
    private record Row(PairIndex contexts, double[] values) {

        double value(int state, int top) {
            int context = contexts.find(state, top);
            return context < 0 ? Double.NEGATIVE_INFINITY : values[context];
        }
    }

    private final BlockLattice lattice;
    private final StackInference inference;
    private final FrameTable frames;
    private final WorkBudget budget;
    private final boolean seesTops;
    private final Row[] rows;
    private final double[] ended;
    private final Map<SlotStep, RelaxedStep> graphs = new IdentityHashMap<>();

    public StackRelaxation(BlockLattice lattice, StackInference inference, FrameTable frames, int maxContexts) {
        this.lattice = lattice;
        this.inference = inference;
        this.frames = frames;
        this.budget = lattice.budget();
        int from = lattice.block().from();
        int to = lattice.block().to();
        this.seesTops = contexts(from, to) <= (long) maxContexts * (to - from);
        this.rows = new Row[to + 1];
        this.ended = new double[to + 1];
        rows[to] = row(to);
        for (int slot = to - 1; slot >= from; slot--) {
            ended[slot] = lattice.canPad(slot)
                    ? lattice.scores().best(slot, lattice.ends(slot)) + ended[slot + 1]
                    : Double.NEGATIVE_INFINITY;
            rows[slot] = row(slot);
            relax(slot);
        }
    }

    private long contexts(int from, int to) {
        long contexts = 0;
        for (int slot = from; slot < to; slot++) {
            for (int stacks : lattice.sweep().taken(slot).stacks()) {
                contexts += inference.dag().tops(stacks) + 1;
            }
        }
        return contexts;
    }

    /** The contexts of the accepted configurations at a boundary, with the bound 0. */
    private Row row(int boundary) {
        PairIndex contexts = new PairIndex();
        int[] accepted = inference.get(lattice.sweep().accepted(boundary));
        for (int i = 0; i < accepted.length; i += 2) {
            for (int top : tops(accepted[i + 1])) {
                contexts.add(accepted[i], top);
            }
        }
        return new Row(contexts, new double[contexts.size()]);
    }

    private int[] tops(int stacks) {
        return RelaxedStep.tops(inference.dag(), stacks, seesTops);
    }

    private void relax(int slot) {
        RelaxedStep graph = graphs.computeIfAbsent(
                lattice.sweep().taken(slot), step -> new RelaxedStep(step, frames, inference.dag(), seesTops, budget));
        double[] values = new double[graph.size()];
        for (int context = 0; context < values.length; context++) {
            budget.step();
            values[context] = overToken(slot, graph.walk(context, budget), graph.top(context));
        }
        int[] finished = inference.get(inference.finished(lattice.sweep().reached(slot)));
        for (int i = 0; i < finished.length; i += 2) {
            for (int top : tops(finished[i + 1])) {
                int context = graph.before(finished[i], top);
                values[context] = Math.max(values[context], ended[slot]);
            }
        }
        graph.spread(values);
        Row row = rows[slot];
        for (int k = 0; k < row.values().length; k++) {
            int context = graph.before(row.contexts().first(k), row.contexts().second(k));
            row.values()[k] = context < 0 ? Double.NEGATIVE_INFINITY : values[context];
        }
    }

    private double overToken(int slot, Walk walk, int top) {
        double best = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < walk.arrivals().length; k++) {
            double rest = rows[slot + 1].value(walk.arrivals()[k], top);
            if (rest > Double.NEGATIVE_INFINITY) {
                best = Math.max(best, lattice.scores().best(slot, walk.tokens()[k]) + rest);
            }
        }
        return best;
    }

    /** An upper bound on the weight of the slots of the block after a node; negative infinity if there is no rest. */
    double bound(int node) {
        int boundary = lattice.boundary(node);
        double best = lattice.mayHaveEnded(node) ? ended[boundary] : Double.NEGATIVE_INFINITY;
        int[] configurations = inference.get(lattice.configurations(node));
        for (int i = 0; i < configurations.length; i += 2) {
            for (int top : tops(configurations[i + 1])) {
                best = Math.max(best, rows[boundary].value(configurations[i], top));
            }
        }
        return best;
    }
}
