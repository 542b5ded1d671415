// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.rule;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.RowState;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of a {@link RuleFrame}. One object per row, so that equality is identity. */
final class RuleState extends RowState {

    private final RuleFrame frame;
    private final int row;
    private final int[] core;
    private final boolean accepts;
    private final int distance;
    private volatile @Nullable RuleMoves moves;
    private volatile @Nullable SharedKey sharedKey;
    /** The bytes that this row or something that it calls may read; made when it is first asked for. */
    private @Nullable ByteSet reads;

    /** The bytes that it reads without a call, where it calls others; made when it is first asked for. */
    private @Nullable ByteSet own;

    private volatile @Nullable Boolean absorbing;

    RuleState(RuleFrame frame, int row, int[] core, boolean accepts, int distance) {
        this.frame = frame;
        this.row = row;
        this.core = core;
        this.accepts = accepts;
        this.distance = distance;
    }

    @Override
    public RuleFrame frame() {
        return frame;
    }

    int row() {
        return row;
    }

    @Override
    public int[] core() {
        return core;
    }

    RuleMoves ruleMoves() {
        RuleMoves known = moves;
        if (known == null) {
            known = frame.expand(this);
            moves = known;
        }
        return known;
    }

    @Override
    public void moves(int symbol, Moves sink) {
        RuleMoves all = ruleMoves();
        if (symbol < SPECIAL) {
            int next = all.next(symbol);
            if (next >= 0) {
                sink.stay(frame.ruleState(next));
            }
        } else {
            RuleState next = all.specials().get(symbol);
            if (next != null) {
                sink.stay(next);
            }
        }
        for (RuleMoves.Call call : all.calls()) {
            if (ByteView.mayRead(call.callee(), symbol)) {
                sink.push(call.callee(), call.returnState());
            }
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        RuleMoves all = ruleMoves();
        if (symbol >= SPECIAL) {
            return all.specials().containsKey(symbol) || calledMayRead(all, symbol);
        }
        if (all.calls().length == 0) {
            return all.next(symbol) >= 0;
        }
        ByteSet known = reads;
        return (known == null ? findReads() : known).contains(symbol);
    }

    @Override
    public ByteSet readable() {
        ByteSet known = reads;
        return known == null ? findReads() : known;
    }

    @Override
    public void calls(Moves sink) {
        for (RuleMoves.Call call : ruleMoves().calls()) {
            sink.push(call.callee(), call.returnState());
        }
    }

    @Override
    public @Nullable ByteSet ownBytes() {
        RuleMoves all = ruleMoves();
        if (all.calls().length == 0) {
            return null;
        }
        ByteSet known = own;
        if (known == null) {
            known = ByteSet.of(symbol -> all.next(symbol) >= 0);
            own = known;
        }
        return known;
    }

    @Override
    public boolean readsItself() {
        return !ruleMoves().specials().isEmpty() || super.readsItself();
    }

    private static boolean calledMayRead(RuleMoves moves, int symbol) {
        for (RuleMoves.Call call : moves.calls()) {
            if (ByteView.mayRead(call.callee(), symbol)) {
                return true;
            }
        }
        return false;
    }

    /** Finds the bytes of all rows that are called from here first, since chains of calls may be long. */
    private ByteSet findReads() {
        ArrayDeque<RuleState> pending = new ArrayDeque<>();
        pending.push(this);
        ByteSet found = null;
        while (!pending.isEmpty()) {
            RuleState state = pending.peek();
            int before = pending.size();
            for (RuleMoves.Call call : state.ruleMoves().calls()) {
                if (state.reads == null && call.callee() instanceof RuleState callee && !callee.knowsReads()) {
                    pending.push(callee);
                }
            }
            if (pending.size() == before) {
                RuleMoves moves = state.ruleMoves();
                found = ByteSet.of(symbol -> moves.next(symbol) >= 0 || calledMayRead(moves, symbol));
                state.reads = found;
                pending.pop();
            }
        }
        return Objects.requireNonNull(found);
    }

    private boolean knowsReads() {
        return reads != null || ruleMoves().calls().length == 0;
    }

    @Override
    public int[] results() {
        return accepts ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public boolean handsResultOn() {
        return accepts && ruleMoves().isEmpty();
    }

    @Override
    public boolean absorbsItself() {
        Boolean known = absorbing;
        if (known == null) {
            known = accepts && frame.isRepeated(this);
            absorbing = known;
        }
        return known;
    }

    @Override
    public int distance(int result) {
        return result == 0 ? distance : Integer.MAX_VALUE;
    }

    /** What other grammars have, too, for texts of a horizon; null if they have no such row. */
    private record SharedKey(Horizon horizon, @Nullable Object key) {}

    /** Whether it is known that no other grammar has the row. */
    boolean isOnlyHere(Horizon horizon) {
        SharedKey known = sharedKey;
        return known != null && known.horizon == horizon && known.key == null;
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        SharedKey known = sharedKey;
        if (known == null || known.horizon != horizon) {
            known = new SharedKey(horizon, CanonicalKey.of(this, horizon));
            sharedKey = known;
        }
        return known.key;
    }

    @Override
    public String toString() {
        return "row " + row;
    }
}
