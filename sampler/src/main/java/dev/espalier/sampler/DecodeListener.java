// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/**
 * Observer of one generation: its tokens, its text, its steps, its end. All methods do nothing by default.
 *
 * <p>Called by the thread that asked for the text, for submitted texts by threads of the decoder; in order, one call at a time. A text pauses when its
 * listener is slow, and others go on. A listener that throws ends its own text as {@link Outcome.Refused}, and no other.
 */
public interface DecodeListener {

    /** An observer that does nothing. */
    DecodeListener NONE = new DecodeListener() {};

    /**
     * A token became part of the text.
     *
     * @param token its id
     * @param forced whether it was committed as part of forced text rather than drawn
     */
    default void onToken(int token, boolean forced) {}

    /**
     * The text grew. All chunks since the last {@link #onRestart} together are the transcript's text, but for a character that was cut off where the
     * generation ended before its time.
     *
     * @param chunk at least one character; a character is never cut in two
     */
    default void onText(String chunk) {}

    /**
     * What the model thought of a token that was drawn is known, if it was {@linkplain SamplingParameters#topTokens() asked for}: behind the token and its text, and before the
     * next one that is drawn. Of tokens that were committed together it is known behind all of them.
     *
     * @param thought with the place of the token in the text; of an end token, too
     */
    default void onProbabilities(TokenProbabilities thought) {}

    /** A forward pass, and the mask that was computed meanwhile, are done. */
    default void onStep(StepTrace step) {}

    /**
     * All that was written is taken back, and another text is begun.
     *
     * @param cause how the attempt ended: in a dead end, or without a token left
     */
    default void onRestart(Outcome cause) {}

    /** The generation ended. The last call. */
    default void onFinish(Outcome outcome) {}
}
