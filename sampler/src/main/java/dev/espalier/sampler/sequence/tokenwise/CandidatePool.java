// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.law.Choices;

/**
 * A pool of tokens from which one is drawn by its probability, or taken out: a tree of sums, 64 children to a node.
 *
 * <p>A node always holds the sum of its children as they are, never a difference: what is left stays right to some 200
 * roundings however little it is. Cost: one pass over the tokens to build it; at most 64 steps a level to draw or to take
 * out, with three levels from 4,097 to 262,144 tokens. One thread at a time.
 */
@FastPath(oracle = "CandidatePoolTest")
final class CandidatePool {

    private static final int SHIFT = 6;
    private static final int WIDTH = 1 << SHIFT;

    private final int[] tokens;
    private final double[][] levels;
    private final double[] node = new double[WIDTH];
    private double mass;

    /**
     * A pool.
     *
     * @param tokens ids, owned by the pool from now on
     * @param probabilities one for each, finite and not below 0, owned by the pool from now on
     */
    CandidatePool(int[] tokens, double[] probabilities) {
        this.tokens = tokens;
        int depth = 1;
        for (int size = probabilities.length; size > WIDTH; size = parents(size)) {
            depth++;
        }
        levels = new double[depth][];
        levels[0] = probabilities;
        for (int level = 1; level < depth; level++) {
            levels[level] = new double[parents(levels[level - 1].length)];
            for (int at = 0; at < levels[level].length; at++) {
                levels[level][at] = sum(levels[level - 1], at);
            }
        }
        mass = sum(levels[depth - 1], 0);
    }

    private static int parents(int size) {
        return (size + WIDTH - 1) >> SHIFT;
    }

    private static double sum(double[] level, int parent) {
        int from = parent << SHIFT;
        int to = Math.min(from + WIDTH, level.length);
        double sum = 0;
        for (int at = from; at < to; at++) {
            sum += level[at];
        }
        return sum;
    }

    /** The probability of all that is left. */
    double mass() {
        return mass;
    }

    /** The greatest probability that is left; 0 if nothing is. Cost: a pass over all tokens. */
    double greatest() {
        double greatest = 0;
        for (double probability : levels[0]) {
            greatest = Math.max(greatest, probability);
        }
        return greatest;
    }

    /** Draws one of what is left, by its probability, and leaves it in. Something must be left. Returns its index. */
    int draw(Choices choices) {
        int at = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            int from = at << SHIFT;
            int count = Math.min(WIDTH, levels[level].length - from);
            System.arraycopy(levels[level], from, node, 0, count);
            at = from + choices.categorical(node, count);
        }
        return at;
    }

    /** The id at an index. */
    int token(int index) {
        return tokens[index];
    }

    /** The probability at an index; 0 if it was taken out. */
    double probability(int index) {
        return levels[0][index];
    }

    /** Takes out what is at an index. */
    void remove(int index) {
        levels[0][index] = 0;
        int at = index >> SHIFT;
        for (int level = 1; level < levels.length; level++) {
            levels[level][at] = sum(levels[level - 1], at);
            at >>= SHIFT;
        }
        mass = sum(levels[levels.length - 1], 0);
    }
}
