// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

/** A return state that knows when it need not be pushed (a tail call), so that recursion at the end of a rule keeps the stack flat. */
public interface TailState extends State {

    /** Whether {@link #resume} would only lead to a state that ends at once with the same result and reads nothing: a tail call. */
    boolean handsResultOn();

    /**
     * Whether this state above itself, both being return states, reads the same as alone: what leads to its end, twice, is
     * what leads to its end. It is then kept once, so that ambiguous operators keep the stack flat. Asked only where a state
     * would come to lie above itself. Cost: a walk over some of the frame the first time.
     */
    default boolean absorbsItself() {
        return false;
    }

    /** As {@link #handsResultOn()}; false for a state that does not know. */
    static boolean handsResultOn(State returnState) {
        return returnState instanceof TailState tail && tail.handsResultOn();
    }

    /** As {@link #absorbsItself()}; false for a state that does not know. */
    static boolean absorbsItself(State returnState) {
        return returnState instanceof TailState tail && tail.absorbsItself();
    }
}
