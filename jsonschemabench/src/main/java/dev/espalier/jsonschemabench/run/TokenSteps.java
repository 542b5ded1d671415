// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import java.util.Arrays;

/** What each token of some texts took, in their order. One thread. */
public final class TokenSteps {

    private static final int FIGURES = 4;

    /** Mask, commit, both, and nodes of the first token, then those of the second, and so on. */
    private long[] figures = new long[FIGURES * 1024];

    private int size;

    /** Adds a token; times in nanoseconds. */
    public void add(long maskNanos, long commitNanos, long nodes) {
        int at = grown();
        figures[at] = maskNanos;
        figures[at + 1] = commitNanos;
        figures[at + 2] = maskNanos + commitNanos;
        figures[at + 3] = nodes;
    }

    /** Where the figures of one more token begin. */
    private int grown() {
        int at = FIGURES * size++;
        if (at == figures.length) {
            figures = Arrays.copyOf(figures, 2 * at);
        }
        return at;
    }

    /** How many tokens were read. */
    public int size() {
        return size;
    }

    /** The time of a token's mask, in nanoseconds. */
    public long mask(int index) {
        return figures[FIGURES * index];
    }

    /** The time of reading a token, in nanoseconds. */
    public long commit(int index) {
        return figures[FIGURES * index + 1];
    }

    /** Both together; of several readings the least of their sums. */
    public long step(int index) {
        return figures[FIGURES * index + 2];
    }

    /** The nodes of tries that a token's mask visited. */
    public long visited(int index) {
        return figures[FIGURES * index + 3];
    }

    /** Each step's least figures in both, as far as both go. */
    public TokenSteps least(TokenSteps other) {
        TokenSteps least = new TokenSteps();
        least.size = Math.min(size, other.size);
        least.figures = Arrays.copyOf(figures, FIGURES * Math.max(1, least.size));
        for (int i = 0; i < FIGURES * least.size; i++) {
            least.figures[i] = Math.min(figures[i], other.figures[i]);
        }
        return least;
    }
}
