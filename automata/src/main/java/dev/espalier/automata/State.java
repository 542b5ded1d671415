package dev.espalier.automata;

import java.util.List;
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
     * A quick filter: false only if {@link #moves} would certainly lead nowhere for this symbol, in this frame and in
     * everything it calls. Callers use it to skip a push that would die at once.
     */
    default boolean mayRead(int symbol) {
        return true;
    }

    /** The bytes of which {@link #mayRead} is true, or more. Cost: that of 256 questions, unless a state knows better. */
    default ByteSet readable() {
        return ByteSet.of(this::mayRead);
    }

    /** The bytes that the frame may read itself, without calling others for them; null where it calls none, or that is not known. */
    default @Nullable ByteSet ownBytes() {
        return null;
    }

    /**
     * With which results the frame may end before the next symbol: shared, sorted, never to be modified; empty when it
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

    /**
     * Whether {@link #resume} would only lead to a state that ends at once with the same result and reads nothing: such
     * a return state is not pushed, so that right recursion keeps the stack flat.
     */
    default boolean handsResultOn() {
        return false;
    }

    /**
     * Whether this state above itself, both being return states, reads the same as alone: what leads to its end, twice, is
     * what leads to its end. It is then kept once, so that ambiguous operators keep the stack flat. Asked only where a state
     * would come to lie above itself. Cost: a walk over some of the frame the first time.
     */
    default boolean absorbsItself() {
        return false;
    }

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
     * A state that behaves like this one on every text of a horizon that stays inside the frame and its callees, with the
     * same results at the same points. A counter far from its bounds answers one and the same representative for all far
     * values, and a key that can no longer become one that is known forgets its text, so that they share a mask.
     *
     * <p>Where the horizon is {@link Horizon#of all texts of some length}, distances grow and shrink alike on the way, too.
     */
    default State within(Horizon horizon) {
        return this;
    }

    /**
     * A state that has forgotten what only keeps a text from saying something twice, such as the keys of an object that have no
     * names: it may read more than this one, never less, with the same results at the same points. It is never further from an
     * end: where it has d symbols to read, this one has at least d and at most {@code 2 * d + 8}. Few states remain where what is
     * forgotten tells them apart, so that the least number of tokens to the end is easily bounded there. Cost: that of a look at
     * what is forgotten. Each text that leads this one to its end leads the other there with at most two more symbols before each that
     * {@link #endsForgotten}.
     */
    default State relaxed() {
        return this;
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

    /**
     * What masks are kept by within a grammar: states with equal keys behave alike on every text of a horizon that stays inside the frame and
     * its callees, with the same results at the same points. It may look further ahead than {@link #within}, at a cost that is well spent
     * where a whole mask is saved, but not at each byte of a walk. Distances may differ, unless the key is the state itself.
     *
     * @return keys of one horizon and of one grammar are compared
     */
    default Object key(Horizon horizon) {
        return this;
    }

    /**
     * What masks are kept by between grammars: equal keys of one horizon promise what {@link #key} does. Keeps nothing of the grammar alive.
     *
     * @return null if no other grammar has such a state, or that is not known
     */
    default @Nullable Object sharedKey(Horizon horizon) {
        return null;
    }

    /**
     * The parts of a state that counts: it reads what one of them reads, and ends where one of them ends, with result 0. Masks of all states
     * that differ in their room only are then found at once.
     *
     * @param most of how many repetitions a part may have numbers
     * @return empty if the state does not count, or is symbolic itself
     */
    default List<CountedPart> counted(int most) {
        return List.of();
    }

    /**
     * A state of a frame that runs inside this one and reads for it, where this one only keeps what was read, to compare it with
     * something in the end.
     *
     * @return null if there is none. Cost: that of a look at what is kept
     */
    default @Nullable Inner inner() {
        return null;
    }

    /**
     * A symbol that is read alike: after it the frame is where it is after {@code symbol}, as far as texts of a horizon
     * can tell ({@link #within}). Saves steps inside texts, where most characters are alike. Where the state may end, this is of the ways
     * inside the frame only.
     *
     * @return a symbol that answers itself; {@code symbol} if none is known
     */
    default int like(int symbol, Horizon horizon) {
        return symbol;
    }

    /**
     * A promise that saves walking the vocabulary inside strings. "Plain text" is well-formed UTF-8 (its last
     * character may be cut off) without {@code "}, without {@code \} and without the code points below U+0020.
     *
     * @return {@link Integer#MAX_VALUE}: all plain text stays live (the frame may also be able to end along the way); a
     *     smaller n ≥ 0: plain text stays live exactly as long as it has at most n code points, any longer plain text is
     *     dead, the frame cannot end along the way, and where there is one result in the goal, no such text leads further
     *     from it than a cut character still needs; -1: nothing is promised
     */
    default int plainTextBound() {
        return -1;
    }

    /**
     * A promise that saves following text of many kinds inside strings: any text of these characters, the last one possibly cut
     * off, stays live, the frame cannot end on the way, and where a character is whole the state promises as much again. Bytes
     * below 128 stand for themselves; all others are in it or none, and stand for every character beyond ASCII.
     */
    default ByteSet steadyText() {
        return ByteSet.NONE;
    }

    /**
     * Offers where whole characters lead, if the state knows: all but {@code "}, {@code \} and those below U+0020, spelled in UTF-8.
     * What is in no range is dead.
     *
     * @return whether it knows; false with nothing offered by default
     */
    default boolean characters(Characters characters) {
        return false;
    }

    /**
     * The table that this state is a row of, for states that read bytes only; null for all others.
     *
     * @return a table with {@link ByteTable#row(State)} defined for this state
     */
    default @Nullable ByteTable table() {
        return null;
    }

    /**
     * A state that reads for another one: a text that begins with a byte that is not apart, and stays inside the frame of this state, is live
     * in the other one exactly if it is live here.
     *
     * @param state alone on its stack
     * @param apart bytes that may lead to a text that what is kept forbids, and those that may follow where this state ends at once; what they
     *     lead to has an inner state of its own, or is read for itself
     */
    record Inner(State state, ByteSet apart) {}

    /** Receives where characters lead. */
    interface Characters {

        /** All characters from one to another lead to a state. Ranges come in ascending order; those that are not asked for may be in them. */
        void lead(int first, int last, State next);
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
