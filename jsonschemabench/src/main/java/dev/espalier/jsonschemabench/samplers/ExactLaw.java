// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model's law restricted to a small language, by a walk over all its texts. A text is its tokens, without an end token.
 *
 * @param probabilities the model's own probability of each text, {@code p(x)}
 * @param evidence their sum, Z
 */
record ExactLaw(Map<List<Integer>, Double> probabilities, double evidence) {

    /** Copies the map. */
    ExactLaw {
        probabilities = Map.copyOf(probabilities);
    }

    /** A text that was reached, with the model's probability of it. */
    private record Reached(Prefix text, double probability) {}

    /**
     * Walks a tree.
     *
     * @param maxTexts the most texts and beginnings of texts
     * @param stop ends the walk
     * @return empty if there are more, if the model gives nothing to any, or if the walk was stopped
     */
    static Optional<ExactLaw> of(TokenTree tree, int maxTexts, Cancellation stop) {
        if (!isSmall(tree, maxTexts, stop)) {
            return Optional.empty();
        }
        Map<List<Integer>, Double> probabilities = new HashMap<>();
        double evidence = 0;
        Deque<Reached> open = new ArrayDeque<>(List.of(new Reached(tree.root(), 1)));
        while (!open.isEmpty() && !stop.isRequested()) {
            Reached at = open.pop();
            if (at.text().isComplete()) {
                probabilities.merge(written(tree, at.text()), at.probability(), Double::sum);
                evidence += at.probability();
            } else if (!at.text().isFinished()) {
                TokenLaw law = tree.next(at.text());
                for (int token : at.text().mask().ids()) {
                    open.push(new Reached(at.text().then(token), at.probability() * law.of(token)));
                }
            }
        }
        boolean isWhole = open.isEmpty() && evidence > 0;
        return isWhole ? Optional.of(new ExactLaw(probabilities, evidence)) : Optional.empty();
    }

    /** Whether there are few enough texts: found out without the model, which is dear. */
    private static boolean isSmall(TokenTree tree, int maxTexts, Cancellation stop) {
        int seen = 1;
        Deque<Prefix> open = new ArrayDeque<>(List.of(tree.root()));
        while (!open.isEmpty() && seen <= maxTexts && !stop.isRequested()) {
            Prefix at = open.pop();
            int[] allowed = at.mask().ids();
            seen += allowed.length;
            for (int i = 0; i < allowed.length && seen <= maxTexts; i++) {
                open.push(at.then(allowed[i]));
            }
        }
        return open.isEmpty() && seen <= maxTexts;
    }

    private static List<Integer> written(TokenTree tree, Prefix text) {
        return Arrays.stream(text.tokens())
                .filter(token -> !tree.isEnd(token))
                .boxed()
                .toList();
    }

    /** The probability of a text under the restricted law; 0 if it is none of the language. */
    double of(List<Integer> text) {
        return probabilities.getOrDefault(text, 0.0) / evidence;
    }
}
