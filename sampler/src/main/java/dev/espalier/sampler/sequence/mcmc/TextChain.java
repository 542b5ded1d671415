// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.mcmc;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.numeric.LogWeights;
import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.TokenTree;

/**
 * A Markov chain over the texts of a language whose stationary law is the model's law restricted to it, P. A step keeps the
 * first i tokens of the text x, writes the rest anew by masked sampling, and goes to the text y that comes of it with
 * probability {@code min(1, P(y) Q(y → x) / (P(x) Q(x → y)))}.
 *
 * <p>Q, the probability of such a proposal, adds up all i from which y can be reached: the tokens s that x and y begin with
 * in common, and one more. With the weight {@code w = p / q} of masked sampling, the ratio is {@code w(y) R(y) / (w(x) R(x))}
 * for {@code R(x) = Σ pos(i of x) / q(s up to i)}: it needs nothing of x and y past their weights but what they share.
 *
 * <p>A text that is not complete has no probability: the chain leaves it for the first complete one, and goes to none.
 */
final class TextChain {

    private final TokenTree tree;
    private final ResamplingPoint point;
    private final double restarts;
    private final Choices choices;
    private final Cancellation cancellation;
    private long proposed;
    private long accepted;

    /** A chain that restarts with a given probability, and otherwise resamples from some point on. */
    TextChain(TokenTree tree, ResamplingPoint point, double restarts, Choices choices, Cancellation cancellation) {
        this.tree = tree;
        this.point = point;
        this.restarts = restarts;
        this.choices = choices;
        this.cancellation = cancellation;
    }

    /** Where the chain begins: a text of masked sampling. */
    MaskedText begin() {
        return MaskedText.empty(tree).rewritten(0, tree, choices, cancellation);
    }

    /** The text after a given one. */
    MaskedText step(MaskedText from) {
        ResamplingPoint kernel = from.text().isComplete() ? kernel() : ResamplingPoint.RESTART;
        double[] points = weights(kernel, from);
        if (sum(points) == 0) {
            return from;
        }
        proposed++;
        MaskedText to = from.rewritten(choices.categorical(points, points.length), tree, choices, cancellation);
        if (!to.text().isComplete() || !accepts(kernel, from, to)) {
            return from;
        }
        accepted++;
        return to;
    }

    private ResamplingPoint kernel() {
        if (restarts == 0) {
            return point;
        }
        return choices.categorical(new double[] {restarts, 1 - restarts}, 2) == 0 ? ResamplingPoint.RESTART : point;
    }

    private boolean accepts(ResamplingPoint kernel, MaskedText from, MaskedText to) {
        if (!from.text().isComplete()) {
            return true;
        }
        int shared = from.shared(to);
        double logRatio =
                to.logWeight() - from.logWeight() + logReach(kernel, to, shared) - logReach(kernel, from, shared);
        return logRatio >= 0 || choices.categorical(new double[] {Math.exp(logRatio), -Math.expm1(logRatio)}, 2) == 0;
    }

    /** log R: the sum, over the tokens that two texts begin with in common and one more, of pos(i) / q(those before i). */
    private static double logReach(ResamplingPoint kernel, MaskedText text, int shared) {
        double[] points = weights(kernel, text);
        int last = Math.min(shared, points.length - 1);
        double[] logs = new double[last + 1];
        double logDrawn = 0;
        for (int i = 0; i <= last; i++) {
            logs[i] = Math.log(points[i]) - logDrawn;
            logDrawn += text.steps().get(i).logDrawn();
        }
        return LogWeights.of(logs).logMean() + Math.log(logs.length) - Math.log(sum(points));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** Texts that were proposed so far. */
    long proposed() {
        return proposed;
    }

    /** Texts that were accepted so far; the same text again is one, too. */
    long accepted() {
        return accepted;
    }

    /** What the probabilities are proportional to of writing a text anew from each of its tokens on. */
    private static double[] weights(ResamplingPoint point, MaskedText text) {
        double[] weights = new double[text.steps().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = switch (point) {
                case RESTART -> i == 0 ? 1 : 0;
                case UNIFORM -> 1;
                case PRIORITY -> text.steps().get(i).choice();
            };
        }
        return weights;
    }
}
