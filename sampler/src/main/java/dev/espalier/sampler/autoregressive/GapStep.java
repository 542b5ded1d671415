// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

/**
 * A step of filling: a token of a gap, or the end of the gap.
 *
 * @param gap the gap, counted from 0
 * @param token the token that was written, or {@link #END} if the gap ended
 * @param drawn whether it was drawn after a forward pass; if not, it was all that was allowed
 * @param allowed how many tokens could have been written
 * @param couldEnd whether the gap could have ended
 * @param maskNanos time for finding out what is allowed
 * @param forwardNanos time for the forward pass; 0 if there was none
 */
public record GapStep(
        int gap, int token, boolean drawn, int allowed, boolean couldEnd, long maskNanos, long forwardNanos) {

    /** Stands for the end of a gap. */
    public static final int END = -1;

    /** Whether the gap ended. */
    public boolean isEnd() {
        return token == END;
    }
}
