// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import java.util.Arrays;

/** The ways in which rotary embeddings are made for texts longer than those of training, on radians per position by pair. */
final class RotaryScaling {

    private RotaryScaling() {}

    /** The embedding that is not scaled (Su et al. 2021, "RoFormer"). */
    static double[] none(double theta, int components) {
        double[] base = new double[components / 2];
        for (int i = 0; i < base.length; i++) {
            base[i] = Math.pow(theta, -2.0 * i / components);
        }
        return base;
    }

    /** Positions divided by a factor. */
    static double[] linear(double[] base, double factor) {
        return Arrays.stream(base).map(frequency -> frequency / factor).toArray();
    }

    /** Each pair divided by a factor of its own. */
    static double[] divided(double[] base, double[] factors) {
        double[] scaled = base.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= factors[i];
        }
        return scaled;
    }

    /** Long waves slowed down, short ones kept, a ramp between. */
    static double[] llama3(double[] base, double factor, double low, double high, double original) {
        double[] scaled = base.clone();
        for (int i = 0; i < scaled.length; i++) {
            double wave = 2 * Math.PI / base[i];
            if (wave > original / low) {
                scaled[i] = base[i] / factor;
            } else if (wave >= original / high) {
                double smooth = (original / wave - low) / (high - low);
                scaled[i] = (1 - smooth) * base[i] / factor + smooth * base[i];
            }
        }
        return scaled;
    }

    /**
     * YaRN (Peng et al. 2023, sections 3.2 and 3.4).
     *
     * @param factor how much longer texts may be
     * @param theta the base of the embedding
     * @param original the positions of training
     * @param fast turns over these from which a pair is kept
     * @param slow turns below which a pair is slowed down by the whole factor
     * @param truncate whether the pairs of these limits are rounded
     */
    record Yarn(double factor, double theta, double original, double fast, double slow, boolean truncate) {

        double[] scaled(double[] base) {
            int components = 2 * base.length;
            double first = turningPair(fast, components);
            double last = turningPair(slow, components);
            double low = Math.max(truncate ? Math.floor(first) : first, 0);
            double high = Math.min(truncate ? Math.ceil(last) : last, components - 1);
            double span = high == low ? 0.001 : high - low;
            double[] scaled = base.clone();
            for (int i = 0; i < scaled.length; i++) {
                double interpolated = Math.min(1, Math.max(0, (i - low) / span));
                scaled[i] = base[i] / factor * interpolated + base[i] * (1 - interpolated);
            }
            return scaled;
        }

        /** The fractional index of the pair that turns so many times over the original context. */
        private double turningPair(double turns, int components) {
            return components * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    /** The length of a rotated unit vector under YaRN. */
    static double stretch(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }
}
