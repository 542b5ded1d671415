package dev.espalier.sampler.sequence;

import dev.espalier.mask.TokenMask;
import dev.espalier.sampler.Choices;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.TokenLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Plain masked sampling, also called locally constrained or grammar-constrained decoding: each token is drawn from the
 * model's law restricted to the allowed ones. A text x comes with probability {@code q(x) = Π p(token) / Z(step)}, which is
 * not the model's law restricted to the language; the weight {@code w(x) = Π Z(step)} corrects that: {@code q(x) · w(x) =
 * p(x)}.
 *
 * <p>A sample is a text that was begun; one that ended where no token fits has weight 0. Evidence: the mean weight. Cost: a
 * question to the model for each token. Stateless: any number of threads.
 */
public final class MaskedSequenceSampler implements SequenceSampler {

    @Override
    public String name() {
        return "masked";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.WEIGHTED;
    }

    @Override
    public String describe() {
        return "masked sampling: each token from the allowed ones; with its weight, the product of the allowed masses, a"
                + " sample is properly weighted";
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        List<Sample> samples = new ArrayList<>();
        long before = tree.calls();
        while (samples.size() < count
                && samples.size() < run.maxRuns()
                && !run.cancellation().isRequested()) {
            Sample sample = one(tree, run.choices().apply(samples.size()));
            samples.add(sample);
            run.listener().accept(sample);
        }
        return new SampleSet(
                samples,
                samples.size(),
                tree.calls() - before,
                0,
                OptionalDouble.of(SampleSet.logMeanWeight(samples)),
                samples.size() < count);
    }

    private static Sample one(TokenTree tree, Choices choices) {
        Prefix text = tree.root();
        double logProbability = 0;
        double logWeight = 0;
        while (!text.isFinished()) {
            TokenMask mask = text.mask();
            TokenLaw law = tree.next(text);
            double mass = law.of(mask);
            if (mass == 0) {
                return Sample.of(tree, text, logProbability, Double.NEGATIVE_INFINITY, Target.MASKED);
            }
            int[] ids = mask.ids();
            int token = ids[choices.categorical(law.of(ids), ids.length)];
            logProbability += Math.log(law.of(token));
            logWeight += Math.log(mass);
            text = text.then(token);
        }
        return Sample.of(tree, text, logProbability, logWeight, Target.MASKED);
    }
}
