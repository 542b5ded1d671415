// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.IncompleteException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text and, if it is whole, its value: what came of a request. Immutable; thread-safe if the value is.
 *
 * @param <T> the type of the value
 */
public abstract sealed class Result<T> permits Generation, Infilling {

    private static final int EXCERPT = 80;

    private final @Nullable T value;
    private final @Nullable EspalierException failure;

    /** A value, or why there is none. */
    Result(@Nullable T value, @Nullable EspalierException failure) {
        this.value = value;
        this.failure = failure;
    }

    /** The text so far; a whole one only if {@link #isComplete()}. */
    public abstract String text();

    /** Whether the text is a whole sentence of the output. Its value may still be refused: see {@link #failure()}. */
    public abstract boolean isComplete();

    /** How many tokens were read and written. */
    public abstract TokenUsage usage();

    /** How long it took, from the start of the request to its end; compiling the output is not counted. */
    public abstract Duration duration();

    /** The name of the outcome. */
    abstract String outcomeName();

    /**
     * The value; empty unless the text is complete, can be read as the Java type, and keeps those keywords of its schema that were not enforced
     * while it was written.
     */
    public final Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** Why there is no value; empty if there is one. What {@link #orElseThrow()} throws. */
    public final Optional<EspalierException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The value.
     *
     * @throws EspalierException saying why there is none: the cause of the outcome, {@link IncompleteException} when the text was not
     *     finished, {@link dev.espalier.core.error.CancelledException}, {@link dev.espalier.core.error.UnsatisfiableException} when gaps
     *     cannot be filled, with the number of slots that are needed, or {@link dev.espalier.core.error.InvalidInputException} when the
     *     constructor of the Java type refuses the text, or it breaks a keyword that was not enforced
     */
    public final T orElseThrow() {
        if (value == null) {
            throw failure == null ? new IncompleteException("there is no value") : failure;
        }
        return value;
    }

    /** The outcome, the text and the failure, each on the same line and cut after some characters. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + outcomeName() + ", \"" + excerpt(text()) + "\""
                + (failure == null ? "" : ", " + excerpt(String.valueOf(failure.getMessage()))) + "]";
    }

    /** The beginning of a text, for messages. */
    static String excerpt(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }
}
