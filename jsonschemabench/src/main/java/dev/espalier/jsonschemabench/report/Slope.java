// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import java.util.List;

/**
 * How measured values grow over a run: a line through them by least squares.
 *
 * @param mean their mean
 * @param growth by how much the line is higher at the last value than at the first; below 0 where they fall
 */
public record Slope(double mean, double growth) {

    /** The line through values at equal distances; all zero of nothing. */
    public static Slope of(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(value -> value).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double at = i - (n - 1) / 2.0;
            products += at * (values.get(i) - mean);
            squares += at * at;
        }
        return new Slope(mean, squares == 0 ? 0 : products / squares * (n - 1));
    }

    /** The growth as a part of the mean. */
    public double relative() {
        return mean == 0 ? 0 : growth / mean;
    }
}
