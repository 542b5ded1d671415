// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * Answers to one yes-or-no question, by number, each given once: a bit set with a third value, "unknown". Answers are given under a lock and
 * may be read without one: a reader that comes too early sees no answer, and never a wrong one, since an answer is one write of one {@code
 * int}.
 */
@FastPath(oracle = "IntegersTest")
public final class Answers {

    private static final int BITS = 2;
    private static final int PER_WORD = Integer.SIZE / BITS;
    private static final int NO = 1;
    private static final int YES = 2;
    private static final int[] NONE = {};

    private int[] words = NONE;

    private int at(int index) {
        int[] known = words;
        int word = index / PER_WORD;
        return word < known.length ? known[word] >>> BITS * (index % PER_WORD) & NO + YES : 0;
    }

    /** Whether the answer is known. */
    public boolean isKnown(int index) {
        return at(index) != 0;
    }

    /** Whether the answer is known to be yes. */
    public boolean isYes(int index) {
        return at(index) == YES;
    }

    /** Whether the answer is known to be no. */
    public boolean isNo(int index) {
        return at(index) == NO;
    }

    /**
     * Gives an answer; the caller holds the lock that guards this object.
     *
     * @return the answer
     */
    public boolean put(int index, boolean answer) {
        int word = index / PER_WORD;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
        }
        words[word] |= (answer ? YES : NO) << BITS * (index % PER_WORD);
        return answer;
    }
}
