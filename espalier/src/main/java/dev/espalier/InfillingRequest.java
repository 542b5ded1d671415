// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.diffusion.InfillListener;
import dev.espalier.sampler.gap.GappedText;
import java.util.Objects;

/**
 * Gaps to be filled. Immutable; the {@code with} methods give changed copies.
 *
 * @param <T> the type of the value
 * @param prompt what the model reads first; may be empty
 * @param output what given text and filled gaps must be together
 * @param text given text and gaps; see {@link GappedText#parse}
 * @param method how the gaps are filled
 * @param listener watches the infilling as it goes; called on the thread that fills
 * @param cancellation ends the infilling soon when any thread turns it on
 */
public record InfillingRequest<T>(
        String prompt,
        Output<T> output,
        GappedText text,
        InfillMethod method,
        InfillListener listener,
        Cancellation cancellation) {

    /** Checks that nothing is missing. */
    public InfillingRequest {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancellation, "cancellation");
    }

    /** A request by the default method that nobody watches or cancels. */
    public static <T> InfillingRequest<T> of(String prompt, Output<T> output, GappedText text) {
        return new InfillingRequest<>(
                prompt, output, text, InfillMethod.DEFAULT, InfillListener.NONE, new Cancellation());
    }

    /**
     * The same with text and gaps written down as {@link GappedText#parse} says.
     *
     * @throws dev.espalier.core.error.SyntaxException if they are not
     */
    public static <T> InfillingRequest<T> of(String prompt, Output<T> output, String text) {
        return of(prompt, output, GappedText.parse(text));
    }

    /** This request with another method. */
    public InfillingRequest<T> with(InfillMethod other) {
        return new InfillingRequest<>(prompt, output, text, other, listener, cancellation);
    }

    /** This request with a listener. */
    public InfillingRequest<T> with(InfillListener other) {
        return new InfillingRequest<>(prompt, output, text, method, other, cancellation);
    }

    /** This request with a cancellation that the caller keeps. */
    public InfillingRequest<T> with(Cancellation other) {
        return new InfillingRequest<>(prompt, output, text, method, listener, other);
    }
}
