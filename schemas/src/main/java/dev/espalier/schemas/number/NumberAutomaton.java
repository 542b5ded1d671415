// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.Predecessors;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The texts of JSON numbers, each with a result, as a table over bytes. Row 0 is the start; every row can still reach a
 * result. Immutable, equal by content.
 */
@FastPath(oracle = "NumberAutomatonTest")
public final class NumberAutomaton implements NumberLanguage {

    /** Digits 0 to 9, then minus, point, e or E, plus. */
    static final int SYMBOLS = 14;

    private static final int EXPONENT = 12;

    /** The number of rows up to which alike ones are sought. */
    private static final int MAX_ALIKE = 256;

    private static final byte[] SYMBOL = new byte[256];

    static {
        Arrays.fill(SYMBOL, (byte) -1);
        for (int digit = 0; digit < 10; digit++) {
            SYMBOL['0' + digit] = (byte) digit;
        }
        SYMBOL['-'] = NumberReader.MINUS;
        SYMBOL['.'] = NumberReader.POINT;
        SYMBOL['e'] = EXPONENT;
        SYMBOL['E'] = EXPONENT;
        SYMBOL['+'] = 13;
    }

    private final int[] next;
    private final int[] outcome;
    private final Reach[] reach;
    private final NumberState[] states;
    private final int hash;
    private final boolean exponents;
    /** By a number of bytes, the first row that each is like. */
    private final Map<Integer, int[]> alike = new ConcurrentHashMap<>(2);

    /**
     * A table.
     *
     * @param next the row after each symbol, {@link #SYMBOLS} a row; -1 for none
     * @param outcome the result with which each row may end; -1 for none
     */
    NumberAutomaton(int[] next, int[] outcome) {
        this.next = next;
        this.outcome = outcome;
        this.hash = 31 * Arrays.hashCode(next) + Arrays.hashCode(outcome);
        this.exponents = IntStream.range(0, outcome.length).anyMatch(row -> next[row * SYMBOLS + EXPONENT] >= 0);
        this.reach = distances(next, outcome);
        this.states = new NumberState[outcome.length];
        Arrays.setAll(states, row -> new NumberState(this, row));
    }

    private static Reach[] distances(int[] next, int[] outcome) {
        Reach[] reach = new Reach[outcome.length];
        Arrays.fill(reach, Reach.NONE);
        Predecessors predecessors = Predecessors.of(
                outcome.length, row -> Arrays.copyOfRange(next, row * SYMBOLS, (row + 1) * SYMBOLS), 0, 1);
        Map<Reach, Reach> shared = new HashMap<>();
        int[] results = Arrays.stream(outcome)
                .filter(result -> result >= 0)
                .sorted()
                .distinct()
                .toArray();
        for (int result : results) {
            int[] steps = predecessors.steps(row -> outcome[row] == result);
            for (int row = 0; row < reach.length; row++) {
                if (steps[row] < Integer.MAX_VALUE) {
                    Reach more = reach[row].or(result, steps[row]);
                    reach[row] = shared.computeIfAbsent(more, same -> same);
                }
            }
        }
        return reach;
    }

    /** Estimated bytes of this. */
    long bytes() {
        return 200L + outcome.length * (4L * SYMBOLS + 80);
    }

    @Override
    public Reach reach() {
        return outcome.length == 0 ? Reach.NONE : reach[0];
    }

    @Override
    public State start() {
        return states[0];
    }

    /** The results that can be reached from a row. */
    Reach reach(int row) {
        return reach[row];
    }

    /** The result with which a row may end; -1 for none. */
    int outcome(int row) {
        return outcome[row];
    }

    /** The row after one of {@link #SYMBOLS}; -1 for none. */
    int after(int row, int symbol) {
        return next[row * SYMBOLS + symbol];
    }

    /** Whether numbers may have an exponent. */
    public boolean hasExponents() {
        return exponents;
    }

    /** The state of a row. */
    public NumberState state(int row) {
        return states[row];
    }

    /**
     * The first row that is like another one for so many further bytes: equal results are as far, on all ways. Digits far from their bound are
     * so all one. Cost: a look at all rows for each byte, the first time; none for large tables.
     */
    NumberState like(int row, int bytes) {
        if (exponents || outcome.length > MAX_ALIKE) {
            return states[row];
        }
        return states[alike.computeIfAbsent(Math.min(bytes, outcome.length), this::alike)[row]];
    }

    private int[] alike(int bytes) {
        int[] first = new int[outcome.length];
        Map<List<Object>, Integer> known = new HashMap<>();
        for (int row = 0; row < first.length; row++) {
            first[row] = numbered(known, List.of(outcome[row], reach[row]), row);
        }
        for (int n = 0; n < bytes; n++) {
            known.clear();
            int[] finer = new int[first.length];
            for (int row = 0; row < first.length; row++) {
                List<Object> key = new ArrayList<>(SYMBOLS + 1);
                key.add(first[row]);
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    int to = after(row, symbol);
                    key.add(to < 0 ? -1 : first[to]);
                }
                finer[row] = numbered(known, key, row);
            }
            if (Arrays.equals(finer, first)) {
                break;
            }
            first = finer;
        }
        return first;
    }

    private static int numbered(Map<List<Object>, Integer> known, List<Object> key, int row) {
        Integer before = known.putIfAbsent(key, row);
        return before == null ? row : before;
    }

    /** The row after a byte; -1 when it is dead. */
    public int next(int row, int symbol) {
        int column = symbol < 256 ? SYMBOL[symbol] : -1;
        return column < 0 ? -1 : next[row * SYMBOLS + column];
    }

    /** The results with which a row may end. */
    public int[] results(int row) {
        return outcome[row] < 0 ? State.NO_RESULTS : EndState.of(outcome[row]).results();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof NumberAutomaton that
                        && hash == that.hash
                        && Arrays.equals(outcome, that.outcome)
                        && Arrays.equals(next, that.next));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
