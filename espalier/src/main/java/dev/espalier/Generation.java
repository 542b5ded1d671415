package dev.espalier;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.LastCheck;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one generation went: its outcome, and its value when the outcome is {@link Outcome.Complete}. Immutable; thread-safe
 * if the value is.
 *
 * @param <T> the type of the value
 */
public final class Generation<T> {

    private final Outcome outcome;
    private final @Nullable T value;
    private final @Nullable EspalierException failure;

    private Generation(Outcome outcome, @Nullable T value, @Nullable EspalierException failure) {
        this.outcome = outcome;
        this.value = value;
        this.failure = failure;
    }

    /**
     * The generation that ended with an outcome; a complete text is read as its value, after a last check where some keyword
     * of its schema was not enforced. What is checked at the end was checked while the text was written.
     */
    static <T> Generation<T> of(Outcome outcome, Output<T> output, CompiledSource source) {
        if (!outcome.isComplete()) {
            return new Generation<>(outcome, null, why(outcome));
        }
        try {
            return new Generation<>(outcome, checked(outcome.transcript().text(), output, source), null);
        } catch (EspalierException e) {
            return new Generation<>(outcome, null, e);
        }
    }

    /** A generation that was cancelled before anything was written. */
    static <T> Generation<T> cancelled() {
        Outcome outcome =
                new Outcome.Cancelled(new Transcript("", List.of(), 0, 0, 0, 0, 0, Target.MASKED, Timings.ZERO));
        return new Generation<>(outcome, null, why(outcome));
    }

    /** The value of a whole text; empty if it cannot be read, or breaks a keyword that was not enforced. */
    static <T> Optional<T> read(String text, Output<T> output, CompiledSource source) {
        try {
            return Optional.of(checked(text, output, source));
        } catch (EspalierException e) {
            return Optional.empty();
        }
    }

    static <T> T checked(String text, Output<T> output, CompiledSource source) {
        if (source.report().isPresent() && source.hasKeywords(Enforcement.NOT_ENFORCED)) {
            CompileReport report = source.report().get();
            LastCheck.check(output.schema().orElseThrow(), output.documents(), report, text);
        }
        return output.read(text);
    }

    /** How it ended, with what was written, its log probability, log weight and timings. */
    public Outcome outcome() {
        return outcome;
    }

    /** What was written until it ended. */
    public Transcript transcript() {
        return outcome.transcript();
    }

    /** The text so far; a whole one only if the outcome is complete. */
    public String text() {
        return outcome.transcript().text();
    }

    /**
     * The value; empty unless the outcome is complete, its text can be read as the Java type, and it keeps those keywords of
     * its schema that were not enforced while it was written.
     */
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
     * @throws EspalierException saying why there is none: the cause of the outcome, {@link IncompleteException} when the
     *     token budget was spent, {@link CancelledException}, or
     *     {@link dev.espalier.core.error.InvalidInputException} when the constructor of the Java type refuses the text, or
     *     it breaks a keyword that was not enforced
     */
    public T orElseThrow() {
        if (value == null) {
            throw failure == null ? new IncompleteException("there is no value") : failure;
        }
        return value;
    }

    private static EspalierException why(Outcome outcome) {
        int tokens = outcome.transcript().tokens().size();
        if (outcome instanceof Outcome.DeadEnd end) {
            return end.cause();
        } else if (outcome instanceof Outcome.ModelFailed failed) {
            return failed.cause();
        } else if (outcome instanceof Outcome.Refused refused) {
            return refused.cause();
        } else if (outcome instanceof Outcome.Cancelled) {
            return new CancelledException("the generation was cancelled after " + tokens + " tokens");
        }
        return new IncompleteException(
                "the token budget was spent after " + tokens + " tokens, before the text was whole; raise maxTokens");
    }
}
