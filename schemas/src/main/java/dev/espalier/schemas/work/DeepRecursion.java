// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import dev.espalier.core.work.DeepStack;
import java.util.function.Supplier;

/**
 * A recursion of any depth: it counts levels, and continues on a new stack when the current one may be used up. Each stack has room for
 * twice as many levels as the one before, up to a bound: to start one costs a tenth of a millisecond, and a recursion that comes and
 * goes where one ends starts it again and again. Not thread-safe.
 */
public final class DeepRecursion {

    /** Levels on the stack of whoever calls in. */
    private static final int FIRST = 24;

    /** Levels on one stack. */
    private static final int MOST = 768;

    private final int nesting;
    private int depth;
    private int end = FIRST;
    private int levels = FIRST;

    /**
     * No recursion yet.
     *
     * @param nesting the weight of a level on a stack, in levels of {@link DeepStack#call}
     */
    public DeepRecursion(int nesting) {
        this.nesting = nesting;
    }

    /** The result of some work that is one level deeper. */
    public <T> T call(Supplier<T> work) {
        depth++;
        try {
            return depth < end ? work.get() : onward(work);
        } finally {
            depth--;
        }
    }

    private <T> T onward(Supplier<T> work) {
        int endBefore = end;
        int levelsBefore = levels;
        levels = Math.min(MOST, 2 * levels);
        end = depth + levels;
        try {
            return DeepStack.call(nesting * levels, work);
        } finally {
            end = endBefore;
            levels = levelsBefore;
        }
    }
}
