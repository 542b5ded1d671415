package dev.espalier.mask;

/**
 * Where one way of making a mask gives way to another. Masks do not depend on it, only their cost does; tests take every
 * way by other values.
 *
 * @param fewNodes a walk of so few nodes costs less than finding its result in a store
 * @param manyNodes where more nodes than this lie below the live first bytes, a short walk is not tried
 * @param mergedStrings residual strings that are merged into one trie; with more, nodes are listed
 * @param workerBytes what one worker may remember
 */
record Tuning(int fewNodes, int manyNodes, int mergedStrings, long workerBytes) {

    static final Tuning DEFAULT = new Tuning(2_000, 60_000, 20_000, 24L << 20);
}
