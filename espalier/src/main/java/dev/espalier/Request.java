// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.SamplingParameters;
import java.util.Objects;

/**
 * One generation to be done. Immutable; the {@code with} methods give changed copies.
 *
 * @param <T> the type of the value
 * @param prompt what the model reads first
 * @param output what it may write
 * @param sampling how tokens are drawn, the seed, and the token budget; greedy unless changed
 * @param listener watches the generation as it goes; called on the thread that generates
 * @param cancellation ends the generation soon when any thread turns it on; generations may share one
 * @param attempts how often a text may be begun, at least 1, where keywords are checked at the end and the text turns out to
 *     be wrong: it is taken back ({@link DecodeListener#onRestart}) and another is drawn. Without effect where nothing is
 *     checked at the end, and for greedy sampling, which would write the same text again
 */
public record Request<T>(
        String prompt,
        Output<T> output,
        SamplingParameters sampling,
        DecodeListener listener,
        Cancellation cancellation,
        int attempts) {

    /** How often a text may be begun unless changed. */
    public static final int DEFAULT_ATTEMPTS = 16;

    /**
     * Checks the range.
     *
     * @throws InvalidInputException if there are fewer attempts than 1
     */
    public Request {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancellation, "cancellation");
        if (attempts < 1) {
            throw new InvalidInputException("attempts must be ≥ 1, but was " + attempts);
        }
    }

    /** A greedy generation that nobody watches or cancels. */
    public static <T> Request<T> of(String prompt, Output<T> output) {
        return new Request<>(
                prompt, output, SamplingParameters.DEFAULT, DecodeListener.NONE, new Cancellation(), DEFAULT_ATTEMPTS);
    }

    /** This request with other sampling. */
    public Request<T> with(SamplingParameters other) {
        return new Request<>(prompt, output, other, listener, cancellation, attempts);
    }

    /** This request with a listener. */
    public Request<T> with(DecodeListener other) {
        return new Request<>(prompt, output, sampling, other, cancellation, attempts);
    }

    /** This request with a cancellation that the caller keeps. */
    public Request<T> with(Cancellation other) {
        return new Request<>(prompt, output, sampling, listener, other, attempts);
    }

    /**
     * This request with another number of attempts.
     *
     * @throws InvalidInputException if it is less than 1
     */
    public Request<T> withAttempts(int other) {
        return new Request<>(prompt, output, sampling, listener, cancellation, other);
    }
}
