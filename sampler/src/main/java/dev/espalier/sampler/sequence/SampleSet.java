// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.numeric.LogWeights;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The samples of one call of a sampler, with what they cost. Immutable.
 *
 * @param samples the samples in the order in which they were begun; those that were given up are among them where their
 *     weight of 0 belongs to an average
 * @param runs texts that were begun
 * @param calls laws of the next token that the model was asked for
 * @param predicateCalls tokens that a predicate was asked about
 * @param logEvidence log of an unbiased estimate of Z, the probability that the model by itself writes a text of the
 *     language; minus infinity for an estimate of 0; empty if the sampler has none, or if it was cancelled and does not
 *     know Z itself
 * @param acceptance the share of proposals that were accepted; empty if the sampler proposes nothing
 * @param cancelled whether the sampler was stopped before it was done; averages are then biased toward short texts
 */
public record SampleSet(
        List<Sample> samples,
        long runs,
        long calls,
        long predicateCalls,
        OptionalDouble logEvidence,
        OptionalDouble acceptance,
        boolean cancelled) {

    /** Copies the samples. */
    public SampleSet {
        samples = List.copyOf(samples);
    }

    /** The samples of a sampler that proposes nothing. */
    public SampleSet(
            List<Sample> samples,
            long runs,
            long calls,
            long predicateCalls,
            OptionalDouble logEvidence,
            boolean cancelled) {
        this(samples, runs, calls, predicateCalls, logEvidence, OptionalDouble.empty(), cancelled);
    }

    /**
     * The evidence of weighted samples, log of their mean weight; empty if there are none, or if a cancellation ended them:
     * texts that were finished by then are short ones, so that their mean is no unbiased estimate.
     *
     * @param all whether all samples are there that were asked for
     */
    public static OptionalDouble evidence(List<Sample> samples, boolean all, SamplingRun run) {
        return samples.isEmpty() || (!all && run.cancellation().isRequested())
                ? OptionalDouble.empty()
                : OptionalDouble.of(logMeanWeight(samples));
    }

    /** Log of the mean of weights; minus infinity if all are 0 or there are none. */
    static double logMeanWeight(List<Sample> samples) {
        return weights(samples).logMean();
    }

    private static LogWeights weights(List<Sample> samples) {
        return LogWeights.of(samples.stream().mapToDouble(Sample::logWeight).toArray());
    }

    /** The weights of the samples, divided by their sum; all 0 if every weight is. */
    public double[] normalisedWeights() {
        return weights(samples).normalised();
    }

    /** How many samples of equal weight these are worth, {@code (Σ w)² / Σ w²}; 0 if all weights are 0. */
    public double effectiveSamples() {
        return weights(samples).effective();
    }

    /**
     * One of the samples, drawn in proportion to their weights; none if all weights are 0: then no valid text was found.
     *
     * <p>Its law tends to the one that the weights are for the more samples there are. With finitely many it is biased
     * toward the law in which they were drawn; with one sample it is that law.
     */
    public Optional<Sample> answer(Choices choices) {
        Objects.requireNonNull(choices, "choices");
        LogWeights weights = weights(samples);
        return weights.areZero()
                ? Optional.empty()
                : Optional.of(samples.get(choices.categorical(weights.relative(), samples.size())));
    }
}
