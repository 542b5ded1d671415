// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import dev.espalier.core.Limits;

/**
 * The limits on work after a compilation, while texts are read. A compiled schema is no longer refused: only time, memory and
 * cancellation end a text, not numbers of nodes and states.
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
     * A share of a limit for things that take memory.
     *
     * @param isLate whether the compilation is over: then memory decides, before it the number of nodes
     * @param limits the limits of the compilation
     * @param nodes the weight of a thing while compiling
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
