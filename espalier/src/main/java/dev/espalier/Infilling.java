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
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillTimings;
import dev.espalier.source.CompiledSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one infilling went: its result with all steps, and its value when it is complete. Immutable; thread-safe if the value is.
 *
 * @param <T> the type of the value
 */
public final class Infilling<T> {

    private final InfillResult result;
    private final @Nullable T value;
    private final @Nullable EspalierException failure;

    private Infilling(InfillResult result, @Nullable T value, @Nullable EspalierException failure) {
        this.result = result;
        this.value = value;
        this.failure = failure;
    }

    static <T> Infilling<T> of(InfillResult result, InfillingRequest<T> request, CompiledSource source) {
        if (!result.isComplete()) {
            return new Infilling<>(result, null, why(result, request));
        }
        Recognizer strict = new Recognizer(source.automaton(), Limits.DEFAULT);
        byte[] text = result.bytes().toByteArray();
        if (strict.read(text) < text.length || !strict.isAccepting()) {
            return new Infilling<>(result, null, repeated(result, strict.position()));
        }
        try {
            return new Infilling<>(result, Generation.checked(result.text(), request.output(), source), null);
        } catch (EspalierException e) {
            return new Infilling<>(result, null, e);
        }
    }

    /** An infilling that was cancelled before any pass. */
    static <T> Infilling<T> cancelled(Canvas canvas, InfillingRequest<T> request) {
        InfillResult result = new InfillResult(
                new InfillOutcome.Cancelled(),
                canvas,
                List.of(),
                ByteString.EMPTY,
                0,
                0,
                0,
                List.of(),
                new InfillTimings(0, 0, 0));
        return new Infilling<>(result, null, why(result, request));
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
    public String text() {
        return result.text();
    }

    /** The value; empty unless the outcome is complete, no key comes twice, and the text can be read as the Java type. */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** Why there is no value; empty if there is one. What {@link #orElseThrow()} throws. */
    public Optional<EspalierException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The value.
     *
     * @throws EspalierException saying why there is none: {@link UnsatisfiableException} when the gaps cannot be filled, with the
     *     number of slots that are needed, {@link CancelledException}, {@link IncompleteException} with strategies that do not
     *     promise to finish and for texts that repeat a key in an open object, the cause of the outcome, or {@link
     *     dev.espalier.core.error.InvalidInputException} when the constructor of the Java type refuses the text
     */
    public T orElseThrow() {
        if (value == null) {
            throw failure == null ? new IncompleteException("there is no value") : failure;
        }
        return value;
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

    private static String excerpt(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
