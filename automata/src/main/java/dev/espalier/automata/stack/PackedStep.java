// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.counting.CounterState;
import dev.espalier.automata.counting.CountingState;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step that unites sets of stacks by listing them, never by merging what lies in them: the graph-structured stack of
 * generalised parsers, as immutable sets. All that is below a callee when it begins at this place of the text is one new set, made
 * after all its callers are known. So a step makes no more sets than it calls callees, and each is left once where frames
 * end: the work is polynomial in the length of the text for every grammar. {@link Stepper} takes it where merging gets expensive.
 * See {@code docs/design/stacks.md}; the source is E. Scott and A. Johnstone, "GLL parsing" (2010), section 3. One thread, one step.
 */
@FastPath(oracle = "PackedStepTest")
final class PackedStep {

    /** What a state that is not of a grammar takes with what lies below it, about. */
    static final int STATE_BYTES = 500;

    private final StackAlgebra algebra;
    private final long maxBytes;
    private final Offers offers;
    /** States that are there before anything is called, each with what lies below. */
    private final Map<State, StackPacking> sources = new LinkedHashMap<>();
    /** What is called at this place. */
    private final Map<State, Called> called = new LinkedHashMap<>();
    /** States after the symbol. */
    private final Map<State, StackPacking> read = new LinkedHashMap<>();

    /** What states that are not of grammars take, about. */
    private long plugIns;

    /** How a state is asked for its moves. */
    private interface Offers {
        void of(State state, State.Moves moves);
    }

    /** A callee that begins here. */
    private static final class Called implements State.Moves {
        final State state;
        /** Return states pushed with it, each above what it is pushed on. */
        final Map<State, StackPacking> returns = new LinkedHashMap<>();
        /** Sets on which it lies itself. */
        final StackPacking handed = new StackPacking();

        final List<State> stays = new ArrayList<>();
        final List<State> callees = new ArrayList<>();
        final List<State> returnStates = new ArrayList<>();
        /** Callees that call it here and are not done. */
        int callers;

        Called(State state) {
            this.state = state;
        }

        @Override
        public void stay(State next) {
            stays.add(next);
        }

        @Override
        public void push(State callee, State returnState) {
            callees.add(callee);
            returnStates.add(returnState);
        }
    }

    private PackedStep(StackAlgebra algebra, long maxBytes, Offers offers) {
        this.algebra = algebra;
        this.maxBytes = maxBytes;
        this.offers = offers;
    }

    /**
     * All stacks after a symbol.
     *
     * @param maxBytes what states that are not of grammars may take
     */
    static StackSet step(StackAlgebra algebra, long maxBytes, StackSet from, int symbol) {
        PackedStep step = new PackedStep(algebra, maxBytes, (state, moves) -> {
            if (ByteView.mayRead(state, symbol)) {
                state.moves(symbol, moves);
            }
        });
        for (int i = 0; i < from.tops().length; i++) {
            State top = from.tops()[i];
            StackSet below = from.belows()[i];
            step.source(top, below);
            if (symbol >= State.SPECIAL || FollowBytes.mayEnd(top, below, symbol)) {
                for (int result : top.results()) {
                    step.sources(ReturnSearch.of(algebra, below, result).states());
                }
            }
        }
        step.callFromSources();
        step.finish();
        return algebra.packedSet(new PackedTops(algebra).merged(step.read));
    }

    /** All states that are about to read, as {@link Stepper#open}. */
    static StackSet open(StackAlgebra algebra, long maxBytes, StackSet from) {
        PackedStep step = new PackedStep(algebra, maxBytes, (state, moves) -> {
            if (state instanceof RowState row) {
                row.calls(moves);
            }
        });
        for (int i = 0; i < from.tops().length; i++) {
            step.source(from.tops()[i], from.belows()[i]);
            if (from.tops()[i] instanceof RowState row && row.results().length > 0) {
                step.sources(ReturnSearch.ofRules(algebra, from.belows()[i]));
            }
        }
        step.callFromSources();
        Map<State, StackPacking> all = step.sources;
        for (Called callee : step.finish()) {
            all.computeIfAbsent(callee.state, unused -> new StackPacking()).add(callee.handed.toSet());
        }
        return algebra.packedSet(all);
    }

    private void source(State state, StackSet below) {
        algebra.work();
        sources.computeIfAbsent(state, this::packing).add(below);
    }

    private void sources(StackSet set) {
        for (int i = 0; i < set.tops().length; i++) {
            source(set.tops()[i], set.belows()[i]);
        }
    }

    /** Of states that are not of grammars there may be endlessly many: they are counted. */
    private StackPacking packing(State state) {
        boolean isOfGrammar = state instanceof RowState
                || state instanceof CounterState
                || state instanceof CutState
                || state instanceof CountingState;
        if (!isOfGrammar && (plugIns += STATE_BYTES) > maxBytes) {
            throw new LimitExceededException("maxCompileBytes", maxBytes, plugIns, Place.UNKNOWN);
        }
        return new StackPacking();
    }

    private void callFromSources() {
        for (Map.Entry<State, StackPacking> source :
                new PackedTops(algebra).merged(sources).entrySet()) {
            Called moves = new Called(source.getKey());
            offers.of(moves.state, moves);
            StackSet below = algebra.union(source.getValue());
            go(moves, below);
        }
    }

    /** A state goes on above all that lies below it. */
    private void go(Called from, StackSet below) {
        for (State next : from.stays) {
            algebra.work();
            read.computeIfAbsent(next, this::packing).add(below);
        }
        for (int i = 0; i < from.callees.size(); i++) {
            algebra.work();
            Called callee = called(from.callees.get(i));
            State returnState = from.returnStates.get(i);
            if (TailState.handsResultOn(returnState)) {
                callee.handed.add(below);
            } else {
                callee.returns
                        .computeIfAbsent(returnState, unused -> new StackPacking())
                        .add(below);
            }
        }
    }

    private Called called(State callee) {
        Called known = called.get(callee);
        if (known == null) {
            known = new Called(callee);
            called.put(callee, known);
        }
        return known;
    }

    /** Callees in an order in which each comes after all that call it, with what is below in {@code handed}. */
    private List<Called> finish() {
        List<Called> asked = new ArrayList<>(called.values());
        for (int i = 0; i < asked.size(); i++) {
            Called next = asked.get(i);
            offers.of(next.state, next);
            for (State callee : next.callees) {
                if (!called.containsKey(callee)) {
                    asked.add(called(callee));
                }
                called(callee).callers++;
            }
        }
        ArrayDeque<Called> ready = new ArrayDeque<>();
        asked.stream().filter(callee -> callee.callers == 0).forEach(ready::add);
        List<Called> done = new ArrayList<>();
        while (!ready.isEmpty()) {
            Called next = ready.remove();
            done.add(next);
            go(next, below(next));
            for (State callee : next.callees) {
                if (--called(callee).callers == 0) {
                    ready.add(called(callee));
                }
            }
        }
        if (done.size() < asked.size()) {
            throw new IllegalStateException("a frame calls itself before it reads");
        }
        return done;
    }

    /** All that lies below a callee whose callers are done. */
    private StackSet below(Called callee) {
        int size = callee.returns.size();
        if (size > 0) {
            State[] tops = new State[size];
            StackSet[] belows = new StackSet[size];
            int i = 0;
            for (Map.Entry<State, StackPacking> entry : callee.returns.entrySet()) {
                tops[i] = entry.getKey();
                StackSet below = algebra.union(entry.getValue());
                belows[i++] = TailState.absorbsItself(entry.getKey()) ? withoutItself(entry.getKey(), below) : below;
            }
            callee.handed.add(algebra.intern(new StackSet(tops, belows, false)));
        }
        return algebra.union(callee.handed);
    }

    /** What is to lie below a return state that makes no difference above itself: itself alone is left out. */
    private StackSet withoutItself(State returnState, StackSet below) {
        StackPacking rest = new StackPacking();
        boolean isLess = false;
        for (StackSet part : below.parts()) {
            boolean isItself = part.tops().length == 1 && !part.containsEmpty && part.tops()[0].equals(returnState);
            isLess |= isItself;
            rest.add(isItself ? part.belows()[0] : part);
        }
        return isLess ? algebra.union(rest) : below;
    }
}
