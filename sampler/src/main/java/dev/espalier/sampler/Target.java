// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/** The law that a sample was drawn from. */
public enum Target {

    /**
     * The masked law: each token from the model's law (after temperature) restricted to the tokens after which the text
     * can still be completed, within the token budget. With the log weight the sample is properly weighted for the model's
     * law restricted to the language: {@code p(x) = q(x) · w(x)}.
     */
    MASKED,

    /**
     * The masked law, but forced text was committed in its canonical tokens. With {@link ForcedText#SCORED} the sample is
     * properly weighted among the sequences spelt that way; with {@link ForcedText#COMMITTED} log probability and log
     * weight leave the committed tokens out.
     */
    CANONICAL,

    /** The model's law (after temperature) restricted to the language, exactly: weights are all alike. */
    RESTRICTED,

    /**
     * Some law that with the log weight is properly weighted for the model's law restricted to the language: {@code E[w ·
     * 1{x}] = p(x)} for each of its texts.
     */
    WEIGHTED,

    /**
     * As {@link #MASKED}, but that some mask left out tokens of which it was not decided in time whether they fit the token budget
     * ({@link dev.espalier.core.Limits#budgetDeadline()}): texts with these were not drawn, so that the weight makes up for none of
     * them.
     */
    NARROWED,

    /** No claim: a filter kept allowed tokens from being drawn, or the choice was greedy. */
    HEURISTIC
}
