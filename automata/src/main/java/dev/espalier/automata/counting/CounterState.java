// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.counting;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import dev.espalier.core.oracle.FastPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bounded repetition as data: how many more iterations are needed and how many are still possible. Two counters with
 * the same body and the same two numbers are equal, whatever bounds they came from.
 */
@FastPath(oracle = "AutomatonOracleTest")
public final class CounterState implements TailState, ByteView {

    private final State body;
    private final int bodyLength;
    private final int needed;
    /** More iterations that may follow; {@link #UNLIMITED} when there is no bound. */
    private final int possible;

    private final boolean started;
    private final int hash;

    public static final int UNLIMITED = Integer.MAX_VALUE;

    private CounterState(State body, int bodyLength, int needed, int possible, boolean started) {
        this.body = body;
        this.bodyLength = bodyLength;
        this.needed = needed;
        this.possible = possible;
        this.started = started;
        this.hash = Objects.hash(body, needed, possible, started);
    }

    /**
     * A counter that has read nothing yet.
     *
     * @param bodyLength the body's shortest text in symbols, at least 1
     * @param max at least 1, or {@link #UNLIMITED}
     */
    public static CounterState start(State body, int bodyLength, int min, int max) {
        return new CounterState(body, bodyLength, min, max, false);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (possible > 0 && ByteView.mayRead(body, symbol)) {
            moves.push(body, afterOneMore());
        }
    }

    private CounterState afterOneMore() {
        int left = possible == UNLIMITED ? UNLIMITED : possible - 1;
        if (started && needed == 0 && left == UNLIMITED) {
            return this;
        }
        return new CounterState(body, bodyLength, Math.max(0, needed - 1), left, true);
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public boolean mayRead(int symbol) {
        return possible > 0 && ByteView.mayRead(body, symbol);
    }

    @Override
    public ByteSet readable() {
        return possible > 0 ? ByteView.readable(body) : ByteSet.NONE;
    }

    @Override
    public int[] results() {
        return started && needed == 0 ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        if (result == 0) {
            moves.stay(this);
        }
    }

    @Override
    public boolean handsResultOn() {
        return possible == 0;
    }

    /** Whether all numbers of iterations that may follow on the other may follow on this one, of the same body. */
    public boolean includes(CounterState other) {
        return started == other.started
                && needed <= other.needed
                && possible >= other.possible
                && bodyLength == other.bodyLength
                && body.equals(other.body);
    }

    @Override
    public int distance(int result) {
        if (result != 0) {
            return Integer.MAX_VALUE;
        }
        long least = (long) (started ? needed : Math.max(1, needed)) * bodyLength;
        return (int) Math.min(least, Integer.MAX_VALUE - 1);
    }

    @Override
    public State within(Horizon horizon) {
        int reachable = horizon.bytes() / bodyLength + 1;
        int nearNeeded = Math.min(needed, reachable);
        int nearPossible = possible == UNLIMITED || possible > reachable ? UNLIMITED : possible;
        if (nearNeeded == needed && nearPossible == possible) {
            return this;
        }
        return new CounterState(body, bodyLength, nearNeeded, nearPossible, started);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        Object shared = body.sharedKey(horizon);
        return shared == null ? null : new Key(shared, bounds());
    }

    private record Key(Object body, Bounds bounds) {}

    /** What a counter is but for its body. */
    public record Bounds(int needed, int possible, boolean started) {}

    public Bounds bounds() {
        return new Bounds(needed, possible, started);
    }

    public State body() {
        return body;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CounterState state
                && needed == state.needed
                && possible == state.possible
                && started == state.started
                && body.equals(state.body);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "counter(needed " + needed + ", possible " + (possible == UNLIMITED ? "∞" : possible) + ")";
    }
}
