// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.numeric.Exponential;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sampler of single tokens: temperature, then the mask, then top-k, top-p, min-p.
 *
 * <p>Only allowed logits decide. Not a number on an allowed id is an error, on a forbidden id it is ignored; allowed ids at
 * plus infinity win and share evenly; a forbidden id is never returned. Ties of greedy choice and of filters go to the
 * smaller id. Top-p counts shares of the mass that top-k left; the token that reaches the share is still in.
 *
 * <p>Sums are taken by blocks of 64 ids relative to the largest logit, in double precision. Choosing costs O(allowed) and
 * does not touch other logits when the mask is sparse; what the choice was worth under the model's law needs all of them:
 * decoders compute it later, beside the next forward pass.
 *
 * <p>Scratch space: one thread at a time.
 */
@FastPath(oracle = "TokenSamplerTest")
public final class TokenSampler {

    private final int size;
    private final double[] blocks;
    private final double[] block = new double[64];
    private double[] weights = new double[0];
    private int[] gathered = new int[0];
    private final CandidateFilter filter = new CandidateFilter();

    /**
     * A sampler.
     *
     * @param size the number of logits: the vocabulary's size
     */
    public TokenSampler(int size) {
        this.size = size;
        this.blocks = new double[(size + 63) >> 6];
    }

    /**
     * Draws a token and weighs the choice under the model's law.
     *
     * @param logits one for each id
     * @param mask the allowed ids
     * @throws InvalidLogitsException if the number of logits is wrong, an allowed one is not a number, or all allowed ones
     *     are at minus infinity
     * @throws DeadEndException if nothing is allowed
     */
    public Choice choose(float[] logits, TokenMask mask, SamplingParameters parameters, Choices choices) {
        Objects.requireNonNull(logits, "logits");
        Objects.requireNonNull(mask, "mask");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(choices, "choices");
        long[] allowed = new long[mask.words()];
        mask.copyTo(allowed);
        return draw(logits, allowed, mask.isSparse() ? mask.ids() : null, parameters, choices)
                .weigh(logits, allowed);
    }

    /**
     * Draws a token.
     *
     * @param logits one for each id
     * @param allowed the mask as a bit set; bits from the vocabulary's size up are clear
     * @param ids the same as sorted ids where the mask is sparse, else null
     * @throws InvalidLogitsException if the number of logits is wrong, an allowed one is not a number, or all allowed ones
     *     are at minus infinity
     * @throws DeadEndException if nothing is allowed
     */
    public Draw draw(
            float[] logits, long[] allowed, int @Nullable [] ids, SamplingParameters parameters, Choices choices) {
        if (logits.length != size) {
            throw new InvalidLogitsException(
                    "expected " + size + " logits, one for each id of the vocabulary, but got " + logits.length);
        }
        TopLogit best = ids == null ? TopLogit.of(logits, allowed) : TopLogit.of(logits, ids);
        float top = best.value();
        if (top == Float.NEGATIVE_INFINITY) {
            throw new InvalidLogitsException("the logits of all allowed tokens are minus infinity");
        }
        boolean infinite = top == Float.POSITIVE_INFINITY;
        if (parameters.isGreedy() && !infinite) {
            return new Draw(best.id(), 0, 0, top, Double.NaN, 1, best.several());
        }
        if (infinite || parameters.hasFilter()) {
            int[] candidates = ids == null ? gather(allowed) : ids;
            int count = ids == null ? count(allowed) : ids.length;
            return infinite
                    ? drawInfinite(logits, candidates, count, parameters, choices)
                    : drawFiltered(logits, candidates, count, top, parameters, choices);
        }
        double scale = Exponential.scale(parameters.temperature());
        return ids == null
                ? drawDense(logits, allowed, top, scale, choices)
                : drawSparse(logits, ids, top, scale, choices);
    }

    private Draw drawSparse(float[] logits, int[] ids, float top, double scale, Choices choices) {
        double[] weight = weights(ids.length);
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            weight[i] = Exponential.of(((double) logits[ids[i]] - top) * scale);
            sum += weight[i];
        }
        int token = ids[choices.categorical(weight, ids.length)];
        return plain(token, logits, top, sum, scale);
    }

    private Draw drawDense(float[] logits, long[] allowed, float top, double scale, Choices choices) {
        double sum = 0;
        for (int word = 0; word < blocks.length; word++) {
            blocks[word] = Exponential.sum(logits, word << 6, allowed[word], top, scale);
            sum += blocks[word];
        }
        int word = choices.categorical(blocks, blocks.length);
        Arrays.fill(block, 0);
        for (long bits = allowed[word]; bits != 0; bits &= bits - 1) {
            int bit = Long.numberOfTrailingZeros(bits);
            block[bit] = Exponential.of(((double) logits[(word << 6) + bit] - top) * scale);
        }
        int token = (word << 6) + choices.categorical(block, 64);
        return plain(token, logits, top, sum, scale);
    }

    private static Draw plain(int token, float[] logits, float top, double sum, double scale) {
        double relative = ((double) logits[token] - top) * scale;
        return new Draw(token, relative - Math.log(sum), relative, top, sum, scale, false);
    }

    private Draw drawFiltered(
            float[] logits, int[] ids, int n, float top, SamplingParameters parameters, Choices choices) {
        double scale = Exponential.scale(parameters.temperature());
        double[] weight = weights(n);
        double sum = 0;
        int positive = 0;
        for (int i = 0; i < n; i++) {
            float logit = logits[ids[i]];
            weight[i] = Exponential.of(((double) logit - top) * scale);
            sum += weight[i];
            positive += weight[i] > 0 ? 1 : 0;
        }
        int kept = filter.keep(logits, ids, n, weight, sum, parameters);
        int token = ids[filter.index(choices.categorical(filter.weights(), kept))];
        double relative = ((double) logits[token] - top) * scale;
        double logDrawn = relative - Math.log(filter.sum());
        return new Draw(token, logDrawn, relative, top, sum, scale, kept < positive);
    }

    /** Some allowed logits are plus infinity: the limit in which they share everything evenly. */
    private Draw drawInfinite(float[] logits, int[] ids, int n, SamplingParameters parameters, Choices choices) {
        double[] weight = weights(n);
        int count = 0;
        int first = -1;
        for (int i = 0; i < n; i++) {
            boolean wins = logits[ids[i]] == Float.POSITIVE_INFINITY;
            weight[i] = wins ? 1 : 0;
            count += wins ? 1 : 0;
            first = first < 0 && wins ? i : first;
        }
        boolean greedy = parameters.isGreedy() || parameters.topK() == 1;
        int chosen = greedy ? first : choices.categorical(weight, n);
        double logDrawn = greedy ? 0 : -Math.log(count);
        return new Draw(ids[chosen], logDrawn, 0, Float.POSITIVE_INFINITY, count, 1, greedy && count > 1);
    }

    /** The allowed ids in shared scratch space; how many is {@link #count}. */
    private int[] gather(long[] allowed) {
        int count = count(allowed);
        if (gathered.length < count) {
            gathered = new int[Math.min(size, count + count / 2)];
        }
        int next = 0;
        for (int word = 0; word < blocks.length; word++) {
            for (long bits = allowed[word]; bits != 0; bits &= bits - 1) {
                gathered[next++] = (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return gathered;
    }

    private int count(long[] allowed) {
        int count = 0;
        for (int word = 0; word < blocks.length; word++) {
            count += Long.bitCount(allowed[word]);
        }
        return count;
    }

    private double[] weights(int count) {
        if (weights.length < count) {
            weights = new double[count];
        }
        return weights;
    }
}
