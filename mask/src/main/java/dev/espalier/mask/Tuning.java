package dev.espalier.mask;

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
 */
record Tuning(
        int fewNodes,
        int mergedStrings,
        int skippedNodes,
        boolean callees,
        int storedNodes,
        int segmentSets,
        long workerBytes) {

    static final Tuning DEFAULT = new Tuning(8_000, 4_000, 16, true, 256, 64, 24L << 20);
}
