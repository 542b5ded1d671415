// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import dev.espalier.core.error.LimitExceededException;

/** A counter of the work of one rendering, which ends it past its limits. Used by one thread at a time. */
public final class Meter {

    /** The characters that a search or comparison goes through in a step. */
    static final int CHARACTERS_A_SCAN = 128;

    private static final int CHARACTERS_A_STEP = 32;
    private static final int COMPARISONS_A_STEP = 1024;
    private static final int BITS_A_STEP = 1 << 16;

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

    /** Counts a comparison of two values, by their weights. */
    public void compare(long left, long right) {
        spend(Math.min(left, right));
    }

    /** Counts a search for a text in another one, by their characters: each of one may be compared with each of the other. */
    public void search(long length, long part) {
        spend(length / CHARACTERS_A_SCAN + length * part / COMPARISONS_A_STEP);
    }

    /** Counts a calculation with an integer of so many bits. */
    public void calculate(long bits) {
        spend(bits * bits / BITS_A_STEP);
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
