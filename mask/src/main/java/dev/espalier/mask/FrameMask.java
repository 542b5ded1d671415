package dev.espalier.mask;

import java.util.List;

/**
 * What one state of a frame says of every token of a vocabulary, whatever lies below it on the stack. Immutable,
 * shared by all stacks and grammars that have the state.
 *
 * @param accepted the tokens that stay inside the frame and what it calls
 * @param endsBefore the results with which the frame may end before it reads anything: the tokens that whatever lies
 *     below accepts are allowed, too
 * @param residuals the tokens that the frame may end inside of and that are not accepted
 * @param nodes trie nodes that were visited to make it
 */
record FrameMask(TokenMask accepted, int[] endsBefore, List<Residual> residuals, long nodes) {

    /** Estimated bytes on the heap. */
    long bytes() {
        long sum = 64 + accepted.bytes();
        for (Residual residual : residuals) {
            sum += residual.bytes();
        }
        return sum;
    }
}
