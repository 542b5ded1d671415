// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.SamplingParameters;
import java.util.Arrays;

/**
 * The filters top-k, top-p and min-p, in this order, over candidates with known weights. Each keeps a prefix of the candidates by falling
 * logit, so the shortest prefix is what is left.
 *
 * <p>Never sorts what cannot survive: top-k keeps its k in a heap; top-p without it first drops candidates of weight below
 * {@code (1 − p) · sum / n}, which together weigh less than {@code (1 − p) · sum} and so lie outside the nucleus.
 *
 * <p>Scratch space: one thread at a time.
 */
@FastPath(oracle = "TokenSamplerTest")
final class CandidateFilter {

    /** Candidates as numbers that sort by falling logit, then rising index. The index is in the low 32 bits. */
    private long[] keys = new long[0];

    private double[] kept = new double[0];
    private double sum;

    /**
     * Filters. What is left is read from {@link #index}, {@link #weights} and {@link #sum}.
     *
     * @param logits one for each id
     * @param ids the candidates
     * @param n how many there are
     * @param weights e^((logit − top) / temperature) of each candidate, the largest exactly 1
     * @param total the sum of the weights
     * @return how many are left, at least 1, all of positive weight
     */
    int keep(float[] logits, int[] ids, int n, double[] weights, double total, SamplingParameters parameters) {
        int most = parameters.topK() > 0 ? Math.min(parameters.topK(), n) : n;
        boolean shareOfTopK = most < n && parameters.topP() < 1;
        double least = shareOfTopK ? 0 : Math.max(parameters.minP(), (1 - parameters.topP()) * total / n);
        if (keys.length < n) {
            keys = new long[n];
            kept = new double[n];
        }
        int left = 0;
        for (int i = 0; i < n; i++) {
            if (weights[i] >= least && weights[i] > 0) {
                left = add(key(logits[ids[i]], i), left, most);
            }
        }
        Arrays.sort(keys, 0, left);
        return cut(left, weights, shareOfTopK, total, parameters);
    }

    private int cut(int left, double[] weights, boolean shareOfTopK, double total, SamplingParameters parameters) {
        double base = shareOfTopK ? 0 : total;
        for (int i = 0; i < left; i++) {
            kept[i] = weights[index(i)];
            base += shareOfTopK ? kept[i] : 0;
        }
        double nucleus = parameters.topP() < 1 ? parameters.topP() * base : Double.POSITIVE_INFINITY;
        sum = 0;
        int count = 0;
        while (count < left && (count == 0 || sum < nucleus) && kept[count] >= parameters.minP()) {
            sum += kept[count++];
        }
        return count;
    }

    /** The index among the candidates of the i-th likeliest that is left. */
    int index(int i) {
        return (int) keys[i];
    }

    /** The weights of what is left, likeliest first. */
    double[] weights() {
        return kept;
    }

    /** The sum of the weights of what is left. */
    double sum() {
        return sum;
    }

    private static long key(float logit, int index) {
        int bits = Float.floatToIntBits(logit + 0.0f);
        int rising = bits ^ ((bits >> 31) & 0x7fffffff);
        return ((long) ~rising << 32) | index;
    }

    /** Adds a key to the {@code most} smallest: a list until it is full, then a heap with its largest key on top. */
    private int add(long key, int size, int most) {
        if (size < most) {
            keys[size] = key;
            if (size + 1 == most) {
                for (int i = most / 2 - 1; i >= 0; i--) {
                    sink(i, most);
                }
            }
            return size + 1;
        }
        if (key < keys[0]) {
            keys[0] = key;
            sink(0, most);
        }
        return size;
    }

    private void sink(int from, int size) {
        long key = keys[from];
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            child += child + 1 < size && keys[child + 1] > keys[child] ? 1 : 0;
            if (keys[child] <= key) {
                break;
            }
            keys[hole] = keys[child];
            hole = child;
        }
        keys[hole] = key;
    }
}
