// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.beam;

import dev.espalier.sampler.numeric.ParameterRange;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Beam search: the best texts that are found when only some beginnings are kept at each length. Nothing is random, and no law is claimed. The score of a
 * text is {@code log p(text) / length^α}, its length in tokens with an end token that was written. With beams for all beginnings of the language the texts
 * are the best ones.
 *
 * <p>Diverse beams (Vijayakumar et al., <em>Diverse Beam Search</em>, 2018) are in groups that grow one after the other: at each length, a token loses λ for
 * each beam of earlier groups that took it there. Its score in the result is not changed by that. Length normalisation is that of Wu et al., <em>Google's
 * Neural Machine Translation System</em>, 2016, without its constant.
 *
 * <p>Samples come best first, at most as many as there are beams, fewer if there are not so many texts; their weight is 1. Cost: a forward pass for each length
 * and group, over the beams that are not finished. Immutable; thread-safe.
 */
public final class BeamSampler implements SequenceSampler {

    /** Four beams, one group, no normalisation. */
    public static final BeamSampler DEFAULT = new BeamSampler(4, 1, 0.5, 0);

    private final int beams;
    private final int groups;
    private final double diversity;
    private final double lengthExponent;

    private BeamSampler(int beams, int groups, double diversity, double lengthExponent) {
        ParameterRange.require(beams >= 1, "beams", "≥ 1", beams);
        ParameterRange.require(groups >= 1 && beams % groups == 0, "groups", "≥ 1 and a divisor of the beams", groups);
        ParameterRange.require(
                diversity >= 0 && diversity < Double.POSITIVE_INFINITY, "diversity", "finite and ≥ 0", diversity);
        ParameterRange.require(
                lengthExponent >= 0 && lengthExponent < Double.POSITIVE_INFINITY,
                "lengthExponent",
                "finite and ≥ 0",
                lengthExponent);
        this.beams = beams;
        this.groups = groups;
        this.diversity = diversity;
        this.lengthExponent = lengthExponent;
    }

    /**
     * With another number of beams in one group.
     *
     * @throws dev.espalier.core.error.InvalidInputException if it is below 1
     */
    public BeamSampler withBeams(int value) {
        return new BeamSampler(value, 1, diversity, lengthExponent);
    }

    /**
     * With beams in groups that avoid each other's tokens.
     *
     * @param count a divisor of the number of beams
     * @param penalty what a token loses for each beam of earlier groups that took it at the same length, at least 0
     * @throws dev.espalier.core.error.InvalidInputException if a number is out of its range
     */
    public BeamSampler withGroups(int count, double penalty) {
        return new BeamSampler(beams, count, penalty, lengthExponent);
    }

    /**
     * With another exponent of the length in the score: 0 is off and favours short texts, 1 is the mean over tokens.
     *
     * @throws dev.espalier.core.error.InvalidInputException if it is below 0 or infinite
     */
    public BeamSampler withLengthExponent(double value) {
        return new BeamSampler(beams, groups, diversity, value);
    }

    /** How many beginnings are kept. */
    public int beams() {
        return beams;
    }

    /** What a token loses for each beam of earlier groups that took it at the same length. */
    public double diversity() {
        return diversity;
    }

    @Override
    public String name() {
        return "beam";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.HEURISTIC;
    }

    @Override
    public String describe() {
        return "beam search: the best texts found with " + beams + " beams"
                + (groups > 1 ? " in " + groups + " groups" : "")
                + ", best first; nothing is random. One forward pass for"
                + " each length and group.";
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        long before = tree.calls();
        List<BeamGroup> all = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            all.add(new BeamGroup(tree, beams / groups, lengthExponent));
        }
        boolean cancelled = false;
        while (!cancelled && all.stream().anyMatch(BeamGroup::isActive)) {
            TokenCounts taken = new TokenCounts(diversity);
            for (BeamGroup group : all) {
                cancelled |= run.cancellation().isRequested();
                if (!cancelled && group.isActive()) {
                    group.advance(taken);
                }
            }
        }
        List<Sample> samples = BeamGroup.best(all, count);
        samples.forEach(run.listener());
        return new SampleSet(samples, beams, tree.calls() - before, 0, OptionalDouble.empty(), cancelled);
    }
}
