package dev.espalier.automata;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bounded repetition of a small body that only reads bytes and whose texts are never the beginning of one another
 * (one character of a class, a pair of digits): the place in the body and the number of iterations together are a row of
 * a table that is never written down. Row = row of the body × (greatest count + 1) + count.
 */
final class CountedRows implements ByteTable {

    private static final int MAX_BODY_ROWS = 64;

    private final RuleFrame body;
    private final int bodyStart;
    private final int bodyLength;
    private final int min;
    private final int max;
    /** The count up to which rows differ: {@code max}, or the least count where there is no greatest. */
    private final int span;

    private CountedRows(RuleState bodyStart, int bodyLength, int min, int max) {
        this.body = bodyStart.frame();
        this.bodyStart = bodyStart.row();
        this.bodyLength = bodyLength;
        this.min = min;
        this.max = max;
        this.span = max == CounterState.UNLIMITED ? Math.max(1, min) : max;
    }

    /** The start state; null when the body is not of this kind, or the rows would not fit in a number. */
    static @Nullable State start(RuleState bodyStart, int bodyLength, int min, int max) {
        if (!isSimple(bodyStart)) {
            return null;
        }
        CountedRows rows = new CountedRows(bodyStart, bodyLength, min, max);
        boolean fits = (MAX_BODY_ROWS + 1L) * (rows.span + 1L) < Integer.MAX_VALUE;
        return fits ? rows.new Row(rows.bodyStart, 0) : null;
    }

    /** Whether all rows of a body are few, read bytes only, and end where nothing follows. */
    private static boolean isSimple(RuleState start) {
        Set<Integer> seen = new HashSet<>();
        ArrayDeque<Integer> pending = new ArrayDeque<>();
        seen.add(start.row());
        pending.add(start.row());
        while (!pending.isEmpty()) {
            int row = pending.remove();
            RuleMoves moves = start.frame().ruleState(row).ruleMoves();
            boolean ends = start.frame().results(row).length > 0;
            if (!moves.isPlain() || (ends && !moves.isEmpty()) || row >= MAX_BODY_ROWS) {
                return false;
            }
            for (int value = 0; value < State.SPECIAL; value++) {
                int next = moves.next(value);
                if (next == start.row()) {
                    return false;
                }
                if (next >= 0 && seen.add(next)) {
                    pending.add(next);
                }
            }
        }
        return true;
    }

    @Override
    public int row(State state) {
        Row row = (Row) state;
        return row.bodyRow * (span + 1) + row.count;
    }

    @Override
    public State state(int row) {
        return new Row(row / (span + 1), row % (span + 1));
    }

    @Override
    public int next(int row, int symbol) {
        int bodyRow = row / (span + 1);
        int count = row - bodyRow * (span + 1);
        if (bodyRow == bodyStart && count == max) {
            return -1;
        }
        int next = body.next(bodyRow, symbol);
        if (next < 0) {
            return -1;
        } else if (body.results(next).length > 0) {
            return bodyStart * (span + 1) + Math.min(span, count + 1);
        }
        return next * (span + 1) + count;
    }

    @Override
    public boolean isPlain(int row) {
        return true;
    }

    @Override
    public int[] results(int row) {
        int count = row % (span + 1);
        boolean ends = row / (span + 1) == bodyStart && count >= min && count > 0;
        return ends ? State.RESULT_ZERO : State.NO_RESULTS;
    }

    /** A place in the body, and how many iterations are complete. */
    private final class Row implements State {

        private final int bodyRow;
        private final int count;

        Row(int bodyRow, int count) {
            this.bodyRow = bodyRow;
            this.count = count;
        }

        @Override
        public void moves(int symbol, Moves moves) {
            if (symbol < SPECIAL) {
                int next = next(row(this), symbol);
                if (next >= 0) {
                    moves.stay(state(next));
                }
            }
        }

        @Override
        public boolean mayRead(int symbol) {
            return symbol < SPECIAL && next(row(this), symbol) >= 0;
        }

        @Override
        public int[] results() {
            return CountedRows.this.results(row(this));
        }

        @Override
        public void resume(int result, Moves moves) {
            moves.stay(this);
        }

        @Override
        public int distance(int result) {
            if (result != 0) {
                return Integer.MAX_VALUE;
            }
            long length = bodyRow == bodyStart
                    ? (long) Math.max(min - count, count == 0 ? 1 : 0) * bodyLength
                    : body.state(bodyRow).distance(0) + (long) Math.max(0, min - count - 1) * bodyLength;
            return (int) Math.min(length, Integer.MAX_VALUE - 1);
        }

        @Override
        public State within(Horizon horizon) {
            int reachable = horizon.bytes() / bodyLength + 1;
            int low = Math.max(1, min);
            if (count >= low && count > low && (max == CounterState.UNLIMITED || max - count > reachable)) {
                return new Row(bodyRow, low);
            }
            return count > 1 && min - count > reachable ? new Row(bodyRow, 1) : this;
        }

        @Override
        public ByteTable table() {
            return CountedRows.this;
        }

        @Override
        public Object key() {
            int possible = max == CounterState.UNLIMITED ? CounterState.UNLIMITED : max - count;
            return new Key(
                    body.state(bodyStart).key(),
                    body.state(bodyRow).key(),
                    Math.max(0, min - count),
                    possible,
                    count > 0);
        }

        private CountedRows rows() {
            return CountedRows.this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && rows() == row.rows() && bodyRow == row.bodyRow && count == row.count;
        }

        @Override
        public int hashCode() {
            return Objects.hash(System.identityHashCode(rows()), bodyRow, count);
        }

        @Override
        public String toString() {
            return "row " + bodyRow + " of iteration " + count;
        }
    }

    private record Key(Object body, Object place, int needed, int possible, boolean started) {}
}
