// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.mcmc;

import dev.espalier.core.Cancellation;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of masked sampling, with the probability and the allowed mass of each token, so that scoring it needs no second pass. Texts share
 * what they have in common. Logarithms are natural. Immutable.
 *
 * @param steps its tokens, an end token included
 * @param text all of it; not complete if it is a dead end, if the model gives nothing to what may follow, or if the writing
 *     was cancelled
 */
@FastPath(oracle = "TextChainTest")
record MaskedText(List<Token> steps, Prefix text) {

    /**
     * A token.
     *
     * @param before the text before it
     * @param token its id
     * @param logDrawn log of its probability under the masked law
     * @param logMass log of the model's probability of the allowed tokens
     * @param choice {@code exp(H) - 1} of the masked law, H being its entropy; 0 where it was forced
     */
    record Token(Prefix before, int token, double logDrawn, double logMass, double choice) {}

    /** Nothing written yet. */
    static MaskedText empty(TokenTree tree) {
        return new MaskedText(List.of(), tree.root());
    }

    /**
     * The first tokens of this text, completed by masked sampling. Cost: a question to the model for each new token.
     *
     * @param kept how many tokens are kept, at most as many as there are
     * @param cancellation polled before each token
     */
    MaskedText rewritten(int kept, TokenTree tree, Choices choices, Cancellation cancellation) {
        List<Token> written = new ArrayList<>(steps.subList(0, kept));
        Prefix at = kept == steps.size() ? text : steps.get(kept).before();
        while (!at.isFinished() && !cancellation.isRequested()) {
            TokenLaw law = tree.next(at);
            int[] ids = at.mask().ids();
            double[] drawn = law.of(ids);
            double mass = 0;
            for (double p : drawn) {
                mass += p;
            }
            if (mass == 0) {
                break;
            }
            int index = choices.categorical(drawn, drawn.length);
            double logDrawn = Math.log(drawn[index] / mass);
            written.add(new Token(at, ids[index], logDrawn, Math.log(mass), choice(drawn, mass)));
            at = at.then(ids[index]);
        }
        return new MaskedText(List.copyOf(written), at);
    }

    private static double choice(double[] weights, double mass) {
        double entropy = 0;
        for (double weight : weights) {
            entropy -= weight > 0 ? weight / mass * Math.log(weight / mass) : 0;
        }
        return Math.max(0, Math.expm1(entropy));
    }

    /** The number of tokens that it begins with like another text. */
    int shared(MaskedText other) {
        int most = Math.min(steps.size(), other.steps.size());
        int count = 0;
        while (count < most
                && steps.get(count).token() == other.steps.get(count).token()) {
            count++;
        }
        return count;
    }

    /** log w: log of the product of the allowed masses. */
    double logWeight() {
        return steps.stream().mapToDouble(Token::logMass).sum();
    }

    /** log p: log of the model's probability. */
    double logProbability() {
        return steps.stream()
                .mapToDouble(step -> step.logDrawn() + step.logMass())
                .sum();
    }
}
