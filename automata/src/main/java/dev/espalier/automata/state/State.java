// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import org.jspecify.annotations.Nullable;

/**
 * A state of a frame: the one thing that masks and samplers know of grammars, schemas and plug-ins.
 *
 * <p>A frame reads symbols, may call other frames, and ends with a <em>result</em>, a small number that its caller
 * understands. A symbol is a byte (0 to 255), or a number from {@link #SPECIAL} up for a special token of the
 * vocabulary. Two states belong to the same frame when one leads to the other.
 *
 * <p><b>The contract</b> (held by {@code FrameContract} in the tests; every frame runs it):
 *
 * <ul>
 *   <li>A state is an immutable value with {@code equals} and {@code hashCode}: equal states behave equally for
 *       ever. Counters, seen keys and captured bytes are immutable parts of it. Thread-safe.
 *   <li>No dead ends: a state exists only if one of its {@link #goal()} results can still be reached; {@link #moves}
 *       offers only such states, and calls only callees that have such a result with which the caller lives on.
 *   <li>{@link #moves} reads the symbol with {@code stay}; {@code push} reads nothing: the callee is shown the same
 *       symbol. A callee never ends before it has read at least one symbol; where a callee may be empty, the caller
 *       itself also goes on without it.
 *   <li>No chain of pushes returns to itself without reading (no left recursion).
 *   <li>{@link #results} says how the frame may end <em>before</em> the next symbol; ending and going on may both be
 *       possible.
 * </ul>
 */
public interface State {

    /** The first symbol that is a special token: symbol {@code SPECIAL + n} is special token number n of the grammar. */
    int SPECIAL = 256;

    /** No results. */
    int[] NO_RESULTS = {};

    /** The result 0 alone, which is all that frames of rules ever hand back. */
    int[] RESULT_ZERO = {0};

    /**
     * Offers every way to read or to be about to read a symbol. Nothing offered: the symbol is dead here.
     *
     * @param symbol a byte, or {@link #SPECIAL} and up
     * @param moves receives the moves; the caller of this method owns it
     */
    void moves(int symbol, Moves moves);

    /**
     * The results with which the frame may end before the next symbol: shared, sorted, never to be modified; empty when it
     * cannot end here.
     */
    int[] results();

    /**
     * Offers the states in which this state, being a return state, goes on after its callee ended. Offers at least one
     * for every result in the goal of the callee that was pushed with it, none for others.
     *
     * @param result what the callee ended with
     * @param moves receives {@link Moves#stay} calls only
     */
    void resume(int result, Moves moves);

    /** Every result that the frame can still end with from here, now or later: shared, sorted, not to be modified. */
    default int[] goal() {
        return RESULT_ZERO;
    }

    /**
     * The least number of symbols to read until the frame ends with a result: 0 if it can end now.
     *
     * @return {@link Integer#MAX_VALUE} if it cannot end with that result. Cost: a look-up.
     */
    int distance(int result);

    /**
     * The representative of this state for a horizon: it behaves alike on every text of the horizon that stays inside the frame and its
     * callees, with the same results at the same points. A counter far from its bounds answers one and the same representative for all far
     * values, and a key that can no longer become one that is known forgets its text, so that they share a mask.
     *
     * <p>Where the horizon is {@link Horizon#of all texts of some length}, distances grow and shrink alike on the way, too.
     */
    default State within(Horizon horizon) {
        return this;
    }

    /**
     * The key of this state's mask within a grammar: states with equal keys behave alike on every text of a horizon that stays inside the
     * frame and its callees, with the same results at the same points. It may look further ahead than {@link #within}, at a cost that is well spent
     * where a whole mask is saved, but not at each byte of a walk. Distances may differ, unless the key is the state itself.
     *
     * @return keys of one horizon and of one grammar are compared
     */
    default Object key(Horizon horizon) {
        return this;
    }

    /**
     * The key of this state's mask between grammars: states with equal keys of one horizon have equal masks, whatever grammars they are of. It
     * promises what {@link #key} does, and keeps nothing of the grammar alive.
     *
     * @return null if no other grammar has such a state, or that is not known
     */
    default @Nullable Object sharedKey(Horizon horizon) {
        return null;
    }

    /** What is known of the bytes that come next; null if nothing is. */
    default @Nullable ByteView byteView() {
        return null;
    }

    /** What is known of text that goes on; null if nothing is. */
    default @Nullable TextView textView() {
        return null;
    }

    /** What is known of how far the end may come to be; null if nothing is. */
    default @Nullable BudgetView budgetView() {
        return null;
    }

    /** What is known of the members of an object; null if the state is not between them, or nothing is. */
    default @Nullable MemberView memberView() {
        return null;
    }

    /**
     * The family of states that never repeat to which this one belongs.
     *
     * @return null if there is none, or the state is symbolic itself. Cost: that of a look at what is counted or kept
     */
    default @Nullable Family family() {
        return null;
    }

    /** Receives moves. */
    interface Moves {

        /** The symbol was read; the frame is now in {@code next}. (From {@link #resume}: the frame goes on in {@code next}.) */
        void stay(State next);

        /**
         * Nothing was read; {@code callee}, a start state whose goal is fixed in it, reads the symbol. When it ends,
         * {@code returnState} resumes with its result.
         */
        void push(State callee, State returnState);
    }
}
