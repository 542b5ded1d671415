// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A rotary position embedding: how far each pair of a head's components turns per position. Pairs that do not turn come last.
 *
 * @param frequencies the radians per position of each pair; there are half as many pairs as components of a head
 * @param lengths the length of a unit vector of each pair after rotation
 */
public record RotaryEmbedding(double[] frequencies, double[] lengths) {

    /**
     * An embedding whose pairs all keep one length.
     *
     * @param turning the radians per position of the pairs that turn
     * @param length the length of a unit vector after rotation
     * @param size the components of a head
     */
    static RotaryEmbedding of(double[] turning, double length, int size) {
        double[] lengths = new double[size / 2];
        Arrays.fill(lengths, 0, turning.length, length);
        Arrays.fill(lengths, turning.length, size / 2, 1);
        return new RotaryEmbedding(Arrays.copyOf(turning, size / 2), lengths);
    }

    /** Whether all numbers are. */
    boolean isFinite() {
        return DoubleStream.concat(Arrays.stream(frequencies), Arrays.stream(lengths))
                .allMatch(Double::isFinite);
    }

    /** An embedding that turns nothing. */
    static RotaryEmbedding none(int size) {
        return of(new double[0], 1, size);
    }
}
