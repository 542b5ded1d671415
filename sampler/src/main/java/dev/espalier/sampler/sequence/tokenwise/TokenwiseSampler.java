// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenPredicate;
import dev.espalier.sampler.sequence.TokenTree;
import dev.espalier.sampler.sequence.drawing.Drawing;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Sampler that writes texts token by token, each drawn by a {@link ProposalKernel}; a text's weight is the product of its tokens' weights.
 *
 * <p>With {@link ProposalKernel#masked} this is plain masked sampling, also called locally constrained or grammar-constrained
 * decoding: a text x comes with probability {@code q(x) = Π p(token) / Z(step)}, which is not the model's law restricted to
 * the language; the weight {@code w(x) = Π Z(step)} corrects that: {@code q(x) · w(x) = p(x)}.
 *
 * <p>A sample is a text that was begun, unless a cancellation came before its end; one that ended where no token fits has
 * weight 0. Evidence: the mean weight. Cost: a question to the model for each token. Stateless: any number of threads, if a
 * predicate may be asked by as many.
 */
public final class TokenwiseSampler implements SequenceSampler {

    private final String name;
    private final String describe;
    private final ProposalKernel proposal;
    private final Target target;

    TokenwiseSampler(String name, String describe, ProposalKernel proposal, Target target) {
        this.name = name;
        this.describe = describe;
        this.proposal = Objects.requireNonNull(proposal, "proposal");
        this.target = target;
    }

    /** Plain masked sampling. */
    public static TokenwiseSampler masked() {
        return new TokenwiseSampler(
                "masked",
                "plain masked sampling: each token from the model's law restricted to the allowed ones; the weight is the"
                        + " product of the allowed masses",
                ProposalKernel.masked(),
                Target.MASKED);
    }

    /**
     * Adaptive weighted rejection sampling: the language is that of the texts whose tokens mask and predicate allow, and the
     * predicate is asked about few of them.
     */
    public static TokenwiseSampler awrs(TokenPredicate predicate) {
        return awrs(AdaptiveRejection.of(predicate));
    }

    /** Adaptive weighted rejection sampling with another estimator. */
    public static TokenwiseSampler awrs(AdaptiveRejection proposal) {
        return new TokenwiseSampler(
                "awrs",
                "adaptive weighted rejection sampling: each token is drawn from the allowed ones until a predicate allows it"
                        + " too; the weight is an unbiased estimate of the mass that both allow",
                proposal,
                Target.WEIGHTED);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.WEIGHTED;
    }

    @Override
    public String describe() {
        return describe;
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        Drawing drawing = new Drawing(tree, count, run);
        long checks = 0;
        while (drawing.goesOn()) {
            Choices choices = drawing.begin();
            Prefix text = tree.root();
            double logProbability = 0;
            double logWeight = 0;
            while (!text.isFinished()
                    && logWeight > Double.NEGATIVE_INFINITY
                    && !run.cancellation().isRequested()) {
                TokenLaw law = tree.next(text);
                ProposalKernel.Proposed proposed = proposal.propose(text, law, choices);
                checks += proposed.checks();
                logWeight += proposed.logWeight();
                if (proposed.token() >= 0) {
                    logProbability += Math.log(law.of(proposed.token()));
                    text = text.then(proposed.token());
                }
            }
            if (text.isFinished() || logWeight == Double.NEGATIVE_INFINITY) {
                drawing.add(Sample.of(tree, text, logProbability, logWeight, target));
            }
        }
        return drawing.result(checks, drawing.evidence(), OptionalDouble.empty());
    }
}
