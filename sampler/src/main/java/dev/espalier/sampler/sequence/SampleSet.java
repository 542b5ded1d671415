package dev.espalier.sampler.sequence;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a sampler brought. Immutable.
 *
 * @param samples the samples in the order in which they were begun; those that were given up are among them where their
 *     weight of 0 belongs to an average
 * @param runs texts that were begun
 * @param calls laws of the next token that the model was asked for
 * @param predicateCalls tokens that a predicate was asked about
 * @param logEvidence log of an unbiased estimate of Z, the probability that the model by itself writes a text of the
 *     language; minus infinity for an estimate of 0; empty if the sampler has none
 * @param cancelled whether the sampler was stopped before it was done; averages are then biased toward short texts
 */
public record SampleSet(
        List<Sample> samples,
        long runs,
        long calls,
        long predicateCalls,
        OptionalDouble logEvidence,
        boolean cancelled) {

    /** Copies the samples. */
    public SampleSet {
        samples = List.copyOf(samples);
    }

    /** Log of the mean of weights; minus infinity if all are 0 or there are none. */
    public static double logMeanWeight(List<Sample> samples) {
        double top = Double.NEGATIVE_INFINITY;
        for (Sample sample : samples) {
            top = Math.max(top, sample.logWeight());
        }
        if (top == Double.NEGATIVE_INFINITY) {
            return top;
        }
        double sum = 0;
        for (Sample sample : samples) {
            sum += Math.exp(sample.logWeight() - top);
        }
        return top + Math.log(sum / samples.size());
    }
}
