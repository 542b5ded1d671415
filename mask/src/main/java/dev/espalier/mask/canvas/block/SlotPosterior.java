// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.mask.token.TokenMask;
import java.util.List;

/**
 * The probabilities of the tokens of one slot of a block, and of where they lead.
 *
 * @param row the weights of its tokens; empty if it is fixed
 * @param classes sets of tokens, some of which may overlap
 * @param sums the logarithm of the sum of each one's exponential weights
 * @param shares the probability that its token comes from each class
 * @param arcs for each node before the slot, the classes to go on with; they do not overlap
 * @param targets for each of them, the node before the next slot
 * @param chances for each of them, its probability from this node on
 */
public record SlotPosterior(
        float[] row,
        List<TokenMask> classes,
        double[] sums,
        double[] shares,
        int[][] arcs,
        int[][] targets,
        double[][] chances) {

    /** The probability of a token, given that it is of a class. */
    public double share(int token, int of) {
        return row.length == 0 ? 1 : Math.exp(row[token] - sums[of]);
    }
}
