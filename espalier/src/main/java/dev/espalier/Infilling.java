// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.mask.Recognizer;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.source.CompiledSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text whose gaps were filled on a canvas: its result with all steps, and its value when it is complete. Immutable; thread-safe if the
 * value is.
 *
 * @param <T> the type of the value
 */
public final class Infilling<T> extends Result<T> {

    private final InfillResult result;
    private final TokenUsage usage;

    private Infilling(InfillResult result, TokenUsage usage, @Nullable T value, @Nullable EspalierException failure) {
        super(value, failure);
        this.result = result;
        this.usage = usage;
    }

    /**
     * The infilling that ended with a result; a complete text is read as its value, unless it repeats a key.
     *
     * @param strict the output, in which no key comes twice in an object; asked for if the text is complete
     */
    static <T> Infilling<T> of(
            InfillResult result, TokenUsage usage, InfillingRequest<T> request, Supplier<CompiledSource> strict) {
        if (!result.isComplete()) {
            return new Infilling<>(result, usage, null, why(result, request));
        }
        try {
            CompiledSource source = strict.get();
            Recognizer recognizer = new Recognizer(source.automaton(), Limits.DEFAULT);
            byte[] text = result.bytes().toByteArray();
            if (recognizer.read(text) < text.length || !recognizer.isAccepting()) {
                return new Infilling<>(result, usage, null, repeated(result, recognizer.position()));
            }
            return new Infilling<>(result, usage, request.output().read(result.text(), source), null);
        } catch (EspalierException e) {
            return new Infilling<>(result, usage, null, e);
        }
    }

    /** An infilling that was cancelled before any pass. */
    static <T> Infilling<T> cancelled(Canvas canvas, InfillingRequest<T> request) {
        InfillResult result = new InfillResult(
                new InfillOutcome.Cancelled(), canvas, List.of(), ByteString.EMPTY, 0, 0, 0, List.of(), Timings.ZERO);
        return new Infilling<>(result, new TokenUsage(0, 0, 0, 0), null, why(result, request));
    }

    /** Canvas, tokens, steps, counts and timings. */
    public InfillResult result() {
        return result;
    }

    /** How it ended. */
    public InfillOutcome outcome() {
        return result.outcome();
    }

    /** Given text and filled gaps; empty while some slot is free. */
    @Override
    public String text() {
        return result.text();
    }

    /** Whether given text and filled gaps are a whole sentence of the output, but for keys that come twice in an object. */
    @Override
    public boolean isComplete() {
        return result.isComplete();
    }

    @Override
    public TokenUsage usage() {
        return usage;
    }

    /** {@inheritDoc} {@link InfillResult#timings()} says where the time went. */
    @Override
    public Duration duration() {
        return Duration.ofNanos(result.timings().total());
    }

    @Override
    String outcomeName() {
        return outcome().getClass().getSimpleName();
    }

    private static EspalierException why(InfillResult result, InfillingRequest<?> request) {
        InfillOutcome outcome = result.outcome();
        if (outcome instanceof InfillOutcome.ModelFailed failed) {
            return failed.cause();
        } else if (outcome instanceof InfillOutcome.Refused refused) {
            return refused.cause();
        } else if (outcome instanceof InfillOutcome.Uncompletable uncompletable) {
            return new UnsatisfiableException(uncompletable(uncompletable, result, request), Place.UNKNOWN);
        } else if (outcome instanceof InfillOutcome.Cancelled) {
            return new CancelledException("the infilling was cancelled with "
                    + result.canvas().freeSlots() + " of " + result.canvas().size() + " slots free");
        } else if (outcome instanceof InfillOutcome.Unfinished unfinished) {
            return new IncompleteException(unfinished.reason() + ", with "
                    + result.canvas().freeSlots() + " slots free; the exact strategy always finishes");
        }
        return new IncompleteException("all slots are filled, and the text is not allowed: \"" + excerpt(result.text())
                + "\"; only the exact strategy promises that it is");
    }

    /** The one thing that canvases are not kept from. */
    private static EspalierException repeated(InfillResult result, long position) {
        return new IncompleteException("a key that the schema does not name comes twice in an object, at byte "
                + position + " of \"" + excerpt(result.text()) + "\"; give one of them as text, or close the object");
    }

    private static String uncompletable(
            InfillOutcome.Uncompletable outcome, InfillResult result, InfillingRequest<?> request) {
        boolean isOpen = request.text().gaps().stream().anyMatch(gap -> gap.least() != gap.most());
        String canvas = "the canvas of " + result.canvas().size() + (isOpen ? " slots and more" : " slots")
                + " cannot be filled so that the whole is allowed: ";
        if (outcome.neededSlots().isPresent()) {
            int needed = outcome.neededSlots().getAsInt();
            return canvas + "at least " + needed + " slots are needed, "
                    + (needed - result.canvas().size()) + " more; give the gaps more slots";
        }
        return canvas + "no number of slots up to " + request.method().maxSlots()
                + " was found to do; does the given text fit, its white space and the order of its members included?";
    }
}
