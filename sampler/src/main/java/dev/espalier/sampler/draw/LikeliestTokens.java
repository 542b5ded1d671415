// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import dev.espalier.sampler.TokenProbabilities.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The likeliest tokens in the place of one that was drawn. */
public final class LikeliestTokens {

    private LikeliestTokens() {}

    /**
     * The likeliest, those with the smaller id first among equals. Cost: a pass over all logits, and the square of {@code count} at worst.
     *
     * @param drawn the draw
     * @param logProbability what it was worth
     * @param onlyAllowed whether only tokens that the mask allows count
     * @param count how many; all if there are fewer
     */
    public static List<Candidate> of(
            Draw drawn, double logProbability, float[] logits, long[] allowed, boolean onlyAllowed, int count) {
        int[] best = ids(logits, onlyAllowed ? allowed : null, count);
        List<Candidate> candidates = new ArrayList<>();
        for (int id : best) {
            double apart = id == drawn.token() ? 0 : ((double) logits[id] - logits[drawn.token()]) * drawn.scale();
            candidates.add(new Candidate(id, logProbability + apart, (allowed[id >> 6] >>> id & 1) != 0));
        }
        return candidates;
    }

    /**
     * The ids with the greatest logits, the greatest first, those with the smaller id first among equals. Cost: as {@link #of}.
     *
     * @param allowed the ids that count, as a bit set; null for all
     * @param count how many; fewer if fewer count
     */
    public static int[] ids(float[] logits, long @Nullable [] allowed, int count) {
        int[] best = new int[Math.min(count, logits.length)];
        int found = 0;
        for (int id = 0; id < logits.length; id++) {
            boolean counts = allowed == null || (allowed[id >> 6] >>> id & 1) != 0;
            if (!counts || (found == best.length && !(logits[id] > logits[best[found - 1]]))) {
                continue;
            }
            int place = found < best.length ? found++ : found - 1;
            while (place > 0 && isMore(logits[id], logits[best[place - 1]])) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = id;
        }
        return Arrays.copyOf(best, found);
    }

    /** Whether a logit is greater; one that is not a number is the least. */
    private static boolean isMore(float one, float other) {
        return one > other || (Float.isNaN(other) && !Float.isNaN(one));
    }
}
