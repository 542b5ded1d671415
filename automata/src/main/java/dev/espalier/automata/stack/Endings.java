package dev.espalier.automata.stack;

/**
 * The results with which everything may end at once, after what lay above a set of stacks ended. Immutable, so that it may be
 * handed from thread to thread without a lock.
 *
 * @param results sorted; never modified
 */
record Endings(int[] results) {}
