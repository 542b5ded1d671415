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
        List<CountedPart> parts(int most);
    }

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
