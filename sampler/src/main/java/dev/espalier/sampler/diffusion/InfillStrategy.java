package dev.espalier.sampler.diffusion;

/** How proposed tokens are held to the grammar. Only {@link Exact} promises a sentence; the others are there to compare. Immutable. */
public sealed interface InfillStrategy {

    /** Policies see the exact masks of the slots, and what is committed leaves the canvas completable. */
    record Exact() implements InfillStrategy {}

    /** The model alone. */
    record Unconstrained() implements InfillStrategy {}

    /** The exact strategy. */
    static InfillStrategy exact() {
        return new Exact();
    }

    /** No constraint. */
    static InfillStrategy unconstrained() {
        return new Unconstrained();
    }
}
