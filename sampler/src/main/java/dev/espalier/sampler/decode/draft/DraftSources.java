// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.constraint.ForcedTokens;
import dev.espalier.sampler.constraint.MaskThreads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the drafts of all texts share: a smaller model, recycled tokens. Used by the thread that leads. */
public final class DraftSources {

    private final LanguageModel target;
    private final ForcedTokens spelling;
    private final DraftOptions options;
    private final @Nullable DraftModel model;
    private final @Nullable RecycledTokens recycled;

    /**
     * The sources of drafts for one model.
     *
     * @param target the model that writes the texts
     * @param spelling its tokenizer
     * @param threads make masks
     * @param invariant whether drafts must depend on nothing but their text; then nothing is recycled
     */
    public DraftSources(
            LanguageModel target, ForcedTokens spelling, MaskThreads threads, DraftOptions options, boolean invariant) {
        this.target = target;
        this.spelling = spelling;
        this.options = options;
        this.model = options.model()
                .map(small -> new DraftModel(small, target.vocabulary(), spelling, threads, invariant))
                .orElse(null);
        this.recycled = options.recycled() == 0 || invariant
                ? null
                : new RecycledTokens(target.vocabulary().size(), options.recycled());
    }

    LanguageModel target() {
        return target;
    }

    ForcedTokens spelling() {
        return spelling;
    }

    DraftOptions options() {
        return options;
    }

    @Nullable
    DraftModel model() {
        return model;
    }

    @Nullable
    RecycledTokens recycled() {
        return recycled;
    }

    /** Has the draft model write what texts {@linkplain Drafts#sketch wait for}, in shared passes of its own. */
    public void write(List<Drafts> waiting) {
        DraftModel writer = model;
        if (writer != null) {
            List<Sketch> sketches = new ArrayList<>();
            waiting.forEach(each -> each.sketch().ifPresent(sketches::add));
            writer.draft(sketches);
        }
    }
}
