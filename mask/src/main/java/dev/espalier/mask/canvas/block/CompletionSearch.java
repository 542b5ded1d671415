// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A best path through a {@link BlockLattice} by A* (Hart, Nilsson and Raphael 1968), under the bounds of a {@link
 * StackRelaxation}. A first path is found by always going where weight and bound are best, which ends: every node that
 * some rest accepts has an arc to another. One thread.
 */
@FastPath(oracle = "BlockOracleTest")
public final class CompletionSearch {

    private static final int NONE = -1;

    /** An open node of the search. */
    private record Open(double bound, double weight, int boundary, int node) implements Comparable<Open> {

        /** The greatest bound first, of equal ones the one that is further to the right. */
        @Override
        public int compareTo(Open other) {
            int order = Double.compare(other.bound, bound);
            order = order != 0 ? order : Integer.compare(other.boundary, boundary);
            return order != 0 ? order : Integer.compare(node, other.node);
        }
    }

    /**
     * A completion of the block.
     *
     * @param tokens of each of its slots
     * @param weight the sum of their weights
     * @param bound no completion has a greater weight
     * @param expansions how many partial completions were expanded
     */
    public record Found(int[] tokens, double weight, double bound, long expansions) {}

    private final BlockLattice lattice;
    private final StackRelaxation relaxation;
    private final SlotScores scores;
    private final int from;
    private final int to;
    private final PriorityQueue<Open> open = new PriorityQueue<>();
    private final BitSet dead = new BitSet();

    /** By node: the best weight of a way to it, the node before, and the set of tokens between. */
    private double[] weights = new double[64];

    private int[] before = new int[64];
    private int[] tokens = new int[64];
    private double[] bounds = new double[64];
    private int known;

    private int[] found = {};
    private double foundWeight = Double.NEGATIVE_INFINITY;

    public CompletionSearch(BlockLattice lattice, StackRelaxation relaxation) {
        this.lattice = lattice;
        this.relaxation = relaxation;
        this.scores = lattice.scores();
        this.from = lattice.block().from();
        this.to = lattice.block().to();
    }

    /** The best completion, or a good one if {@code maxExpansions} are not enough; empty if none has a finite weight. */
    public Optional<Found> run(long maxExpansions) {
        int start = lattice.start();
        if (start == BlockLattice.NOWHERE || !tryFrom(start, 0, new int[to - from])) {
            return Optional.empty();
        }
        know(start);
        weights[start] = 0;
        before[start] = NONE;
        open.add(new Open(bounds[start], 0, from, start));
        long expansions = 0;
        while (!open.isEmpty() && open.peek().bound() > foundWeight && expansions < maxExpansions) {
            Open next = open.remove();
            if (next.weight() < weights[next.node()]) {
                continue;
            }
            if (lattice.isEnd(next.node())) {
                found = path(next.node());
                foundWeight = next.weight();
                break;
            }
            expansions++;
            expand(next);
        }
        double bound =
                open.isEmpty() ? foundWeight : Math.max(foundWeight, open.peek().bound());
        if (bound > foundWeight) {
            Open best = open.peek();
            tryFrom(best.node(), best.weight(), path(best.node()));
        }
        return Optional.of(new Found(found, foundWeight, Math.max(bound, foundWeight), expansions));
    }

    private void expand(Open next) {
        int slot = next.boundary();
        BlockLattice.Arcs arcs = lattice.arcs(next.node());
        know(lattice.size() - 1);
        for (int k = 0; k < arcs.size(); k++) {
            int target = arcs.targets()[k];
            double weight = next.weight() + scores.best(slot, arcs.tokens()[k]);
            if (weight > weights[target] && weight + bounds[target] > foundWeight) {
                weights[target] = weight;
                before[target] = next.node();
                tokens[target] = arcs.tokens()[k];
                open.add(new Open(weight + bounds[target], weight, slot + 1, target));
                lattice.budget().allocate(50);
            }
        }
    }

    /** Makes room for nodes up to one. */
    private void know(int node) {
        if (node >= weights.length) {
            int capacity = Math.max(node + 1, 2 * weights.length);
            weights = Arrays.copyOf(weights, capacity);
            before = Arrays.copyOf(before, capacity);
            tokens = Arrays.copyOf(tokens, capacity);
            bounds = Arrays.copyOf(bounds, capacity);
        }
        for (; known <= node; known++) {
            weights[known] = Double.NEGATIVE_INFINITY;
            bounds[known] = relaxation.bound(known);
        }
    }

    /** The tokens on the best way to a node; the rest of the block is left open. */
    private int[] path(int node) {
        int[] path = new int[to - from];
        for (int at = node; before[at] != NONE; at = before[at]) {
            int slot = lattice.boundary(before[at]);
            path[slot - from] = scores.bestToken(slot, tokens[at]);
        }
        return path;
    }

    /**
     * Follows the best weight plus bound from a node to the end. Backtracks only if all tokens of the rest have no weight. Not
     * recursive, since blocks may have thousands of slots.
     */
    private boolean tryFrom(int node, double weight, int[] path) {
        int first = lattice.boundary(node) - from;
        int[] nodes = new int[to - from + 1];
        double[] sums = new double[nodes.length];
        double[][] values = new double[nodes.length][];
        nodes[first] = node;
        sums[first] = weight;
        values[first] = values(node);
        int at = first;
        while (at >= first && at < to - from) {
            int best = greatest(values[at]);
            if (best == NONE) {
                dead.set(nodes[at--]);
                continue;
            }
            values[at][best] = Double.NEGATIVE_INFINITY;
            BlockLattice.Arcs arcs = lattice.arcs(nodes[at]);
            path[at] = scores.bestToken(from + at, arcs.tokens()[best]);
            nodes[at + 1] = arcs.targets()[best];
            sums[at + 1] = sums[at] + scores.weight(from + at, path[at]);
            at++;
            values[at] = values(nodes[at]);
        }
        if (at >= first && sums[at] > foundWeight) {
            foundWeight = sums[at];
            found = path.clone();
        }
        return at >= first;
    }

    /** For each arc of a node, its greatest weight and the bound after it. */
    private double[] values(int node) {
        lattice.budget().step();
        if (lattice.isEnd(node)) {
            return new double[0];
        }
        BlockLattice.Arcs arcs = lattice.arcs(node);
        know(lattice.size() - 1);
        double[] values = new double[arcs.size()];
        for (int k = 0; k < values.length; k++) {
            int target = arcs.targets()[k];
            values[k] = dead.get(target)
                    ? Double.NEGATIVE_INFINITY
                    : scores.best(lattice.boundary(node), arcs.tokens()[k]) + bounds[target];
        }
        return values;
    }

    private static int greatest(double[] values) {
        int best = NONE;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < values.length; k++) {
            if (values[k] > greatest) {
                greatest = values[k];
                best = k;
            }
        }
        return best;
    }
}
