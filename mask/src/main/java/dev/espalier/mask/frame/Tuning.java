package dev.espalier.mask.frame;

import dev.espalier.automata.stack.Stepper;

/**
 * Where one way of making a mask gives way to another. Masks do not depend on it, only their cost does; tests take every
 * way by other values.
 *
 * @param fewNodes a walk of so few nodes costs less than finding its result in a store
 * @param mergedStrings residual strings that are merged into one trie; with more, nodes are listed
 * @param skippedNodes nodes of a subtree that is worth the question whether all of it is live
 * @param callees whether what called frames read is worked out once for all callers
 * @param storedNodes nodes below which a subtree is walked sooner than what frames read of it is put together or found in a store
 * @param segmentSets sets of stacks that the upper part of a set has at most; 0: sets are read whole
 * @param workerBytes what one worker may remember
 * @param mergedStacks stacks and merges of one step that are merged before all sets of stacks are packed; 0: they always are
 * @param symbolicUnits units of work that may go into walks from symbolic states before walks from single ones have saved any up
 */
public record Tuning(
        int fewNodes,
        int mergedStrings,
        int skippedNodes,
        boolean callees,
        int storedNodes,
        int segmentSets,
        long workerBytes,
        int mergedStacks,
        int symbolicUnits) {

    /** What three or four walks from symbolic states take. */
    private static final int SYMBOLIC = 1 << 14;

    /** Sets of stacks are merged, and symbolic states read from, as usual. */
    public Tuning(
            int fewNodes,
            int mergedStrings,
            int skippedNodes,
            boolean callees,
            int storedNodes,
            int segmentSets,
            long workerBytes) {
        this(
                fewNodes,
                mergedStrings,
                skippedNodes,
                callees,
                storedNodes,
                segmentSets,
                workerBytes,
                Stepper.MERGED,
                SYMBOLIC);
    }

    public static final Tuning DEFAULT = new Tuning(8_000, 4_000, 16, true, 256, 64, 24L << 20);
}
