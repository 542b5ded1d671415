// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.oracle.FastPath;

/**
 * The largest allowed logit. Ties go to the smaller id.
 *
 * @param id its token; -1 if all allowed logits are at minus infinity
 * @param value the logit; may be infinite
 * @param several whether another allowed logit is above minus infinity, too
 */
@FastPath(oracle = "TopLogitTest")
record TopLogit(int id, float value, boolean several) {

    /**
     * Looks at all allowed logits. A bit set is read by runs of ones, so that a mask which allows nearly everything costs
     * no more than a plain search for the maximum.
     *
     * @param allowed the mask as a bit set; bits from the number of logits up are clear
     * @throws InvalidLogitsException if an allowed logit is not a number
     * @throws DeadEndException if nothing is allowed
     */
    static TopLogit of(float[] logits, long[] allowed) {
        int best = -1;
        float largest = Float.NEGATIVE_INFINITY;
        boolean several = false;
        long any = 0;
        int words = (logits.length + 63) >> 6;
        for (int word = 0; word < words; word++) {
            long bits = allowed[word];
            any |= bits;
            while (bits != 0) {
                int from = Long.numberOfTrailingZeros(bits);
                int to = from + Long.numberOfTrailingZeros(~(bits >>> from));
                bits = to >= 64 ? 0 : bits & -1L << to;
                int id = (word << 6) + from;
                int end = (word << 6) + to;
                for (; !several && id < end; id++) {
                    float logit = logits[id];
                    several = best >= 0 && !(logit == Float.NEGATIVE_INFINITY);
                    if (!(logit <= largest)) {
                        largest = number(logit, id);
                        best = id;
                    }
                }
                for (; id < end; id++) {
                    float logit = logits[id];
                    if (!(logit <= largest)) {
                        largest = number(logit, id);
                        best = id;
                    }
                }
            }
        }
        requireAny(any != 0);
        return new TopLogit(best, largest, several);
    }

    /** As {@link #of(float[], long[])}, for a mask as sorted ids. */
    static TopLogit of(float[] logits, int[] ids) {
        int best = -1;
        float largest = Float.NEGATIVE_INFINITY;
        boolean several = false;
        for (int id : ids) {
            float logit = logits[id];
            several |= best >= 0 && logit > Float.NEGATIVE_INFINITY;
            if (!(logit <= largest)) {
                largest = number(logit, id);
                best = id;
            }
        }
        requireAny(ids.length > 0);
        return new TopLogit(best, largest, several);
    }

    private static float number(float logit, int id) {
        if (Float.isNaN(logit)) {
            throw new InvalidLogitsException("the logit of token " + id + ", which is allowed here, is not a number");
        }
        return logit;
    }

    private static void requireAny(boolean any) {
        if (!any) {
            throw new DeadEndException("no token is allowed here");
        }
    }
}
