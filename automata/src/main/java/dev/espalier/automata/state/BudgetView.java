// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import org.jspecify.annotations.Nullable;

/**
 * What a state knows of how far its end may come to be, for masks under a budget of tokens. By default nothing is known. Implementations are
 * thread-safe.
 */
public interface BudgetView {

    /**
     * A relaxation of this state: one that has forgotten what only keeps a text from saying something twice, such as the keys of an object
     * that have no names. It may read more than this one, never less, with the same results at the same points. It is never further from an
     * end: where it has d symbols to read, this one has at least d and at most {@code 2 * d + 8}. Few states remain where what is
     * forgotten tells them apart, so that the least number of tokens to the end is easily bounded there. Each text that leads this one to its
     * end leads the other there with at most two more symbols before each that {@link #endsForgotten}.
     *
     * @return null where there is nothing to forget. Cost: that of a look at what is forgotten
     */
    default @Nullable State relaxed() {
        return null;
    }

    /** Whether a symbol ends what {@link #relaxed} may forget. */
    default boolean endsForgotten(int symbol) {
        return false;
    }

    /**
     * A promise: what {@link #relaxed} forgets tells no texts apart up to the first symbol that {@link #endsForgotten}, that one
     * included. So it is of a key which no key that was used begins with.
     */
    default boolean isApart() {
        return false;
    }

    /**
     * A bound on the distance from an end after any text of a horizon that stays inside the frame and its callees, for a state with one
     * result in its goal: found without following the texts, and loose. Lets masks under a budget of tokens be told from plain
     * ones at once where the budget is far.
     *
     * @return -1 where none is known at once. Cost: that of a few distances, remembered
     */
    default int farthest(Horizon horizon) {
        return -1;
    }

    /** As {@link #relaxed()} of a state's view; the state itself where there is nothing to forget. */
    static State relaxed(State state) {
        BudgetView view = state.budgetView();
        State relaxed = view == null ? null : view.relaxed();
        return relaxed == null ? state : relaxed;
    }
}
