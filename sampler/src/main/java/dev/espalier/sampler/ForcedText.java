// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/**
 * The treatment of text that has only one continuation in bytes.
 *
 * <p>The bytes are then certain, but their tokens are not: {@code "name":} can be spelt in many ways, and a model gives
 * each its probability.
 */
public enum ForcedText {

    /** Nothing special: each token is drawn under its mask and costs a forward pass. The law is the masked law itself. */
    DRAWN,

    /**
     * The canonical tokens of the text are committed without a draw and read by the model in one pass together with the next
     * draw; an end that must come is taken without asking the model. The fastest, and what models see in training. Their
     * probabilities are not known: they take no part in log probability and log weight.
     */
    COMMITTED,

    /**
     * As {@link #COMMITTED}, and the logits at all their positions are asked for, so that each adds its log probability
     * to both log probability and log weight: the weight is then exact for the sequences that this decoder can write.
     */
    SCORED
}
