// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.slot.Lattice;
import dev.espalier.mask.canvas.slot.TokenSets;
import dev.espalier.mask.token.TokenMask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a block's slots, summed up over sets of tokens: the greatest, and the logarithm of the sum. Each is computed on first
 * use. One thread.
 *
 * <p>The greatest weight of a large set is as a rule among the few greatest of the slot: those are looked at first.
 */
@FastPath(oracle = "BlockOracleTest")
final class SlotScores {

    private static final int PEAKS = 64;
    private static final int NO_TOKEN = -1;
    private static final float[] FIXED = {};

    private final Block block;
    private final TokenSets tokenSets;
    private final WorkBudget budget;
    private final @Nullable float[][] rows;
    private final int[][] peaks;

    /** (slot, set of tokens). */
    private final PairIndex bestIndex = new PairIndex();

    private final IntList best = new IntList();

    /** (slot, set of tokens). */
    private final PairIndex sumIndex = new PairIndex();

    private double[] sums = new double[16];

    SlotScores(Block block, TokenSets tokenSets, WorkBudget budget) {
        this.block = block;
        this.tokenSets = tokenSets;
        this.budget = budget;
        this.rows = new float[block.slots().size()][];
        this.peaks = new int[rows.length][];
    }

    /** The weight of a token in a slot; 0 if the slot is fixed. */
    double weight(int slot, int token) {
        float[] row = row(slot);
        return row == FIXED ? 0 : row[token];
    }

    /** The weights of a slot; empty if it is fixed. */
    float[] row(int slot) {
        float[] known = rows[slot];
        return known == null ? load(slot) : known;
    }

    private float[] load(int slot) {
        budget.poll();
        float[] row = FIXED;
        peaks[slot] = new int[0];
        if (block.slots().token(slot) == Lattice.FREE) {
            row = block.weights().apply(slot);
            int size = tokenSets.vocabularySize();
            if (row.length < size) {
                throw new InvalidLogitsException(
                        "slot " + slot + " has " + row.length + " weights for a vocabulary of " + size + " ids");
            }
            peaks[slot] = peaks(slot, row, size);
        }
        rows[slot] = row;
        return row;
    }

    /** The tokens of the greatest weights, the greatest first, of equal ones the lower id. */
    private static int[] peaks(int slot, float[] row, int size) {
        int[] top = new int[PEAKS];
        int count = 0;
        for (int token = 0; token < size; token++) {
            float weight = row[token];
            if (count == PEAKS && weight <= row[top[PEAKS - 1]] || weight == Float.NEGATIVE_INFINITY) {
                continue;
            }
            if (!(weight < Float.POSITIVE_INFINITY)) {
                throw new InvalidLogitsException("the weight of token " + token + " in slot " + slot + " is " + weight
                        + "; weights are finite or negative infinity");
            }
            int at = count < PEAKS ? count++ : PEAKS - 1;
            for (; at > 0 && row[top[at - 1]] < weight; at--) {
                top[at] = top[at - 1];
            }
            top[at] = token;
        }
        return Arrays.copyOf(top, count);
    }

    /** The greatest weight of a set of tokens in a slot; negative infinity if none may be there. */
    double best(int slot, int set) {
        int token = bestToken(slot, set);
        return token == NO_TOKEN ? Double.NEGATIVE_INFINITY : weight(slot, token);
    }

    /** The token of the greatest weight, the lowest of several; -1 if none may be there. */
    int bestToken(int slot, int set) {
        int known = bestIndex.find(slot, set);
        if (known >= 0) {
            return best.get(known);
        }
        best.add(searched(slot, tokenSets.mask(set)));
        return best.get(bestIndex.add(slot, set));
    }

    private int searched(int slot, TokenMask mask) {
        float[] row = row(slot);
        if (row == FIXED) {
            return mask.isEmpty() ? NO_TOKEN : mask.ids()[0];
        }
        if (mask.count() > PEAKS) {
            for (int token : peaks[slot]) {
                if (mask.allows(token)) {
                    return token;
                }
            }
            if (peaks[slot].length < PEAKS) {
                return NO_TOKEN;
            }
        }
        int found = NO_TOKEN;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int token : mask.ids()) {
            if (row[token] > greatest) {
                greatest = row[token];
                found = token;
            }
        }
        return found;
    }

    /** The logarithm of the sum of the exponentials of a set's weights in a slot. */
    double logSum(int slot, int set) {
        int known = sumIndex.find(slot, set);
        if (known < 0) {
            double sum = summed(slot, set);
            known = sumIndex.add(slot, set);
            if (known == sums.length) {
                sums = Arrays.copyOf(sums, 2 * known);
            }
            sums[known] = sum;
        }
        return sums[known];
    }

    private double summed(int slot, int set) {
        double greatest = best(slot, set);
        if (greatest == Double.NEGATIVE_INFINITY) {
            return greatest;
        }
        double sum = 0;
        for (int token : tokenSets.mask(set).ids()) {
            sum += Math.exp(weight(slot, token) - greatest);
        }
        return greatest + Math.log(sum);
    }
}
