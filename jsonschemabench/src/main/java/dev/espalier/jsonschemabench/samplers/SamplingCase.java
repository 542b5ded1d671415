// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.Optional;

/**
 * A language under a model, to be sampled from. Thread-safe.
 *
 * @param name tells it apart from the others
 * @param laws the model's laws, kept for who asks again; closed with this
 * @param grammar the language, compiled for the model's vocabulary
 * @param maxTokens the most tokens of a text, an end token not counted
 * @param exact the model's law restricted to the language; empty if it is too large to be enumerated
 */
record SamplingCase(String name, TokenLaws laws, CompiledGrammar grammar, int maxTokens, Optional<ExactLaw> exact)
        implements AutoCloseable {

    /** The most texts and beginnings of texts of a language that is enumerated, and the most laws that are kept. */
    static final int ENUMERATED = 20_000;

    private static final long KEPT_BYTES = 128L << 20;

    /** A case, enumerated if that can be done; {@code stop} ends that. */
    static SamplingCase of(String name, TokenLaws laws, CompiledGrammar grammar, int maxTokens, Cancellation stop) {
        long most = Math.min(ENUMERATED, KEPT_BYTES / (8L * laws.vocabulary().size()));
        TokenLaws kept = new RememberedLaws(laws, (int) most);
        CountingTree all = new CountingTree(
                kept, TokenConstraint.of(grammar), maxTokens, Long.MAX_VALUE, new Cancellation(), stop);
        return new SamplingCase(name, kept, grammar, maxTokens, ExactLaw.of(all, (int) most, stop));
    }

    @Override
    public void close() {
        laws.close();
    }
}
