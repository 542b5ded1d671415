// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import java.util.OptionalLong;

/**
 * What an answer took, beside what its {@link Answer#outcome()} tells. Immutable. Times are in nanoseconds.
 *
 * @param compile reading and compiling its form; 0 where an equal one was compiled before and is kept
 * @param firstToken from when it was asked for to its first token, waiting for other answers included; empty if there is none
 * @param total from when it was asked for to its end
 * @param deadEnds how many attempts at its text ended where no token of the vocabulary goes on
 */
public record AnswerStats(long compile, OptionalLong firstToken, long total, int deadEnds) {

    /** Whether its form was compiled before. */
    public boolean isKept() {
        return compile == 0;
    }

    /**
     * The time that each token behind the first took, on average; empty for a text of fewer than two.
     *
     * @param tokens how many tokens the answer has
     */
    public OptionalLong perToken(int tokens) {
        return tokens < 2 || firstToken.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of((total - firstToken.getAsLong()) / (tokens - 1));
    }
}
