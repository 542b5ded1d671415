// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.stack.Stepper;

/**
 * Thresholds that choose between equivalent algorithms. Masks do not depend on them, only their cost does; tests force each algorithm
 * by other values.
 *
 * @param fewNodes nodes of a walk that costs less than finding its result in a store
 * @param mergedStrings residual strings that are merged into one trie; if there are more, nodes are listed
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

    /** Units of work for three or four walks from symbolic states. */
    private static final int SYMBOLIC = 1 << 14;

    /** Thresholds with the usual values for merging sets of stacks and for walks from symbolic states. */
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
