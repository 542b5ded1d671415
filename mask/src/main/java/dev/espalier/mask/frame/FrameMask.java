// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.mask.token.TokenMask;
import java.util.List;

/**
 * The context-independent mask of one state of a frame: which tokens it accepts, and which residuals it leaves for whatever lies below
 * it on the stack. Immutable to its readers, shared by all stacks and grammars that have the state.
 */
public final class FrameMask {

    /** The growth of a frame without a bound: it may end with several results, or its distances grow without limit. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final TokenMask accepted;
    private final int[] endsBefore;
    private final List<Residual> residuals;
    private final long nodes;
    private volatile int growth = UNKNOWN;

    /**
     * A mask.
     *
     * @param accepted the tokens that stay inside the frame and what it calls
     * @param endsBefore the results with which the frame may end before it reads anything; then tokens accepted by what lies below are
     * allowed, too
     * @param residuals the tokens inside which the frame may end and that are not accepted
     * @param nodes trie nodes that were visited to make it
     */
    public FrameMask(TokenMask accepted, int[] endsBefore, List<Residual> residuals, long nodes) {
        this.accepted = accepted;
        this.endsBefore = endsBefore;
        this.residuals = residuals;
        this.nodes = nodes;
    }

    public TokenMask accepted() {
        return accepted;
    }

    public int[] endsBefore() {
        return endsBefore;
    }

    public List<Residual> residuals() {
        return residuals;
    }

    public long nodes() {
        return nodes;
    }

    public boolean growthIsKnown() {
        return growth != UNKNOWN;
    }

    /** The greatest increase, by one accepted token, of the frame's distance from its end; {@link #UNBOUNDED} if unknown. */
    public int growth() {
        return growth;
    }

    public void setGrowth(int known) {
        growth = known;
    }

    /** This mask with an equal object for its accepted tokens. */
    FrameMask with(TokenMask equal) {
        return equal == accepted ? this : new FrameMask(equal, endsBefore, residuals, nodes);
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return accepted.bytes() + ownBytes();
    }

    /** Estimated bytes on the heap without the accepted tokens, which other masks may share. */
    public long ownBytes() {
        long sum = 64;
        for (Residual residual : residuals) {
            sum += residual.bytes();
        }
        return sum;
    }
}
