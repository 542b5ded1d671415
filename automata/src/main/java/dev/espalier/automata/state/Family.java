// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import java.util.List;

/**
 * A set of states that hardly ever come twice, such as all counts of one repetition, and how the mask of each is found from masks that are
 * known.
 */
public sealed interface Family {

    /** States that differ in counts alone: the masks of all of them are found in one walk. */
    non-sealed interface Counting extends Family {

        /**
         * The parts of the state: it reads what one of them reads, and ends where one of them ends, with result 0.
         *
         * @param most of how many repetitions a part may have numbers
         */
        List<Part> parts(int most);
    }

    /**
     * One alternative of a state that counts, as a shape that many states share and the numbers of this one: it reads what the shape
     * reads at costs within its room.
     *
     * @param shape where it begins, with no costs yet
     * @param room as many numbers as costs: what is still possible, and as a negative number what is still needed. Not to be modified
     */
    record Part(SymbolicState shape, int[] room) {}

    /**
     * States that read as an inner state does, and record what was read to compare it in the end: a text that stays inside the frame of
     * the inner state is live in the state exactly if it is live in the inner one, unless it begins with a byte that is apart.
     *
     * @param inner alone on its stack
     * @param apart bytes that may lead to a text that what is kept forbids, and those that may follow where the inner state ends at once; what
     *     they lead to has an inner state of its own, or is read for itself
     * @param apartUnlessPlain bytes that are apart for texts that are not plain text alone ({@link TextView})
     */
    record Keeping(State inner, ByteSet apart, ByteSet apartUnlessPlain) implements Family {}
}
