// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.catalogue;

import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenPredicate;
import dev.espalier.sampler.sequence.TokenTree;
import dev.espalier.sampler.sequence.beam.BeamSampler;
import dev.espalier.sampler.sequence.exact.ExactSampler;
import dev.espalier.sampler.sequence.exact.LikeliestSampler;
import dev.espalier.sampler.sequence.mcmc.MetropolisHastingsSampler;
import dev.espalier.sampler.sequence.smc.SmcSampler;
import dev.espalier.sampler.sequence.speculative.SpeculativeSampler;
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import dev.espalier.sampler.sequence.trie.AprAdSampler;
import dev.espalier.sampler.sequence.trie.AsapSampler;
import dev.espalier.sampler.sequence.trie.LearnedTrie;
import dev.espalier.sampler.sequence.trie.RejectionSampler;

/**
 * The samplers of whole texts, with their usual settings. All ask for the model's law p after temperature, and the language
 * within the most tokens; Z is the probability that the model by itself writes one of its texts.
 *
 * <table>
 * <caption>Which one</caption>
 * <tr><th>wanted</th><th>take</th><th>calls a sample</th></tr>
 * <tr><td>one text, fast</td><td>{@link #masked}</td><td>one text</td></tr>
 * <tr><td>many exact independent samples, Z not tiny</td><td>{@link #constrainedAdaptiveRejection}</td>
 *     <td>1/Z texts at first, falling</td></tr>
 * <tr><td>exact samples of a small language</td><td>{@link #exact}</td><td>all prefixes, once</td></tr>
 * <tr><td>estimates with tiny Z</td><td>{@link #smc} or {@link #asap}</td><td>a few texts</td></tr>
 * <tr><td>a condition that is slow to check</td><td>{@link #awrs}</td><td>one text</td></tr>
 * <tr><td>the law of {@link #masked} in fewer passes, with a second model</td><td>{@link #speculative}, {@link #speculativeWithoutReplacement},
 *     {@link #speculativeTransport}</td><td>less than one text</td></tr>
 * <tr><td>the likeliest texts, exactly</td><td>{@link #likeliest}</td><td>all prefixes that are likelier than they</td></tr>
 * <tr><td>texts that are likely</td><td>{@link #beam}</td><td>one text</td></tr>
 * <tr><td>a better text than masked, whatever its law</td><td>{@link #metropolisHastings}, {@link #aprAd}</td>
 *     <td>a few texts</td></tr>
 * </table>
 */
public final class Samplers {

    private Samplers() {}

    /** Plain masked sampling, with its importance weight. */
    public static SequenceSampler masked() {
        return TokenwiseSampler.masked();
    }

    /** Adaptive weighted rejection of tokens that a predicate refuses, on top of the mask. */
    public static SequenceSampler awrs(TokenPredicate predicate) {
        return TokenwiseSampler.awrs(predicate);
    }

    /** Rejection of whole texts that the model wrote by itself. */
    public static SequenceSampler rejection() {
        return RejectionSampler.plain();
    }

    /** Rejection that never begins again what failed (ARS). */
    public static SequenceSampler adaptiveRejection() {
        return RejectionSampler.adaptive();
    }

    /** Rejection that goes on from what a trie has learned, and adds to it. */
    public static SequenceSampler adaptiveRejection(LearnedTrie learned) {
        return RejectionSampler.adaptive(learned);
    }

    /** Rejection that never begins again what any mask it saw forbids (CARS). */
    public static SequenceSampler constrainedAdaptiveRejection() {
        return RejectionSampler.constrained();
    }

    /** Rejection by masks that goes on from what a trie has learned, and adds to it. */
    public static SequenceSampler constrainedAdaptiveRejection(LearnedTrie learned) {
        return RejectionSampler.constrained(learned);
    }

    /** Adaptive sampling with approximate expected futures (ASAp), with its importance weight. */
    public static SequenceSampler asap() {
        return new AsapSampler();
    }

    /** Adaptive sampling that goes on from what a trie has learned, and adds to it. */
    public static SequenceSampler asap(LearnedTrie learned) {
        return new AsapSampler(learned);
    }

    /** Approximately aligned decoding. */
    public static SequenceSampler aprAd() {
        return new AprAdSampler();
    }

    /** Sequential Monte Carlo with 10 particles; its {@code with} methods change the settings. */
    public static SmcSampler smc() {
        return SmcSampler.DEFAULT;
    }

    /** Sequential Monte Carlo with some particles. */
    public static SmcSampler smc(int particles) {
        return SmcSampler.DEFAULT.withParticles(particles);
    }

    /** Metropolis–Hastings over whole texts, each sample a chain of 10 steps. */
    public static SequenceSampler metropolisHastings(ResamplingPoint point) {
        return MetropolisHastingsSampler.of(point);
    }

    /** Metropolis–Hastings over whole texts, each sample a chain of some steps, at least 1. */
    public static SequenceSampler metropolisHastings(ResamplingPoint point, int steps) {
        return MetropolisHastingsSampler.of(point).withSteps(steps);
    }

    /** Independent samples of a language that is small enough to walk through. */
    public static SequenceSampler exact() {
        return new ExactSampler();
    }

    /** Independent samples of a language with at most so many prefixes; past them the sampler refuses. */
    public static SequenceSampler exact(int maxTreeNodes) {
        return new ExactSampler(maxTreeNodes);
    }

    /** The likeliest texts, exactly and in order; past 20,000 prefixes that are likelier the sampler refuses. */
    public static SequenceSampler likeliest() {
        return new LikeliestSampler();
    }

    /** The best texts that are found with four beams; its {@code with} methods change the settings. */
    public static BeamSampler beam() {
        return BeamSampler.DEFAULT;
    }

    /** Masked sampling in fewer passes: a draft model proposes some tokens at a time, and the law stays that of {@link #masked}. */
    public static SequenceSampler speculative(TokenTree draft, int drafted) {
        return SpeculativeSampler.masked(draft, drafted);
    }

    /**
     * As {@link #speculative}, with several candidates for each drafted token, drawn without replacement (recursive rejection).
     *
     * @param candidates how many each drafted token of a block has, at least 1 each
     */
    public static SequenceSampler speculativeWithoutReplacement(TokenTree draft, int... candidates) {
        return SpeculativeSampler.withoutReplacement(draft, candidates);
    }

    /**
     * As {@link #speculative}, with several independent candidates for each drafted token (k-sequential selection, near the optimal transport).
     *
     * @param candidates how many each drafted token of a block has, at least 1 each
     */
    public static SequenceSampler speculativeTransport(TokenTree draft, int... candidates) {
        return SpeculativeSampler.transport(draft, candidates);
    }
}
