// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

/** The parts of a cold start, in their order. */
enum ColdPhase {
    /** From the start of the process to {@code main}. */
    MACHINE("machine"),
    /** Reading the vocabulary. */
    VOCABULARY("vocabulary"),
    /** {@link dev.espalier.OutputCompiler#warmUp}, where the way to start has one. */
    WARM_UP("warm-up"),
    /** Compiling the schema. */
    OUTPUT("output"),
    /** The first mask, with what is laid out for it. */
    FIRST_MASK("first mask"),
    /** The masks of a short text, the first one again among them. */
    MORE_MASKS("more masks"),
    /** Not a part, but the processor time of all of them on all threads. */
    PROCESSOR("processor");

    private final String text;

    ColdPhase(String text) {
        this.text = text;
    }

    /** Whether the first mask is not there before it is over. */
    boolean comesFirst() {
        return this.compareTo(FIRST_MASK) <= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
