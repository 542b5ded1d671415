// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.slot;

/**
 * The outcomes of a frame that begins to read at some place inside tokens, up to where a token ends, the frame ends, or it calls
 * another. Immutable; the arrays are never modified.
 *
 * @param arrivals the states in which tokens may end, inside the frame
 * @param tokens for each of them, the number of the set of tokens that end in it
 * @param callees the frames that are called: their start states
 * @param calls for each of them, the place before the edges that the callee is to read
 * @param returns for each of them, the return state
 * @param results the results with which the frame may end
 * @param ends for each of them, the place of the end
 * @param atOnce the number of results, the first ones, with which it may end before it reads anything
 */
public record Walk(
        int[] arrivals,
        int[] tokens,
        int[] callees,
        int[] calls,
        int[] returns,
        int[] results,
        int[] ends,
        int atOnce) {

    /** Estimated bytes on the heap. */
    long bytes() {
        return 200 + 8L * arrivals.length + 12L * callees.length + 8L * results.length;
    }
}
