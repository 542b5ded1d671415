// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

/** From which token on a step of a chain over texts writes the text anew. */
public enum ResamplingPoint {

    /** From the first. Proposals do not depend on the text. */
    RESTART,

    /** From any, with the same probability. */
    UNIFORM,

    /**
     * From one where there was a choice: with probability proportional to {@code exp(H) - 1}, where H is the entropy of the
     * masked law there, in nats. Never from a forced one.
     */
    PRIORITY
}
