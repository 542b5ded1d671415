// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.confidence;

import java.util.ArrayList;
import java.util.List;

/**
 * How often fields are right, by how sure the model was of them.
 *
 * @param bins tenths of the scale of probabilities, from 0 up
 * @param fields how many fields
 * @param right how many of them are right
 * @param meanProbability the mean of their probabilities
 * @param expectedError the mean over all fields of how far the share of right ones in a field's bin is from the bin's mean probability
 * @param brier the mean of the squared difference of probability and 1 for right, 0 for wrong; 0 is best
 * @param widest the widest bounds of a probability
 */
public record Calibration(
        List<Bin> bins,
        int fields,
        int right,
        double meanProbability,
        double expectedError,
        double brier,
        double widest) {

    private static final int BINS = 10;
    private static final double Z = 1.959964; // of 95 %

    /**
     * Fields of about the same probability.
     *
     * @param from the least probability; the last bin has 1, too
     * @param fields how many
     * @param right how many of them are right
     * @param sum of their probabilities
     */
    public record Bin(double from, int fields, int right, double sum) {

        /** The mean probability; the middle of the bin if it is empty. */
        public double mean() {
            return fields == 0 ? from + 0.5 / BINS : sum / fields;
        }

        /** The share of right fields; 0 if there is none. */
        public double share() {
            return fields == 0 ? 0 : (double) right / fields;
        }

        /** An end of Wilson's interval of 95 % of the share. */
        double interval(int side) {
            double n = Math.max(1, fields);
            double p = share();
            double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
            return (p + Z * Z / (2 * n) + side * half) / (1 + Z * Z / n);
        }
    }

    /** Copies the list. */
    public Calibration {
        bins = List.copyOf(bins);
    }

    /** The calibration of lower bounds. */
    public static Calibration of(List<JudgedField> judged) {
        int[] fields = new int[BINS];
        int[] right = new int[BINS];
        double[] sums = new double[BINS];
        double squares = 0;
        double widest = 0;
        for (JudgedField field : judged) {
            int bin = Math.min(BINS - 1, (int) (field.lower() * BINS));
            fields[bin]++;
            right[bin] += field.right() ? 1 : 0;
            sums[bin] += field.lower();
            double difference = field.lower() - (field.right() ? 1 : 0);
            squares += difference * difference;
            widest = Math.max(widest, field.upper() - field.lower());
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        double sum = 0;
        int all = 0;
        for (int i = 0; i < BINS; i++) {
            Bin bin = new Bin((double) i / BINS, fields[i], right[i], sums[i]);
            bins.add(bin);
            error += Math.abs(bin.right() - bin.sum());
            sum += bin.sum();
            all += bin.right();
        }
        double n = Math.max(1, judged.size());
        return new Calibration(bins, judged.size(), all, sum / n, error / n, squares / n, widest);
    }
}
