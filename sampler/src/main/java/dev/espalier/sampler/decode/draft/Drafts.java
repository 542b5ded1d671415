// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.core.collect.IntList;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.draw.ChangedLogits;
import dev.espalier.sampler.law.Choices;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The drafts of one text: tokens that the model reads in the same pass as the last one drawn, in the hope that they are what is drawn next. They are copied from the
 * prompt or the text; where nothing is alike, a smaller model writes them, or they are known from earlier steps. Used by the thread that leads.
 */
public final class Drafts {

    private static final int BYTES_OF_A_TOKEN = 8;

    private final DraftSources sources;
    private final SamplingParameters parameters;
    private final @Nullable PromptLookup lookup;
    private final IntList text = new IntList();
    private final DraftLength copied;
    private final DraftLength recycled;
    private final @Nullable Sketch sketch;
    private boolean asking;

    /** No draft yet, and never one where the parameters want none, or forced text is to be scored. */
    public Drafts(DraftSources sources, int[] prompt, SamplingParameters parameters) {
        this.sources = sources;
        this.parameters = parameters;
        DraftOptions options = sources.options();
        int longest =
                parameters.forcedText() == ForcedText.SCORED ? 0 : Math.max(parameters.draftTokens(), options.tokens());
        this.lookup = longest == 0 ? null : new PromptLookup(sources.target().vocabulary(), prompt);
        text.addAll(prompt, 0, prompt.length);
        this.copied = new DraftLength(longest, options.tokenPrice(), false);
        this.recycled = new DraftLength(longest, options.tokenPrice(), false);
        DraftLength written = new DraftLength(longest, options.tokenPrice() + options.modelPrice(), true);
        DraftModel model = sources.model();
        this.sketch = model == null || longest == 0 ? null : model.sketch(text, prompt.length, written);
    }

    /** The text has another token. */
    public void add(int token) {
        if (lookup != null) {
            lookup.add(token);
            text.add(token);
        }
    }

    /**
     * A draft of what is known; empty where nothing is likely.
     *
     * @param from the place where it begins
     * @param room the most tokens
     */
    public Draft next(TokenConstraint from, int room) {
        Draft copy = copied(from, copied.most(room));
        RecycledTokens table = sources.recycled();
        if (copy.size() > 0 || table == null || sketch != null) {
            return copy;
        }
        int most = recycled.next(recycled.most(room));
        boolean branches = sources.target().readsTreesAtOnce();
        return most == 0
                ? Draft.NONE
                : table.after(text.get(text.size() - 1), from, branches ? room : most, branches)
                        .draft(recycled);
    }

    private Draft copied(TokenConstraint from, int most) {
        if (most <= 0 || lookup == null) {
            return Draft.NONE;
        }
        byte[] bytes = lookup.next(BYTES_OF_A_TOKEN * (most + 1));
        int wanted = bytes.length == 0 ? 0 : copied.next(most);
        if (wanted == 0) {
            return Draft.NONE;
        }
        DraftTree tree = new DraftTree(from);
        tree.addAll(sources.spelling().canonical(bytes), wanted);
        return tree.draft(copied);
    }

    /**
     * Asks for a draft of the smaller model, which {@link DraftSources#write} makes.
     *
     * @param from the place where it begins
     * @param room the most tokens
     * @param remaining the most tokens of text from there on
     * @param choices those by which the text will be drawn
     * @param changed penalties and biases there
     * @return whether one is worth it
     */
    public boolean ask(
            TokenConstraint from, int room, int remaining, Choices choices, @Nullable ChangedLogits changed) {
        if (sketch == null || sketch.isFailed()) {
            return false;
        }
        int most = sketch.length().next(sketch.length().most(room));
        if (most == 0) {
            return false;
        }
        Optional<Choices> ahead = choices.ahead();
        sketch.at(new SketchPlace(
                from,
                most,
                remaining,
                ahead.isPresent() ? parameters : parameters.withTemperature(0),
                ahead.orElse(choices),
                changed == null ? null : changed.copy()));
        asking = true;
        return true;
    }

    /** Whether the draft model is to write. */
    public boolean isAsking() {
        return asking;
    }

    Optional<Sketch> sketch() {
        return Optional.ofNullable(sketch);
    }

    /** The draft that was asked for; it is given away. */
    public Draft written() {
        asking = false;
        return sketch == null ? Draft.NONE : sketch.take();
    }

    /**
     * The model has read a draft: what it thinks of each place may serve again, whatever is drawn there.
     *
     * @param masks as those of the draft
     * @param logits by node, -1 for where the draft begins
     */
    public void seen(Draft draft, List<@Nullable PreparedMask> masks, IntFunction<float[]> logits) {
        RecycledTokens table = sources.recycled();
        for (int node = -1; table != null && lookup != null && node < draft.size(); node++) {
            PreparedMask mask = masks.get(node + 1);
            if (mask != null) {
                int token = node < 0 ? text.get(text.size() - 1) : draft.tokens()[node];
                try {
                    table.note(token, logits.apply(node), mask.mask());
                } catch (RuntimeException elsewhere) {
                    return; // these logits cannot be had, and the text does not need them
                }
            }
        }
    }

    /** Gives back what the draft model holds of the text. */
    public void release() {
        if (sketch != null) {
            sketch.release();
        }
    }
}
