package dev.espalier.automata;

import java.util.List;

/** How a state belongs to a family of states that never repeat, so that its mask is found from those of others. */
public sealed interface Family {

    /** Of a state that counts: states that differ in their room only have their masks at once. */
    non-sealed interface Counting extends Family {

        /**
         * The parts of the state: it reads what one of them reads, and ends where one of them ends, with result 0.
         *
         * @param most of how many repetitions a part may have numbers
         */
        List<Part> parts(int most);
    }

    /**
     * One of the parts of a state that counts, by what many states have in common and by numbers: the part reads what the symbolic state
     * reads at costs that are not more than its room.
     *
     * @param shape where it begins, with no costs yet
     * @param room as many numbers as costs: what is still possible, and as a negative number what is still needed. Not to be modified
     */
    record Part(SymbolicState shape, int[] room) {}

    /**
     * Of a state that only keeps what another one reads for it, to compare it with something in the end: a text that stays inside the frame of
     * the inner state is live in the state exactly if it is live in the inner one, unless it begins with a byte that is apart.
     *
     * @param inner alone on its stack
     * @param apart bytes that may lead to a text that what is kept forbids, and those that may follow where the inner state ends at once; what
     *     they lead to has an inner state of its own, or is read for itself
     * @param apartUnlessPlain bytes that are apart for texts that are not plain text alone ({@link TextView})
     */
    record Keeping(State inner, ByteSet apart, ByteSet apartUnlessPlain) implements Family {}
}
