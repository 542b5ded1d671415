package dev.espalier.mask.canvas;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.TokenMask;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What weights say of a block once it is known that the canvas is a text of the language: each completion of the block has a
 * probability proportional to the exponential of its weight. Exact for every grammar, up to rounding. Immutable,
 * thread-safe; keeps the rows of weights.
 */
public final class BlockPosterior {

    /** Draws an index below the count with probability proportional to its number. */
    @FunctionalInterface
    interface Draw {

        int index(double[] numbers, int count);
    }

    /**
     * A slot.
     *
     * @param row the weights of its tokens; empty if it is fixed
     * @param classes sets of tokens, some of which may overlap
     * @param sums the logarithm of the sum of each one's exponential weights
     * @param shares the probability that its token comes from each class
     * @param arcs for each node before the slot, the classes to go on with; they do not overlap
     * @param targets for each of them, the node before the next slot
     * @param chances for each of them, its probability from this node on
     */
    record Slot(
            float[] row,
            List<TokenMask> classes,
            double[] sums,
            double[] shares,
            int[][] arcs,
            int[][] targets,
            double[][] chances) {

        double share(int token, int of) {
            return row.length == 0 ? 1 : Math.exp(row[token] - sums[of]);
        }
    }

    private final int from;
    private final double logTotal;
    private final List<Slot> slots;

    BlockPosterior(int from, double logTotal, List<Slot> slots) {
        this.from = from;
        this.logTotal = logTotal;
        this.slots = slots;
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
        Slot known = slots.get(slot - from);
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
            Slot slot = slots.get(i);
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
