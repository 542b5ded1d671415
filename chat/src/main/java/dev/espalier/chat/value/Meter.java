// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import dev.espalier.core.error.LimitExceededException;

/** A counter of the work of one rendering, which ends it past its limits. Used by one thread at a time. */
public final class Meter {

    private static final int CHARACTERS_A_STEP = 32;

    private final long maxSteps;
    private final long maxCharacters;
    private final int maxDepth;
    private long steps;
    private int depth;

    /** A counter under some limits. */
    public Meter(long maxSteps, long maxCharacters, int maxDepth) {
        this.maxSteps = maxSteps;
        this.maxCharacters = maxCharacters;
        this.maxDepth = maxDepth;
    }

    /** Counts some steps. */
    public void spend(long count) {
        steps += count;
        if (steps > maxSteps) {
            throw exceeded("maxSteps", maxSteps, steps);
        }
    }

    /** Counts characters that are added to a text, which is checked for its length. */
    public void write(int count, long length) {
        spend(1 + count / CHARACTERS_A_STEP);
        if (length > maxCharacters) {
            throw exceeded("maxCharacters", maxCharacters, length);
        }
    }

    /** Enters a nested construct, to be left by {@link #leave}. Returns how deep it lies. */
    public int enter() {
        if (++depth > maxDepth) {
            throw exceeded("maxDepth", maxDepth, depth);
        }
        steps++;
        if (steps > maxSteps) {
            throw exceeded("maxSteps", maxSteps, steps);
        }
        return depth;
    }

    /** Leaves what was entered last. */
    public void leave() {
        depth--;
    }

    /** The levels that may still be entered. */
    public int depthLeft() {
        return maxDepth - depth;
    }

    private static LimitExceededException exceeded(String limit, long bound, long reached) {
        return new LimitExceededException(
                limit,
                bound,
                reached,
                "raise it with RenderLimits.with" + Character.toUpperCase(limit.charAt(0)) + limit.substring(1)
                        + " if template and variables are trusted");
    }
}
