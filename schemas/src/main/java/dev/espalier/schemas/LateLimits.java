package dev.espalier.schemas;

import dev.espalier.grammar.Limits;

/**
 * The limits of what is worked out after a compilation, while texts are read. A schema that was compiled is not refused any more:
 * only time, memory and cancellation end a text. How many nodes and states there are is no matter of its own then.
 */
final class LateLimits {

    private LateLimits() {}

    /** The limits once a compilation under some limits is over. */
    static Limits of(Limits limits) {
        return limits.with("maxIrNodes", Integer.MAX_VALUE).with("maxAutomatonStates", Integer.MAX_VALUE);
    }

    /** The bytes that the diagrams of one schema may take. */
    static long bytes(Limits limits) {
        return Math.min(limits.maxCompileBytes(), Runtime.getRuntime().maxMemory() / 3);
    }
}
