// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.law.TokenLaw;
import java.util.List;

/** A model's laws of the next token, by the tokens before it: the same whenever and by whomever it is asked. Thread-safe. */
interface TokenLaws extends AutoCloseable {

    /** The tokens that the laws are of. */
    Vocabulary vocabulary();

    /** The law of the next token. */
    TokenLaw after(List<Integer> tokens);

    @Override
    default void close() {}
}
