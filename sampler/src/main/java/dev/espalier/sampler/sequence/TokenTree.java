// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.sampler.law.TokenLaw;
import java.util.List;

/**
 * The tree of all texts of a model and a language: after each beginning the model's law of the next token, and the tokens
 * that are allowed. One thread at a time.
 */
public interface TokenTree {

    /** The empty text. Always the same object. */
    Prefix root();

    /** What decides its texts and their law: an equal object for a tree of the same texts with the same law. */
    default Object situation() {
        return root();
    }

    /**
     * The model's laws of the next token after some texts, in their order, whatever is allowed there. One forward pass.
     *
     * @param prefixes unfinished texts that grew out of {@link #root}; one may come several times
     */
    List<TokenLaw> next(List<Prefix> prefixes);

    /** The model's law of the next token after one text. */
    default TokenLaw next(Prefix prefix) {
        return next(List.of(prefix)).get(0);
    }

    /** Laws that the model was asked for so far: one for each text, however many texts shared a forward pass. */
    long calls();

    /** Whether a token ends a text. */
    boolean isEnd(int token);
}
