// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.core.collect.SparseMap;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sums over all paths of a {@link BlockLattice}, from both sides (Baum 1972), as logarithms: each completion is one path, so the sums
 * are exact for every grammar. One thread.
 */
@FastPath(oracle = "BlockOracleTest")
public final class LatticeSums {

    /**
     * The results of the sums.
     *
     * @param logTotal the logarithm of the sum over all completions of the exponential of their weight
     * @param slots of the block, from left to right
     */
    public record Sums(double logTotal, List<SlotPosterior> slots) {}

    private final BlockLattice lattice;
    private final SlotScores scores;
    private final int from;
    private final int to;
    private final List<BlockLattice.Arcs> arcs = new ArrayList<>();

    /** By node: the logarithms of the sums over all ways to it and over all ways on from it. */
    private double[] ahead = {};

    private double[] behind = {};

    public LatticeSums(BlockLattice lattice) {
        this.lattice = lattice;
        this.scores = lattice.scores();
        this.from = lattice.block().from();
        this.to = lattice.block().to();
    }

    /**
     * The sums over the block; empty if no completion has a finite weight.
     *
     * @throws LimitExceededException past the number of nodes
     */
    public Optional<Sums> run(int maxNodes) {
        int start = lattice.start();
        if (start == BlockLattice.NOWHERE) {
            return Optional.empty();
        }
        expand(maxNodes);
        sumBackwards();
        if (behind[start] == Double.NEGATIVE_INFINITY) {
            return Optional.empty();
        }
        sumForwards(start);
        return Optional.of(new Sums(behind[start], slots(behind[start])));
    }

    /** Makes the nodes boundary by boundary, so that those of a boundary have consecutive numbers. */
    private void expand(int maxNodes) {
        for (int node = 0; node < lattice.size() && !lattice.isEnd(node); node++) {
            arcs.add(lattice.arcs(node));
            if (lattice.size() > maxNodes) {
                throw new LimitExceededException(
                        "maxLatticeNodes",
                        maxNodes,
                        lattice.size(),
                        "ask for more nodes, for a shorter block, or give unlikely tokens the weight of negative infinity");
            }
        }
        ahead = new double[lattice.size()];
        behind = new double[lattice.size()];
        Arrays.fill(ahead, Double.NEGATIVE_INFINITY);
    }

    private void sumBackwards() {
        for (int node = arcs.size() - 1; node >= 0; node--) {
            lattice.budget().step();
            int slot = lattice.boundary(node);
            BlockLattice.Arcs out = arcs.get(node);
            double[] terms = new double[out.size()];
            for (int k = 0; k < terms.length; k++) {
                terms[k] = scores.logSum(slot, out.tokens()[k]) + behind[out.targets()[k]];
            }
            behind[node] = sum(terms);
        }
    }

    private static double sum(double[] terms) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            greatest = Math.max(greatest, term);
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            return greatest;
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - greatest);
        }
        return greatest + Math.log(sum);
    }

    private void sumForwards(int start) {
        ahead[start] = 0;
        for (int node = 0; node < arcs.size(); node++) {
            lattice.budget().step();
            int slot = lattice.boundary(node);
            BlockLattice.Arcs out = arcs.get(node);
            for (int k = 0; k < out.size(); k++) {
                int target = out.targets()[k];
                double way = ahead[node] + scores.logSum(slot, out.tokens()[k]);
                double high = Math.max(ahead[target], way);
                double low = Math.min(ahead[target], way);
                ahead[target] = high == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
            }
        }
    }

    private List<SlotPosterior> slots(double total) {
        List<SlotPosterior> slots = new ArrayList<>();
        int node = 0;
        for (int slot = from; slot < to; slot++) {
            int first = node;
            while (node < arcs.size() && lattice.boundary(node) == slot) {
                node++;
            }
            slots.add(slot(slot, first, node, total));
        }
        return slots;
    }

    /** The posterior of a slot, from the nodes before it. */
    private SlotPosterior slot(int slot, int first, int end, double total) {
        SparseMap classOf = new SparseMap(-1);
        List<TokenMask> classes = new ArrayList<>();
        int[][] arcClasses = new int[end - first][];
        int[][] targets = new int[end - first][];
        double[][] chances = new double[end - first][];
        double[] shares = new double[16];
        for (int i = 0; i < arcClasses.length; i++) {
            BlockLattice.Arcs out = arcs.get(first + i);
            arcClasses[i] = new int[out.size()];
            targets[i] = new int[out.size()];
            chances[i] = new double[out.size()];
            lattice.budget().allocate(80 + 16L * out.size());
            for (int k = 0; k < out.size(); k++) {
                int set = out.tokens()[k];
                if (!classOf.has(set)) {
                    classOf.put(set, classes.size());
                    classes.add(lattice.tokenSets().mask(set));
                    shares = Arrays.copyOf(shares, Math.max(shares.length, 2 * classes.size()));
                }
                double rest = scores.logSum(slot, set) + behind[out.targets()[k]];
                arcClasses[i][k] = classOf.get(set);
                targets[i][k] = out.targets()[k] - end;
                chances[i][k] = behind[first + i] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(rest - behind[first + i]);
                shares[arcClasses[i][k]] += Math.exp(ahead[first + i] + rest - total);
            }
        }
        double[] sums = new double[classes.size()];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = scores.logSum(slot, lattice.tokenSets().number(classes.get(k)));
        }
        return new SlotPosterior(
                scores.row(slot), classes, sums, Arrays.copyOf(shares, sums.length), arcClasses, targets, chances);
    }
}
