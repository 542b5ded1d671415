// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.law.TokenLaw;
import java.util.List;

/**
 * The laws of a language model after a prompt, at temperature 1. Each text is read from the prompt on in one pass of its own,
 * so that its law does not depend, not by a rounding error, on what else was asked.
 */
final class ModelLaws implements TokenLaws {

    private final LanguageModel model;
    private final Session prompted;
    private final TokenLaw first;

    /**
     * Reads a prompt.
     *
     * @param model not closed with this
     * @param prompt at least one token
     */
    ModelLaws(LanguageModel model, int[] prompt) {
        this.model = model;
        synchronized (model) {
            this.prompted = model.open();
            this.first = read(prompted, prompt);
        }
    }

    @Override
    public Vocabulary vocabulary() {
        return model.vocabulary();
    }

    @Override
    public TokenLaw after(List<Integer> tokens) {
        if (tokens.isEmpty()) {
            return first;
        }
        synchronized (model) {
            try (Session session = prompted.fork()) {
                return read(session, tokens.stream().mapToInt(token -> token).toArray());
            }
        }
    }

    private TokenLaw read(Session session, int[] tokens) {
        return TokenLaw.ofLogits(
                model.forward(List.of(Step.of(session, tokens))).get(0).toArray(), 1);
    }

    @Override
    public void close() {
        synchronized (model) {
            prompted.close();
        }
    }
}
