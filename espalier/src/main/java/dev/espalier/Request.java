// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.source.OutputSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
 * @param stops texts that end an output of {@link Output#text()} where the first of them is written; the value is what is before it, and
 *     {@link Generation#text()} what was written. None unless changed
 * @param stopTokens tokens that end the text beside those of the model, and are no part of it: one that spells nothing where the text may end, one that spells text wherever it is drawn in an output of {@link Output#text()}.
 *     None unless changed
 * @param priority where not all texts have room, those of higher priority go first; 0 unless changed
 * @param isShared whether what the model has read is shared with texts that begin alike, now and later; true unless changed. The text is the same
 * @param prompting how the model is told what to write, where not as the generator has it
 */
public record Request<T>(
        String prompt,
        Output<T> output,
        SamplingParameters sampling,
        DecodeListener listener,
        Cancellation cancellation,
        int attempts,
        List<String> stops,
        Set<Integer> stopTokens,
        int priority,
        boolean isShared,
        Optional<Prompting> prompting) {

    /** How often a text may be begun unless changed. */
    public static final int DEFAULT_ATTEMPTS = 16;

    /**
     * Checks the range.
     *
     * @throws InvalidInputException if there are fewer attempts than 1, or a stop is empty, or the output is not free text and has stops
     */
    public Request {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(prompting, "prompting");
        stops = List.copyOf(stops);
        stopTokens = Set.copyOf(stopTokens);
        if (stops.contains("")) {
            throw new InvalidInputException("a text that ends a text must not be empty");
        }
        if (!stops.isEmpty() && !(output.source() instanceof OutputSource.FreeText)) {
            throw new InvalidInputException("stops end an Output.text(); other outputs end where they are whole");
        }
        if (attempts < 1) {
            throw new InvalidInputException("attempts must be ≥ 1, but was " + attempts);
        }
    }

    /** A greedy generation that nobody watches or cancels. */
    public static <T> Request<T> of(String prompt, Output<T> output) {
        return new Request<>(
                prompt,
                output,
                SamplingParameters.DEFAULT,
                DecodeListener.NONE,
                new Cancellation(),
                DEFAULT_ATTEMPTS,
                List.of(),
                Set.of(),
                0,
                true,
                Optional.empty());
    }

    /** This request with other sampling. */
    public Request<T> with(SamplingParameters other) {
        return new Request<>(
                prompt,
                output,
                other,
                listener,
                cancellation,
                attempts,
                stops,
                stopTokens,
                priority,
                isShared,
                prompting);
    }

    /** This request with a listener. */
    public Request<T> with(DecodeListener other) {
        return new Request<>(
                prompt,
                output,
                sampling,
                other,
                cancellation,
                attempts,
                stops,
                stopTokens,
                priority,
                isShared,
                prompting);
    }

    /** This request with a cancellation that the caller keeps. */
    public Request<T> with(Cancellation other) {
        return new Request<>(
                prompt, output, sampling, listener, other, attempts, stops, stopTokens, priority, isShared, prompting);
    }

    /**
     * This request with another number of attempts.
     *
     * @throws InvalidInputException if it is less than 1
     */
    public Request<T> withAttempts(int other) {
        return new Request<>(
                prompt,
                output,
                sampling,
                listener,
                cancellation,
                other,
                stops,
                stopTokens,
                priority,
                isShared,
                prompting);
    }

    /**
     * This request, ended by the first of some texts that is written. A token that goes on behind it is taken as it is, so that the law of the text is
     * the model's.
     *
     * @throws InvalidInputException if one is empty, or the output is not {@link Output#text()}
     */
    public Request<T> withStops(String... other) {
        return new Request<>(
                prompt,
                output,
                sampling,
                listener,
                cancellation,
                attempts,
                List.of(other),
                stopTokens,
                priority,
                isShared,
                prompting);
    }

    /** This request, ended by some tokens more, as {@link #stopTokens()} says. That they fit the model and the output is checked when it is generated. */
    public Request<T> withStopTokens(Set<Integer> other) {
        return new Request<>(
                prompt,
                output,
                sampling,
                listener,
                cancellation,
                attempts,
                stops,
                other,
                priority,
                isShared,
                prompting);
    }

    /** This request, which shares what the model has read with texts that begin alike, or does not. */
    public Request<T> withSharing(boolean other) {
        return new Request<>(
                prompt,
                output,
                sampling,
                listener,
                cancellation,
                attempts,
                stops,
                stopTokens,
                priority,
                other,
                prompting);
    }

    /** What of a text is before the first stop. */
    String beforeStop(String text) {
        int end = text.length();
        int first = Integer.MAX_VALUE;
        for (String stop : stops) {
            int place = text.indexOf(stop);
            if (place >= 0 && (place + stop.length() < first || (place + stop.length() == first && place < end))) {
                first = place + stop.length();
                end = place;
            }
        }
        return text.substring(0, end);
    }

    /**
     * This request with a text of which strings of the output must be spans, as {@link Output#withSource(String)} says.
     *
     * @throws InvalidInputException if there is no schema in the output, or the text has half of a surrogate pair
     */
    public Request<T> withSource(String text) {
        return with(output.withSource(text));
    }

    /** {@link #withSource} with the prompt, without the instructions that a chat template puts around it. */
    public Request<T> withPromptAsSource() {
        return withSource(prompt);
    }

    /** This request of another output. */
    <U> Request<U> with(Output<U> other) {
        return new Request<>(
                prompt,
                other,
                sampling,
                listener,
                cancellation,
                attempts,
                stops,
                stopTokens,
                priority,
                isShared,
                prompting);
    }

    /** This request with another priority. */
    public Request<T> withPriority(int other) {
        return new Request<>(
                prompt,
                output,
                sampling,
                listener,
                cancellation,
                attempts,
                stops,
                stopTokens,
                other,
                isShared,
                prompting);
    }

    /** This request, of which the model is told in another way than the generator has it: in another conversation, for instance. */
    public Request<T> with(Prompting other) {
        return new Request<>(
                prompt,
                output,
                sampling,
                listener,
                cancellation,
                attempts,
                stops,
                stopTokens,
                priority,
                isShared,
                Optional.of(other));
    }

    /**
     * This request, to be cancelled when a time from now has passed, whether it waits or is under way then. What cancels it now still does.
     *
     * @throws InvalidInputException if the time is negative
     */
    public Request<T> withDeadline(Duration time) {
        return with(cancellation.or(Cancellation.after(time)));
    }
}
