// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.constraint.ForcedTokens;
import dev.espalier.sampler.constraint.MaskThreads;
import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.draw.ChangedLogits;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.law.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A smaller model that drafts for several texts in shared passes, one token of each a pass. Used by the thread that leads. */
final class DraftModel {

    /** A mask is waited for at least so long, in nanoseconds, and up to half a pass; then its draft ends. */
    private static final long PATIENCE_NANOS = 1_000_000;

    /** The number of common tokens from which a copy of a session is worth it. */
    private static final int WORTH = 32;

    private final LanguageModel model;
    private final Vocabulary vocabulary;
    private final ForcedTokens spelling;
    private final ForcedTokens ownSpelling;
    private final MaskThreads threads;
    private final boolean invariant;
    private final boolean same;
    private final TokenSampler sampler;
    private final long[] allowed;
    private final Set<Sketch> open = new LinkedHashSet<>();
    private long passNanos;

    /**
     * A draft model.
     *
     * @param vocabulary of the texts
     * @param spelling their canonical tokens
     * @param invariant whether drafts depend on nothing but their text: each has passes of its own, and masks are waited for however long they take
     */
    DraftModel(
            LanguageModel model, Vocabulary vocabulary, ForcedTokens spelling, MaskThreads threads, boolean invariant) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.spelling = spelling;
        this.ownSpelling = new ForcedTokens(model.vocabulary(), model.encoder());
        this.threads = threads;
        this.invariant = invariant;
        this.same = sameTokens(vocabulary, model.vocabulary());
        this.sampler = new TokenSampler(vocabulary.size());
        this.allowed = new long[(vocabulary.size() + 63) >> 6];
    }

    /** Whether ids mean the same in both, as far as both have them: widths of logits may differ. */
    private static boolean sameTokens(Vocabulary one, Vocabulary other) {
        if (one.isSameAs(other)) {
            return true;
        }
        for (int id = 0; id < Math.min(one.size(), other.size()); id++) {
            if (one.isSpecial(id) != other.isSpecial(id) || !one.bytes(id).equals(other.bytes(id))) {
                return false;
            }
        }
        return true;
    }

    LanguageModel model() {
        return model;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    ForcedTokens spelling() {
        return spelling;
    }

    /** How the draft model spells text. */
    ForcedTokens ownSpelling() {
        return ownSpelling;
    }

    MaskThreads threads() {
        return threads;
    }

    /**
     * A sketch of a text.
     *
     * @param text prompt and text, which grows
     * @param promptLength how many of these are the prompt
     */
    Sketch sketch(IntList text, int promptLength, DraftLength length) {
        return same ? new TokenSketch(this, text, length) : new ByteSketch(this, text, promptLength, length);
    }

    /** Writes drafts for sketches that were told where to begin. A failure ends the drafts of its own text alone. */
    void draft(List<Sketch> sketches) {
        synchronized (model) {
            List<Sketch> active = begin(sketches);
            while (!active.isEmpty()) {
                active.removeIf(sketch -> !goesOn(sketch, () -> {
                    sketch.expect();
                    return true;
                }));
                List<Sketch> more = new ArrayList<>();
                if (invariant) {
                    active.forEach(sketch -> read(List.of(sketch), more));
                } else if (!active.isEmpty()) {
                    read(active, more);
                }
                active = more;
            }
        }
        sketches.forEach(Sketch::finish);
    }

    /** Those that read now. Others wait where they would have to read much beside: they may share it then. */
    private List<Sketch> begin(List<Sketch> sketches) {
        List<Sketch> active = new ArrayList<>();
        int read = 0;
        for (Sketch sketch : sketches) {
            int room = invariant || active.isEmpty() ? Integer.MAX_VALUE : Sketch.MOST_READ - read;
            if (goesOn(sketch, () -> sketch.begin(room))) {
                active.add(sketch);
                read += sketch.size();
            }
        }
        return active;
    }

    /** The sketch whose session begins with the most of some tokens, if that is worth a copy. */
    @Nullable
    Sketch alike(int[] tokens) {
        Sketch best = null;
        int longest = WORTH - 1;
        for (Sketch other : invariant ? List.<Sketch>of() : open) {
            int common = other.holdsOf(tokens);
            if (common > longest) {
                best = other;
                longest = common;
            }
        }
        return best;
    }

    /** A sketch has a session. */
    void opened(Sketch sketch) {
        open.add(sketch);
    }

    /** A sketch has no session any more. */
    void closed(Sketch sketch) {
        open.remove(sketch);
    }

    private void read(List<Sketch> batch, List<Sketch> more) {
        List<Logits> rows;
        long start = System.nanoTime();
        try {
            List<Step> steps = batch.stream().map(Sketch::step).toList();
            rows = model.forward(steps);
            if (rows.size() != steps.size()) {
                throw new ModelException(
                        "the draft model gave logits for " + rows.size() + " of " + steps.size() + " sequences");
            }
        } catch (RuntimeException | OutOfMemoryError failure) {
            if (batch.size() == 1) {
                batch.get(0).fail();
                return;
            }
            for (Sketch sketch : batch) {
                if (goesOn(sketch, sketch::restore)) {
                    read(List.of(sketch), more);
                }
            }
            return;
        }
        passNanos = System.nanoTime() - start;
        for (int i = 0; i < batch.size(); i++) {
            Sketch sketch = batch.get(i);
            Logits row = rows.get(i);
            if (goesOn(sketch, () -> sketch.read(row))) {
                more.add(sketch);
            }
        }
    }

    /** A stretch of work on a sketch that says whether the draft goes on. */
    private interface Work {
        boolean run();
    }

    private static boolean goesOn(Sketch sketch, Work work) {
        try {
            return work.run();
        } catch (ModelException | InvalidLogitsException failure) {
            sketch.fail();
            return false;
        } catch (EspalierException place) {
            return false; // the text will say so itself, if it comes there
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            sketch.fail();
            return false;
        }
    }

    /**
     * A mask that is being made.
     *
     * @return null if it takes too long
     * @throws EspalierException what making it threw
     */
    @Nullable
    PreparedMask await(Future<PreparedMask> mask) {
        threads.help(mask);
        long patience = invariant ? Long.MAX_VALUE : Math.max(PATIENCE_NANOS, passNanos / 2);
        try {
            return mask.get(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (TimeoutException late) {
            return null;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof EspalierException typed) {
                throw typed;
            }
            return null;
        }
    }

    /** Draws as the text does, but for the logits. */
    int draw(Logits logits, TokenMask mask, SketchPlace place) {
        SamplingParameters parameters = place.parameters();
        mask.copyTo(allowed);
        ChangedLogits changed = place.changed();
        if (changed == null && parameters.topTokens() == 0 && logits.size() == vocabulary.size()) {
            Choice choice =
                    logits.sample(allowed, parameters, place.choices()::uniform).orElse(null);
            if (choice != null) {
                return choice.token();
            }
        }
        float[] values = fitted(logits.toArray());
        return sampler.draw(
                        changed == null ? values : changed.of(values),
                        allowed,
                        mask.isSparse() ? mask.ids() : null,
                        parameters,
                        place.choices())
                .token();
    }

    /** Logits for all ids of the texts: what the draft model does not know it never takes. */
    private float[] fitted(float[] values) {
        if (values.length == vocabulary.size()) {
            return values;
        }
        float[] fitted = Arrays.copyOf(values, vocabulary.size());
        if (values.length < fitted.length) {
            Arrays.fill(fitted, values.length, fitted.length, Float.NEGATIVE_INFINITY);
        }
        return fitted;
    }
}
