package dev.espalier;

import dev.espalier.grammar.Cancellation;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.SamplingParameters;

/**
 * One generation to be done. Immutable; the {@code with} methods give changed copies.
 *
 * @param <T> the type of the value
 * @param prompt what the model reads first
 * @param output what it may write
 * @param sampling how tokens are drawn, the seed, and the token budget; greedy unless changed
 * @param listener watches the generation as it goes; called on the thread that generates
 * @param cancellation ends the generation soon when any thread turns it on; generations may share one
 */
public record Request<T>(
        String prompt,
        Output<T> output,
        SamplingParameters sampling,
        DecodeListener listener,
        Cancellation cancellation) {

    /** A greedy generation that nobody watches or cancels. */
    public static <T> Request<T> of(String prompt, Output<T> output) {
        return new Request<>(prompt, output, SamplingParameters.GREEDY, DecodeListener.NONE, new Cancellation());
    }

    /** This request with other sampling. */
    public Request<T> with(SamplingParameters other) {
        return new Request<>(prompt, output, other, listener, cancellation);
    }

    /** This request with a listener. */
    public Request<T> with(DecodeListener other) {
        return new Request<>(prompt, output, sampling, other, cancellation);
    }

    /** This request with a cancellation that the caller keeps. */
    public Request<T> with(Cancellation other) {
        return new Request<>(prompt, output, sampling, listener, other);
    }
}
