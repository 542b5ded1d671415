// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.HashSet;
import java.util.Set;

/** The answers of a predicate about the next token of one text, and how often it was asked. One thread at a time. */
final class PredicateChecks {

    private final TokenPredicate predicate;
    private final Prefix text;
    private final Set<Integer> allowed = new HashSet<>();
    private int count;

    PredicateChecks(TokenPredicate predicate, Prefix text) {
        this.predicate = predicate;
        this.text = text;
    }

    /**
     * Whether a token may come next. Not asked twice about tokens that it allowed.
     *
     * @throws InvalidInputException if the predicate fails by an exception that is not Espalier's
     */
    boolean allows(int token) {
        if (allowed.contains(token)) {
            return true;
        }
        count++;
        boolean allows = ask(token);
        if (allows) {
            allowed.add(token);
        }
        return allows;
    }

    private boolean ask(int token) {
        try {
            return predicate.allows(text, token);
        } catch (EspalierException failure) {
            throw failure;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new InvalidInputException(
                    "the token predicate failed on token " + token + " after " + text.length() + " tokens: "
                            + failure.getClass().getName(),
                    failure);
        }
    }

    /** The tokens that the predicate was asked about. */
    int count() {
        return count;
    }
}
