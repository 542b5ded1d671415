// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Sequential Monte Carlo over tokens: N texts, the particles, grow together, and where their weights become uneven, texts of
 * little weight give way to copies of those of much.
 *
 * <p>A step continues each unfinished text by a token of the {@link ProposalKernel}: its weight is divided by the twist of
 * before, multiplied by the token's weight and by the twist after it, or by the reward if the text is complete
 * ({@link Potential}). Then, while some text is unfinished, if {@code (Σ W)² / Σ W²} over all particles, finished ones
 * included, is below {@code threshold · N}, all are drawn anew by their weights and get the mean weight. A dead end has
 * weight 0.
 *
 * <p><b>Law.</b> For each text x of the language and every N, {@code E[mean of W · 1{x}] = p(x) · φ(x)}, φ being the reward;
 * so the evidence, the mean weight, is an unbiased estimate of {@code Z = Σ p(x) · φ(x)}. Averages divided by the evidence,
 * and the law of {@link SampleSet#answer}, are biased for every finite N; with one particle an answer follows the
 * proposal's law. The particles of one run depend on each other, and copies are frequent.
 *
 * <p><b>Samples.</b> What counts as one is a run of N particles, independent of the other runs: run r brings samples {@code
 * r · N} to {@code r · N + N - 1}, given to the listener when the run ends. All weights count in averages, those of 0 too; if
 * all are 0, no valid text was found, and there is no answer. A run that is cancelled keeps its finished texts; the others
 * have weight 0. A run is only begun if all of its particles may be.
 *
 * <p><b>Decisions.</b> In run r, those of particle i come from number {@code r · (N + 1) + i} of {@link
 * SamplingRun#choices}, those of its resampling from number {@code r · (N + 1) + N}.
 *
 * <p>Cost: one forward pass for each token of the longest text, of as many sequences as there are different texts. As
 * stateless as its proposal and its potential. Source: Loula et al., "Syntactic and semantic control of large language
 * models via sequential Monte Carlo" (2025); Del Moral, Doucet, Jasra, "Sequential Monte Carlo samplers" (2006).
 *
 * @param particles N, at least 1
 * @param threshold from 0, never to resample, to 1, to resample after every token
 * @param resampling how particles are drawn anew
 * @param proposal how a token is drawn
 * @param potential what texts are worth besides the model's probability
 */
public record SmcSampler(
        int particles, double threshold, Resampling resampling, ProposalKernel proposal, Potential potential)
        implements SequenceSampler {

    /** 10 particles, resampled below half of them by systematic resampling, from the masked law, with no potential. */
    public static final SmcSampler DEFAULT =
            new SmcSampler(10, 0.5, Resampling.SYSTEMATIC, ProposalKernel.masked(), Potential.ones());

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if there is no particle or the threshold is outside 0 to 1
     */
    public SmcSampler {
        Objects.requireNonNull(resampling, "resampling");
        Objects.requireNonNull(proposal, "proposal");
        Objects.requireNonNull(potential, "potential");
        if (particles < 1) {
            throw new InvalidInputException("sequential Monte Carlo needs at least 1 particle, not " + particles);
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new InvalidInputException("the threshold of resampling must be from 0 to 1, but is " + threshold);
        }
    }

    /** This sampler with another number of particles. */
    public SmcSampler withParticles(int value) {
        return new SmcSampler(value, threshold, resampling, proposal, potential);
    }

    /** This sampler with another threshold. */
    public SmcSampler withThreshold(double value) {
        return new SmcSampler(particles, value, resampling, proposal, potential);
    }

    /** This sampler with another scheme of resampling. */
    public SmcSampler with(Resampling value) {
        return new SmcSampler(particles, threshold, value, proposal, potential);
    }

    /** This sampler with another proposal. */
    public SmcSampler with(ProposalKernel value) {
        return new SmcSampler(particles, threshold, resampling, value, potential);
    }

    /** This sampler with another potential instead of its own. */
    public SmcSampler with(Potential value) {
        return new SmcSampler(particles, threshold, resampling, proposal, value);
    }

    @Override
    public String name() {
        return "smc";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.WEIGHTED;
    }

    @Override
    public String describe() {
        return "sequential Monte Carlo: " + particles
                + " texts that grow together and are resampled by their weights; the"
                + " weighted set is unbiased, one answer drawn from it is not";
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        List<Sample> samples = new ArrayList<>();
        long before = tree.calls();
        long checks = 0;
        boolean stopped = false;
        for (long r = 0; r < count && !stopped; r++) {
            stopped = run.cancellation().isRequested() || run.maxRuns() - samples.size() < particles;
            if (!stopped) {
                Population population = new Population(tree, this, choices(run, r));
                stopped = !grow(population, run);
                checks += population.checks();
                List<Sample> grown = population.samples();
                samples.addAll(grown);
                grown.forEach(run.listener());
            }
        }
        return new SampleSet(
                samples,
                samples.size(),
                tree.calls() - before,
                checks,
                SampleSet.evidence(samples, !stopped, run),
                stopped);
    }

    private List<Choices> choices(SamplingRun run, long index) {
        long first = index * (particles + 1L);
        return LongStream.rangeClosed(first, first + particles)
                .mapToObj(run.choices())
                .toList();
    }

    /** Continues all texts to their ends; false if cancelled before. */
    private static boolean grow(Population population, SamplingRun run) {
        while (population.isActive()) {
            if (run.cancellation().isRequested()) {
                return false;
            }
            population.advance();
            if (population.isActive()) {
                population.resample();
            }
        }
        return true;
    }
}
