package dev.espalier.mask.frame;

import dev.espalier.mask.vocabulary.TokenMask;
import java.util.List;

/**
 * What one state of a frame says of every token of a vocabulary, whatever lies below it on the stack. Immutable to its
 * readers, shared by all stacks and grammars that have the state.
 */
public final class FrameMask {

    /** The growth of a frame that has none: it may end with several results, or its distances are not bounded so. */
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
     * @param endsBefore the results with which the frame may end before it reads anything: the tokens that whatever lies
     *     below accepts are allowed, too
     * @param residuals the tokens that the frame may end inside of and that are not accepted
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

    /**
     * By how much the frame may be further from its end after an accepted token than before, at most; {@link #UNBOUNDED} if
     * that is not known.
     */
    public int growth() {
        return growth;
    }

    public void setGrowth(int known) {
        growth = known;
    }

    /** The same with another object for what it accepts, which is equal. */
    FrameMask with(TokenMask equal) {
        return equal == accepted ? this : new FrameMask(equal, endsBefore, residuals, nodes);
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return accepted.bytes() + ownBytes();
    }

    /** Estimated bytes on the heap without the tokens that are accepted, which others may have, too. */
    public long ownBytes() {
        long sum = 64;
        for (Residual residual : residuals) {
            sum += residual.bytes();
        }
        return sum;
    }
}
