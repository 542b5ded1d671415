package dev.espalier.automata;

import dev.espalier.grammar.WorkBudget;
import dev.espalier.grammar.error.Place;
import dev.espalier.grammar.error.UnsupportedFeatureException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The moves of an enumerable automaton read backwards: from which states a symbol leads into a set, who calls a start
 * state, and what a return state resumes to. Made once by listing every reachable state; then a look-up per state and
 * symbol. Immutable, thread-safe.
 */
public final class ReverseIndex {

    /**
     * A call seen from the callee.
     *
     * @param caller the state that pushes
     * @param symbol the symbol that is about to be read
     * @param callee the start state that is pushed
     * @param returnState where the caller goes on
     */
    public record Call(State caller, int symbol, State callee, State returnState) {}

    private record Reading(State to, int symbol) {}

    private record Resumption(State to, int result) {}

    private final Set<State> states = new LinkedHashSet<>();
    private final Map<Reading, Set<State>> readers = new HashMap<>();
    private final Map<State, List<Call>> calls = new HashMap<>();
    private final Map<Resumption, Set<State>> resumed = new HashMap<>();

    private ReverseIndex() {}

    /**
     * The index of all that is reachable from a start state.
     *
     * @param symbols one more than the greatest symbol to consider: {@link State#SPECIAL} without special tokens
     * @throws UnsupportedFeatureException when a reachable state is not enumerable
     * @throws dev.espalier.grammar.error.LimitExceededException past {@code maxAutomatonStates}
     */
    public static ReverseIndex of(State start, int symbols, WorkBudget budget) {
        ReverseIndex index = new ReverseIndex();
        ArrayDeque<State> pending = new ArrayDeque<>();
        index.meet(start, pending, budget);
        while (!pending.isEmpty()) {
            State state = pending.remove();
            for (int symbol = 0; symbol < symbols; symbol++) {
                budget.step();
                state.moves(symbol, index.new Recorder(state, symbol, pending, budget));
            }
        }
        return index;
    }

    private void meet(State state, ArrayDeque<State> pending, WorkBudget budget) {
        if (states.add(state)) {
            if (!state.isEnumerable()) {
                throw new UnsupportedFeatureException(
                        "backward steps", "the states of a frame cannot be listed: " + state, Place.UNKNOWN);
            }
            budget.addStates(1);
            pending.add(state);
        }
    }

    private final class Recorder implements State.Moves {

        private final State from;
        private final int symbol;
        private final ArrayDeque<State> pending;
        private final WorkBudget budget;

        Recorder(State from, int symbol, ArrayDeque<State> pending, WorkBudget budget) {
            this.from = from;
            this.symbol = symbol;
            this.pending = pending;
            this.budget = budget;
        }

        @Override
        public void stay(State next) {
            readers.computeIfAbsent(new Reading(next, symbol), key -> new LinkedHashSet<>())
                    .add(from);
            meet(next, pending, budget);
        }

        @Override
        public void push(State callee, State returnState) {
            calls.computeIfAbsent(callee, key -> new ArrayList<>()).add(new Call(from, symbol, callee, returnState));
            meet(callee, pending, budget);
            for (int result : callee.goal()) {
                returnState.resume(result, new State.Moves() {
                    @Override
                    public void stay(State next) {
                        resumed.computeIfAbsent(new Resumption(next, result), key -> new LinkedHashSet<>())
                                .add(returnState);
                        meet(next, pending, budget);
                    }

                    @Override
                    public void push(State inner, State ignored) {
                        throw new IllegalStateException("resume offered a push");
                    }
                });
            }
        }
    }

    /** Every reachable state, callees included, in the order they were met. */
    public Collection<State> states() {
        return Collections.unmodifiableSet(states);
    }

    /** The states from which reading {@code symbol} leads, within the frame, into one of {@code targets}. */
    public Set<State> predecessors(Collection<? extends State> targets, int symbol) {
        Set<State> found = new LinkedHashSet<>();
        for (State target : targets) {
            found.addAll(readers.getOrDefault(new Reading(target, symbol), Set.of()));
        }
        return found;
    }

    /** Every call of a start state, one entry per symbol that may follow. */
    public List<Call> callsOf(State callee) {
        return List.copyOf(calls.getOrDefault(callee, List.of()));
    }

    /** The return states that resume in {@code state} when their callee ends with {@code result}. */
    public Set<State> resumedBy(State state, int result) {
        return Set.copyOf(resumed.getOrDefault(new Resumption(state, result), Set.of()));
    }
}
