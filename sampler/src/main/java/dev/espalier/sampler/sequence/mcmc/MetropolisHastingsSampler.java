// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.mcmc;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Metropolis–Hastings over whole texts: a Markov chain improves texts of masked sampling (Gonzalez et al. 2025, "Constrained
 * Sampling for Language Models Should Be Easy: An MCMC Perspective", arXiv 2506.05754): each step proposes to write a text
 * anew from one of its tokens on, and accepts that so that the stationary law is the model's law restricted to the language.
 * After any number of steps the law of a sample is biased; its divergence from the stationary one never grows.
 *
 * <p>A sample is the last text of a chain of its own: samples are independent, each with a fixed number of steps after a
 * first text. Only if no text of a chain was complete (dead ends) is it not complete, and given up. Samples carry no weight.
 * Evidence: the mean weight of the chains' first texts, which are those of masked sampling, if no chain is missing. Each
 * text that is begun counts as one, proposals too; a chain that is stopped inside is left out.
 *
 * <p>Cost: a text for each step, less what it keeps; the ratio needs no pass of its own. Stateless: any number of threads.
 */
public final class MetropolisHastingsSampler implements SequenceSampler {

    /** Steps of a chain unless changed. */
    public static final int DEFAULT_STEPS = 10;

    private final ResamplingPoint point;
    private final int steps;
    private final double restarts;

    private MetropolisHastingsSampler(ResamplingPoint point, int steps, double restarts) {
        this.point = Objects.requireNonNull(point, "point");
        this.steps = steps;
        this.restarts = restarts;
    }

    /** Chains of {@value #DEFAULT_STEPS} steps that resample from some point on. */
    public static MetropolisHastingsSampler of(ResamplingPoint point) {
        return new MetropolisHastingsSampler(point, DEFAULT_STEPS, 0);
    }

    /**
     * Chains of some length.
     *
     * @param value steps for each sample, at least 0
     */
    public MetropolisHastingsSampler withSteps(int value) {
        if (value < 0) {
            throw new InvalidInputException("a chain has 0 steps or more, but not " + value);
        }
        return new MetropolisHastingsSampler(point, value, restarts);
    }

    /**
     * Chains that mix two kernels: a step restarts with a given probability, whatever the point otherwise. The ratio is that
     * of the kernel that was chosen.
     *
     * @param probability 0 to 1
     */
    public MetropolisHastingsSampler withRestarts(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidInputException("the probability of a restart is 0 to 1, but not " + probability);
        }
        return new MetropolisHastingsSampler(point, steps, probability);
    }

    @Override
    public String name() {
        return "mcmc-" + point.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.ASYMPTOTIC;
    }

    @Override
    public String describe() {
        return "Metropolis–Hastings over whole texts, " + steps + " steps from a text of masked sampling, each of which"
                + " proposes another text; tends to the model's law restricted to the language, but after " + steps
                + " steps it is biased; " + (steps + 1) + " texts written for each sample";
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        List<Sample> samples = new ArrayList<>();
        List<Sample> firsts = new ArrayList<>();
        long before = tree.calls();
        long begun = 0;
        long proposed = 0;
        long accepted = 0;
        while (samples.size() < count && run.maxRuns() - begun > steps) {
            TextChain chain =
                    new TextChain(tree, point, restarts, run.choices().apply(samples.size()), run.cancellation());
            MaskedText first = chain.begin();
            MaskedText text = first;
            for (int i = 0; i < steps && !run.cancellation().isRequested(); i++) {
                text = chain.step(text);
            }
            begun += 1 + chain.proposed();
            proposed += chain.proposed();
            accepted += chain.accepted();
            if (run.cancellation().isRequested()) {
                break;
            }
            firsts.add(Sample.of(tree, first.text(), first.logProbability(), first.logWeight(), Target.MASKED));
            Sample sample = Sample.of(tree, text.text(), text.logProbability(), 0, Target.HEURISTIC);
            samples.add(sample);
            run.listener().accept(sample);
        }
        return new SampleSet(
                samples,
                begun,
                tree.calls() - before,
                0,
                samples.size() < count ? OptionalDouble.empty() : SampleSet.evidence(firsts, true, run),
                proposed == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) accepted / proposed),
                samples.size() < count);
    }
}
