// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.block.LatticeSums;
import dev.espalier.mask.canvas.block.SlotPosterior;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The distribution of completions of a weighted block, conditioned on the canvas being a text of the language: the probability of each
 * is proportional to the exponential of its weight. Exact for every grammar, up to rounding. Immutable, thread-safe; keeps the rows of
 * weights.
 */
public final class BlockPosterior {

    /** Draws an index below the count with probability proportional to its number. */
    @FunctionalInterface
    interface Draw {

        int index(double[] numbers, int count);
    }

    private final int from;
    private final double logTotal;
    private final List<SlotPosterior> slots;

    BlockPosterior(int from, LatticeSums.Sums sums) {
        this.from = from;
        this.logTotal = sums.logTotal();
        this.slots = sums.slots();
    }

    /**
     * The logarithm of the sum over all completions of the block of the exponential of their weight: if the weights of each slot
     * are log-probabilities, the probability that tokens drawn from them, each by itself, leave the canvas completable.
     */
    public double logTotal() {
        return logTotal;
    }

    /**
     * The probability of each token in a slot of the canvas; they add up to 1. Positive for just the tokens of the slot's mask with which
     * some completion has a finite weight, unless it is too small for a double. Cost: linear in the vocabulary and the classes of the slot.
     *
     * @throws InvalidInputException if the slot is outside the block
     */
    public double[] marginals(int slot) {
        if (slot < from || slot >= from + slots.size()) {
            throw new InvalidInputException("slot " + slot + " is outside the block of slots " + from + " to "
                    + (from + slots.size()) + ", exclusive");
        }
        SlotPosterior known = slots.get(slot - from);
        double[] marginals = new double[known.classes().get(0).size()];
        for (int k = 0; k < known.shares().length; k++) {
            for (int token : known.classes().get(k).ids()) {
                marginals[token] += known.shares()[k] * known.share(token, k);
            }
        }
        return marginals;
    }

    /**
     * Draws a completion of the block: the token of each of its slots, the fixed ones included. Cost: linear in the
     * arcs of a node and the tokens of a class, for each slot.
     */
    public int[] sample(RandomGenerator random) {
        return sample((numbers, count) -> drawn(numbers, count, random));
    }

    int[] sample(Draw draw) {
        int[] tokens = new int[slots.size()];
        int node = 0;
        for (int i = 0; i < tokens.length; i++) {
            SlotPosterior slot = slots.get(i);
            double[] chances = slot.chances()[node];
            int arc = draw.index(chances, chances.length);
            int of = slot.arcs()[node][arc];
            int[] ids = slot.classes().get(of).ids();
            double[] shares = new double[ids.length];
            for (int k = 0; k < ids.length; k++) {
                shares[k] = slot.share(ids[k], of);
            }
            tokens[i] = ids[draw.index(shares, shares.length)];
            node = slot.targets()[node][arc];
        }
        return tokens;
    }

    private static int drawn(double[] numbers, int count, RandomGenerator random) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += numbers[i];
        }
        double point = random.nextDouble() * total;
        double sum = 0;
        int last = 0;
        for (int i = 0; i < count && sum <= point; i++) {
            if (numbers[i] > 0) {
                last = i;
                sum += numbers[i];
            }
        }
        return last;
    }
}
