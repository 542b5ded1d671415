// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

/**
 * The results with which a whole set of stacks may end before the next symbol if the frame above it ends now with result 0. Immutable, so
 * that it may be handed from thread to thread without a lock.
 *
 * @param results sorted; never modified
 */
record Endings(int[] results) {}
