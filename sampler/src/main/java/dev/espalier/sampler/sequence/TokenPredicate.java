// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.mask.CompiledGrammar;
import java.util.Objects;

/**
 * A constraint on the next token that is too dear to be asked about every token, such as a type checker, a
 * monitor or a program of the user. It works on top of a mask: it is only asked about tokens that the mask allows, end tokens
 * among them, and about few of those.
 *
 * <p>A text is allowed if each of its tokens was. A predicate that refuses a token after which nothing can be right spares
 * the samples that would be lost later.
 */
@FunctionalInterface
public interface TokenPredicate {

    /**
     * Whether a token may come next. Must answer the same whenever it is asked the same, and is called on the thread that
     * samples.
     *
     * @param text what was written so far
     * @param token an id that {@link Prefix#mask} allows
     */
    boolean allows(Prefix text, int token);

    /**
     * That a text is one of a second grammar's. One thread at a time; keeps a few hundred matchers. What the mask and it allow
     * for now may have no common end: such a text is lost.
     *
     * @param grammar compiled for the vocabulary of the model
     */
    static TokenPredicate of(CompiledGrammar grammar) {
        Objects.requireNonNull(grammar, "grammar");
        return new GrammarPredicate(grammar);
    }
}
