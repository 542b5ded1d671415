// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A figure over repetitions.
 *
 * @param mean their mean; 0 if there is none
 * @param error the mean's standard error; 0 with fewer than two repetitions
 * @param count repetitions that have it
 */
public record Figure(
        double mean,
        @JsonProperty("se") double error,
        @JsonProperty("n") int count) {

    /** A figure that is not known. */
    public Figure() {
        this(0, 0, 0);
    }

    static Figure of(DoubleStream values) {
        double[] all = values.toArray();
        double mean = DoubleStream.of(all).average().orElse(0);
        double squares = DoubleStream.of(all)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = all.length < 2 ? 0 : Math.sqrt(squares / (all.length - 1) / all.length);
        return new Figure(mean, error, all.length);
    }

    boolean isKnown() {
        return count > 0;
    }

    /** The figure in another unit. */
    Figure times(double factor) {
        return new Figure(mean * factor, error * factor, count);
    }

    /** Is equal to what is not written: figures that are not known, and other values that are absent. */
    public static final class Unknown {

        @Override
        public boolean equals(@Nullable Object value) {
            return value == null
                    || value.equals(OptionalDouble.empty())
                    || value instanceof Figure figure && !figure.isKnown();
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
