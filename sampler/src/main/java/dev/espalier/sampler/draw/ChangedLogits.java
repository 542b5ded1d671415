// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LogitChanges;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The logits of one sequence with its penalties and biases: see {@link LogitChanges}. One thread at a time. */
public final class ChangedLogits {

    private final LogitChanges changes;
    private final Set<Integer> seen = new HashSet<>();
    private final Map<Integer, Integer> written = new HashMap<>();

    /**
     * The logits of a text that begins.
     *
     * @param prompt the tokens that the model reads first
     */
    public ChangedLogits(LogitChanges changes, int[] prompt) {
        this.changes = changes;
        for (int token : prompt) {
            seen.add(token);
        }
    }

    private ChangedLogits(ChangedLogits other) {
        this.changes = other.changes;
        seen.addAll(other.seen);
        written.putAll(other.written);
    }

    /** The same logits of a text that goes its own way from here on. Cost: a copy of what was seen. */
    public ChangedLogits copy() {
        return new ChangedLogits(this);
    }

    /**
     * Refuses changes that a model cannot have.
     *
     * @throws InvalidInputException if there is a bias for a token that the vocabulary does not have
     */
    public static void requireFit(LogitChanges changes, int vocabularySize) {
        for (int token : changes.bias().keySet()) {
            if (token >= vocabularySize) {
                throw new InvalidInputException("there is a bias for token " + token + ", but the vocabulary has only "
                        + vocabularySize + " ids");
            }
        }
    }

    /** The text has another token. */
    public void add(int token) {
        seen.add(token);
        written.merge(token, 1, Integer::sum);
    }

    /** A changed copy. Cost: the copy, and the tokens of prompt and text. */
    public float[] of(float[] logits) {
        float[] changed = logits.clone();
        double factor = changes.repetitionPenalty();
        if (factor != 1) {
            for (int token : seen) {
                changed[token] = (float) (changed[token] > 0 ? changed[token] / factor : changed[token] * factor);
            }
        }
        if (changes.frequencyPenalty() != 0 || changes.presencePenalty() != 0) {
            written.forEach((token, count) ->
                    changed[token] -= (float) (count * changes.frequencyPenalty() + changes.presencePenalty()));
        }
        changes.bias().forEach((token, bias) -> changed[token] += bias.floatValue());
        return changed;
    }
}
