// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.draw.MaskedLaw;
import java.util.Arrays;
import java.util.List;

/** End tokens on a canvas: when one is committed, all free slots after it become end tokens, too. Immutable. */
public final class EndTokens {

    private final CompiledGrammar grammar;
    private final Vocabulary vocabulary;

    public EndTokens(CompiledGrammar grammar) {
        this.grammar = grammar;
        this.vocabulary = grammar.vocabulary();
    }

    /**
     * A canvas with a commit, and what comes with it; unchanged if the slot is not free.
     *
     * @param changes what happens is added here
     */
    Canvas with(Canvas canvas, Commit commit, double raw, List<SlotChange> changes) {
        if (!canvas.isFree(commit.slot())) {
            return canvas;
        }
        Canvas next = canvas.with(commit.slot(), commit.token());
        changes.add(new SlotChange(commit.slot(), SlotChange.Kind.COMMITTED, commit.token(), commit.confidence(), raw));
        if (endsText(commit.token())) {
            for (int slot = commit.slot() + 1; slot < next.size(); slot++) {
                if (next.isFree(slot)) {
                    next = next.with(slot, commit.token());
                    changes.add(new SlotChange(slot, SlotChange.Kind.ENDED, commit.token(), 1, Double.NaN));
                }
            }
        }
        return next;
    }

    /** Whether only end tokens can follow a token. An end token that the grammar names may be text. */
    private boolean endsText(int token) {
        return vocabulary.isEnd(token) && !grammar.namedTokens().containsKey(token);
    }

    /** How likely a law thinks the end. */
    public double probability(MaskedLaw law) {
        return Arrays.stream(vocabulary.endIds()).mapToDouble(law::probability).sum();
    }

    /** How many slots the text of a full canvas has: those before the end tokens at its end. */
    public int textSlots(Canvas canvas) {
        int slots = canvas.size();
        while (slots > 0 && vocabulary.isEnd(canvas.token(slots - 1))) {
            slots--;
        }
        return slots;
    }
}
