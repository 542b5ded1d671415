// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.sampler.Target;
import java.util.List;

/**
 * A text with its log probability and its importance weight. Logarithms are natural. Immutable.
 *
 * @param tokens its tokens, without an end token
 * @param logProbability log of the model's probability of the text, an end token included where one was written; of all of
 *     it up to there if it is not complete
 * @param logWeight log of the importance weight; minus infinity if the text is not complete, or was given up
 * @param target the law it is a sample of
 * @param complete whether it is a text of the language
 */
public record Sample(List<Integer> tokens, double logProbability, double logWeight, Target target, boolean complete) {

    /** Copies the tokens. */
    public Sample {
        tokens = List.copyOf(tokens);
    }

    /** The text of a prefix, complete or not. */
    public static Sample of(TokenTree tree, Prefix prefix, double logProbability, double logWeight, Target target) {
        boolean complete = prefix.isComplete();
        int[] all = prefix.tokens();
        boolean ended = all.length > 0 && tree.isEnd(all[all.length - 1]);
        List<Integer> tokens = new java.util.ArrayList<>();
        for (int i = 0; i < all.length - (ended ? 1 : 0); i++) {
            tokens.add(all[i]);
        }
        return new Sample(tokens, logProbability, complete ? logWeight : Double.NEGATIVE_INFINITY, target, complete);
    }
}
