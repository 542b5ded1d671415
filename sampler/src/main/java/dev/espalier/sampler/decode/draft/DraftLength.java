// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

/**
 * How long the drafts of one kind are, by what became of those before and a stated price, by counts alone, so that the same text has the same drafts on
 * any machine. One text.
 *
 * <p>A draft that was right is followed by one of twice the length, another by one that is a token longer than what was right. With a price p of each drafted
 * token, in passes of the model, and a share a of tokens that are right, n drafted tokens make {@code (1 - aⁿ⁺¹) / (1 - a)} tokens for {@code 1 + pn}
 * passes: the length is at most the best n, and where none is above 1 there is one token now and then, to see whether that has changed.
 */
public final class DraftLength {

    private static final int FIRST_LENGTH = 4;
    private static final int LONGEST_PAUSE = 64;
    private static final double MEMORY = 0.9;

    private final int longest;
    private final double price;
    private final boolean steady;
    private int length = FIRST_LENGTH;
    private int misses;
    private int pause;
    private double right = 3;
    private double wrong = 1;

    /**
     * A rule at its beginning.
     *
     * @param longest the most tokens
     * @param price what a drafted token costs, in passes over one token; at least 0
     * @param steady whether misses say little of what comes next; else there is a pause after them, longer each time
     */
    DraftLength(int longest, double price, boolean steady) {
        this.longest = longest;
        this.price = price;
        this.steady = steady;
    }

    /** The most tokens that the next draft may have; 0 if none. */
    int most(int room) {
        return Math.min(room, Math.min(length, longest));
    }

    /** How many of some tokens are worth guessing now; 0 in a pause, which gets shorter by that. */
    int next(int most) {
        if (most <= 0) {
            return 0;
        }
        if (pause > 0) {
            pause--;
            return 0;
        }
        int best = best(most);
        if (best == 0) {
            pause = LONGEST_PAUSE;
            return 1;
        }
        return best;
    }

    /** The number of tokens that make the most of a pass; 0 if that is none. */
    private int best(int most) {
        if (price == 0) {
            return most;
        }
        double share = right / (right + wrong);
        double tokens = 1;
        double power = 1;
        double bestGain = 1;
        int best = 0;
        for (int n = 1; n <= most; n++) {
            power *= share;
            tokens += power;
            double gain = tokens / (1 + price * n);
            if (gain > bestGain) {
                bestGain = gain;
                best = n;
            }
        }
        return best;
    }

    /** Notes how many tokens of a draft were what was drawn. */
    void verified(int drafted, int found) {
        right = MEMORY * right + found;
        wrong = MEMORY * wrong + (found < drafted ? 1 : 0);
        if (found == drafted) {
            length = Math.min(2 * Math.max(length, drafted), Math.max(1, longest));
            misses = 0;
            pause = 0;
        } else if (found > 0) {
            length = found + 1;
            misses = 0;
        } else {
            length = Math.max(1, length / 2);
            misses++;
            pause = steady ? pause : Math.max(pause, Math.min(LONGEST_PAUSE, (1 << Math.min(misses, 6)) - 1));
        }
    }
}
