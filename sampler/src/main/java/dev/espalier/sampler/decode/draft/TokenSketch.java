// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.draw.ChangedLogits;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a draft model with the same tokens writes: it draws as the text does, under the same masks, with the same forced text, by the random choices that the text will
 * use. So models that agree write the same, and those that nearly agree mostly do (Daliri et al. 2024, "Coupling without communication and drafter-invariant
 * speculative decoding", arXiv 2408.07978).
 */
@FastPath(oracle = "ModelDraftsTest")
final class TokenSketch extends Sketch {

    private static final int[] NONE = {};

    private final DraftModel drafter;
    private final IntList text;
    private @Nullable DraftTree tree;
    private @Nullable Future<PreparedMask> mask;

    /**
     * A sketch.
     *
     * @param text prompt and text, which grows
     */
    TokenSketch(DraftModel drafter, IntList text, DraftLength length) {
        super(drafter, length);
        this.drafter = drafter;
        this.text = text;
    }

    @Override
    int common() {
        int common = 0;
        int most = Math.min(held().size(), text.size());
        while (common < most && held().get(common) == text.get(common)) {
            common++;
        }
        return common;
    }

    @Override
    int[] rest(int kept) {
        int[] rest = new int[text.size() - kept];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = text.get(kept + i);
        }
        return rest;
    }

    @Override
    void expect() {
        DraftTree current = tree == null ? new DraftTree(place().constraint()) : tree;
        tree = current;
        TokenConstraint end =
                current.place(current.size() - 1).fork(); // a mask that comes too late is still being made there
        int remaining = place().remaining() - current.size();
        mask = drafter.threads().submit(() -> PreparedMask.of(end, remaining), false);
    }

    @Override
    int[] more(Logits logits) {
        DraftTree current = tree;
        PreparedMask prepared = mask == null ? null : drafter.await(mask);
        mask = null;
        if (current == null || prepared == null || prepared.mask().count() == 0) {
            return NONE;
        }
        int last = current.size() - 1;
        current.know(last, prepared);
        int token = drafter.draw(logits, prepared.mask(), place());
        if (!current.add(last, token)) {
            return NONE;
        }
        int room = place().most() - current.size();
        int[] forced = place().parameters().forcedText() == ForcedText.DRAWN
                ? NONE
                : drafter.spelling().commit(current.place(last + 1).fork(), place().remaining() - current.size());
        boolean fits = current.addAll(forced, room) == forced.length && forced.length < room;
        int[] read = new int[1 + forced.length];
        read[0] = token;
        System.arraycopy(forced, 0, read, 1, forced.length);
        ChangedLogits changed = place().changed();
        for (int each : read) {
            if (changed != null) {
                changed.add(each);
            }
        }
        return fits ? read : NONE;
    }

    @Override
    Draft made(DraftLength length) {
        DraftTree current = tree;
        tree = null;
        mask = null;
        return current == null ? Draft.NONE : current.draft(length);
    }
}
