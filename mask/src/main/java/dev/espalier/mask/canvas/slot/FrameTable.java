// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.slot;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import dev.espalier.automata.state.TextView;
import dev.espalier.automata.state.TokenCounter;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of frames by number, with their known transitions. One thread. */
public final class FrameTable {

    private static final int STATE_BYTES = 250;
    private static final int ROW_BYTES = 1_050;
    private static final int STEPS_BYTES = 120;
    private static final int[] NONE = {};
    private static final Steps DEAD = new Steps(NONE, NONE, NONE);

    /**
     * The transitions of a state on a symbol.
     *
     * @param stays the states after reading it
     * @param callees the states that are to read it
     * @param returns the return state of each callee
     */
    record Steps(int[] stays, int[] callees, int[] returns) {

        boolean isDead() {
            return stays.length + callees.length == 0;
        }
    }

    private final @Nullable Horizon horizon;
    private final Map<State, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final List<@Nullable Steps @Nullable []> byByte = new ArrayList<>();
    private final IntArrayIndex stepsIndex = new IntArrayIndex();
    private final List<Steps> distinct = new ArrayList<>();
    private final PairIndex resumed = new PairIndex();
    private final List<int[]> resumptions = new ArrayList<>();
    private long bytes;

    /**
     * A table of no states.
     *
     * @param horizon states that no text of it can distinguish are one; null to distinguish all
     */
    public FrameTable(@Nullable Horizon horizon) {
        this.horizon = horizon;
    }

    /** The representative of a state that is about to read. */
    public State near(State state) {
        return horizon == null ? state : state.within(horizon);
    }

    public int number(State state) {
        Integer known = numbers.get(state);
        if (known != null) {
            return known;
        }
        if (state instanceof TokenCounter) {
            throw new UnsupportedFeatureException(
                    "max_tokens",
                    "gaps cannot be filled where a part of the text has a greatest number of tokens",
                    Place.UNKNOWN);
        }
        numbers.put(state, states.size());
        states.add(state);
        byByte.add(null);
        bytes += STATE_BYTES;
        return states.size() - 1;
    }

    /** The transitions of a state on a symbol. New ones are charged to the budget. */
    Steps steps(int state, int symbol, WorkBudget budget) {
        if (symbol >= State.SPECIAL) {
            return offered(state, symbol, budget);
        }
        @Nullable Steps[] known = byByte.get(state);
        if (known == null) {
            known = new Steps[256];
            byByte.set(state, known);
            bytes += ROW_BYTES;
            budget.allocate(ROW_BYTES);
        }
        Steps steps = known[symbol];
        if (steps == null) {
            int like = like(state, symbol);
            steps = known[like] != null ? known[like] : offered(state, like, budget);
            known[like] = steps;
            known[symbol] = steps;
        }
        return steps;
    }

    /** The representative of a byte in a state: no text of the horizon can distinguish what follows the two. */
    int like(int state, int symbol) {
        if (horizon == null) {
            return symbol;
        }
        ByteView view = states.get(state).byteView();
        return view == null ? symbol : view.like(symbol, horizon);
    }

    /** The transitions of a state on a byte, without caching them. */
    Steps look(int state, int symbol, WorkBudget budget) {
        @Nullable Steps[] known = byByte.get(state);
        Steps steps = known == null ? null : known[symbol];
        return steps == null ? offered(state, symbol, budget) : steps;
    }

    private Steps offered(int state, int symbol, WorkBudget budget) {
        long before = bytes;
        IntList stays = new IntList();
        IntList callees = new IntList();
        IntList returns = new IntList();
        states.get(state).moves(symbol, new State.Moves() {
            @Override
            public void stay(State next) {
                stays.add(number(near(next)));
            }

            @Override
            public void push(State callee, State returnState) {
                if (ByteView.mayRead(callee, symbol)) {
                    callees.add(number(near(callee)));
                    returns.add(number(returnState));
                }
            }
        });
        Steps steps = stays.size() + callees.size() == 0 ? DEAD : shared(stays.toSet(), callees, returns);
        budget.allocate(bytes - before);
        return steps;
    }

    /** The transitions as one object for all bytes that have the same ones. */
    private Steps shared(int[] stays, IntList callees, IntList returns) {
        IntList key = new IntList();
        key.add(stays.length);
        key.addAll(stays, 0, stays.length);
        key.addAll(callees.toArray(), 0, callees.size());
        key.addAll(returns.toArray(), 0, returns.size());
        int number = stepsIndex.add(key.toArray());
        if (number == distinct.size()) {
            distinct.add(new Steps(stays, callees.toArray(), returns.toArray()));
            bytes += STEPS_BYTES + 8L * key.size();
        }
        return distinct.get(number);
    }

    /** The {@link TextView#plainTextBound()} of a state; -1 if it promises nothing. */
    int plainTextBound(int state) {
        TextView text = states.get(state).textView();
        return text == null ? -1 : text.plainTextBound();
    }

    /** The results with which a state may end now. */
    public int[] results(int state) {
        return states.get(state).results();
    }

    public boolean handsResultOn(int state) {
        return TailState.handsResultOn(states.get(state));
    }

    /** The states in which a return state resumes with a result. New ones are charged to the budget. */
    public int[] resume(int state, int result, WorkBudget budget) {
        int known = resumed.find(state, result);
        if (known >= 0) {
            return resumptions.get(known);
        }
        long before = bytes;
        IntList next = new IntList();
        states.get(state).resume(result, new State.Moves() {
            @Override
            public void stay(State after) {
                next.add(number(near(after)));
            }

            @Override
            public void push(State callee, State returnState) {
                throw new IllegalStateException("resume offered a push");
            }
        });
        bytes += STEPS_BYTES;
        budget.allocate(bytes - before);
        resumed.add(state, result);
        resumptions.add(next.toSet());
        return resumptions.get(resumptions.size() - 1);
    }

    /** Estimated bytes on the heap, without what the states themselves keep. */
    public long bytes() {
        return bytes;
    }
}
