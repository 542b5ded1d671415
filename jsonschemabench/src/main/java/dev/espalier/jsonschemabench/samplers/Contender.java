// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The samplers that are compared. Speculative decoding is not among them: it has the samples of masked sampling, for less
 * time, not for fewer questions.
 */
public enum Contender {
    /** What is done without this library: masked sampling, its samples taken for those of the model's law. */
    UNWEIGHTED("masked, unweighted", Guarantee.HEURISTIC, unused -> Samplers.masked()),
    MASKED("masked", Guarantee.WEIGHTED, unused -> Samplers.masked()),
    /** Without the mask, which it asks about one token at a time. */
    AWRS("awrs", Guarantee.WEIGHTED, one -> Samplers.awrs(check(one))),
    SMC("smc", Guarantee.WEIGHTED, unused -> Samplers.smc()),
    ASAP("asap", Guarantee.WEIGHTED, unused -> Samplers.asap()),
    REJECTION("rejection", Guarantee.EXACT, unused -> Samplers.rejection()),
    ARS("ars", Guarantee.EXACT, unused -> Samplers.adaptiveRejection()),
    CARS("cars", Guarantee.EXACT, unused -> Samplers.constrainedAdaptiveRejection()),
    MCMC_RESTART("mcmc-restart", Guarantee.ASYMPTOTIC, unused -> Samplers.metropolisHastings(ResamplingPoint.RESTART)),
    MCMC_UNIFORM("mcmc-uniform", Guarantee.ASYMPTOTIC, unused -> Samplers.metropolisHastings(ResamplingPoint.UNIFORM)),
    MCMC_PRIORITY(
            "mcmc-priority", Guarantee.ASYMPTOTIC, unused -> Samplers.metropolisHastings(ResamplingPoint.PRIORITY)),
    APRAD("aprad", Guarantee.HEURISTIC, unused -> Samplers.aprAd()),
    ENUMERATION("exact", Guarantee.EXACT, unused -> Samplers.exact(SamplingCase.ENUMERATED));

    private final String label;
    private final Guarantee guarantee;
    private final Function<SamplingCase, SequenceSampler> opener;

    Contender(String label, Guarantee guarantee, Function<SamplingCase, SequenceSampler> opener) {
        this.label = label;
        this.guarantee = guarantee;
        this.opener = opener;
    }

    private static CheckedConstraint.Check check(SamplingCase one) {
        return new CheckedConstraint.Check(TokenConstraint.of(one.grammar()), one.maxTokens());
    }

    /** Its name in results, tables and plots. */
    @Override
    public String toString() {
        return label;
    }

    /** What its samples are good for, as they are used here. */
    Guarantee guarantee() {
        return guarantee;
    }

    /** Its name with its guarantee, {@code smc (weighted)}. */
    String labelWithGuarantee() {
        return label + " (" + guarantee.name().toLowerCase(Locale.ROOT) + ")";
    }

    /** A new sampler, which has learned nothing yet. */
    SequenceSampler open(SamplingCase one) {
        return opener.apply(one);
    }

    /**
     * Nobody's texts yet.
     *
     * @param calls laws that may be asked for
     * @param stop ends the sampler
     */
    CountingTree tree(SamplingCase one, int calls, Cancellation cancellation, Cancellation stop) {
        TokenConstraint engine = TokenConstraint.of(one.grammar());
        TokenConstraint constraint =
                this == AWRS ? CheckedConstraint.of(engine, one.laws().vocabulary()) : engine;
        // the others finish what they have begun, or their averages would prefer short texts
        long most = this == ENUMERATION ? calls : Long.MAX_VALUE;
        return new CountingTree(one.laws(), constraint, one.maxTokens(), most, cancellation, stop);
    }

    /** Whether a text that is thrown away ends a question for a sample: that may otherwise never end. */
    boolean isTextByText() {
        return this == REJECTION || this == ARS || this == CARS;
    }

    /** The law that its samples put on texts: by their weights only where these are what makes them right. */
    EmpiricalLaw law(List<Sample> samples) {
        return guarantee == Guarantee.WEIGHTED ? EmpiricalLaw.weighted(samples) : EmpiricalLaw.unweighted(samples);
    }
}
