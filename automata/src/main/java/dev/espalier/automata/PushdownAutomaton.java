// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata;

import dev.espalier.automata.state.State;
import dev.espalier.grammar.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A language of byte strings as a start state whose frames call each other. Immutable to its users and thread-safe;
 * rows of its tables are worked out when they are first needed, under the limits it was compiled with. {@code AutomatonCompiler} makes it of
 * a grammar.
 */
public final class PushdownAutomaton {

    private final State start;
    private final Optional<State> nonEmptyStart;
    private final List<Expression.TokenTerminal> specialTokens;

    private final LongSupplier bytes;

    /** An automaton that reads something, as {@link #PushdownAutomaton(State, Optional, List, LongSupplier)}. */
    public PushdownAutomaton(State start, List<Expression.TokenTerminal> specialTokens, LongSupplier bytes) {
        this(start, Optional.of(start), specialTokens, bytes);
    }

    /**
     * An automaton.
     *
     * @param nonEmptyStart the state that it starts in where it is to read something; empty if it reads nothing but the empty text
     * @param specialTokens those that its frames read, in the order of their symbols
     * @param bytes estimated bytes that its frames hold now; asked by any thread
     */
    public PushdownAutomaton(
            State start,
            Optional<State> nonEmptyStart,
            List<Expression.TokenTerminal> specialTokens,
            LongSupplier bytes) {
        this.start = start;
        this.nonEmptyStart = nonEmptyStart;
        this.bytes = bytes;
        this.specialTokens = List.copyOf(specialTokens);
    }

    /** A frame as a whole language; it ends with any result of its goal. */
    public static PushdownAutomaton of(State start) {
        return new PushdownAutomaton(start, List.of(), () -> 0);
    }

    /** The state in which nothing has been read. */
    public State start() {
        return start;
    }

    /** Whether the empty text is one of its texts. */
    public boolean mayBeEmpty() {
        return start.results().length > 0;
    }

    /** The automaton of all its texts but the empty one; empty if there is no other. Cost: constant. */
    public Optional<PushdownAutomaton> withoutEmpty() {
        return nonEmptyStart.map(state -> new PushdownAutomaton(state, specialTokens, bytes));
    }

    /**
     * Estimated bytes that it holds now, with what was worked out since it was compiled; 0 for {@link #of frames} of
     * other kinds. Safe for any thread. Cost: constant.
     */
    public long estimatedBytes() {
        return bytes.getAsLong();
    }

    /** The tokens that the grammar asks for: symbol {@code State.SPECIAL + n} is the n-th of them, or any one of those it stands for. */
    public List<Expression.TokenTerminal> specialTokens() {
        return specialTokens;
    }
}
