package dev.espalier.schemas.work;

import dev.espalier.core.Limits;

/**
 * The limits of what is worked out after a compilation, while texts are read. A schema that was compiled is not refused any more:
 * only time, memory and cancellation end a text. How many nodes and states there are is no matter of its own then.
 */
public final class LateLimits {

    private LateLimits() {}

    /** The limits once a compilation under some limits is over. */
    public static Limits of(Limits limits) {
        return limits.withMaxIrNodes(Integer.MAX_VALUE).withMaxAutomatonStates(Integer.MAX_VALUE);
    }

    /** Whether these are the limits once a compilation is over. */
    public static boolean isLate(Limits limits) {
        return limits.maxAutomatonStates() == Integer.MAX_VALUE;
    }

    /**
     * A share of what is worked out, of things that take memory.
     *
     * @param isLate whether the compilation is over: then memory decides, before it the number of nodes
     * @param limits the limits of the compilation
     * @param nodes what a thing counts for while compiling
     * @param bytes estimated bytes that a thing takes
     */
    public static LimitShare share(boolean isLate, Limits limits, int nodes, int bytes) {
        return isLate
                ? new LimitShare("maxCompileBytes", bytes(limits), bytes)
                : new LimitShare("maxIrNodes", limits.maxIrNodes(), nodes);
    }

    /** The bytes that the diagrams of one schema may take. */
    public static long bytes(Limits limits) {
        return Math.min(limits.maxCompileBytes(), Runtime.getRuntime().maxMemory() / 3);
    }
}
