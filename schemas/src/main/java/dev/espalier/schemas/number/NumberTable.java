// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.WorkMeter;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.characters.EqualStates;
import dev.espalier.schemas.characters.Predecessors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A construction of a {@link NumberAutomaton}: the product of JSON's grammar of numbers and the readers of some tests, on plain spellings
 * ({@code -12.50}). An integer that a test asks for is digits alone, as {@link PointedText} says. With exponents there are tables of all
 * numbers only: other demands on any spelling, and tests too large for a table, are for {@link DecimalLanguage}.
 */
@FastPath(oracle = "NumberTableTest")
public final class NumberTable {

    /** All numbers in all spellings, with result 0. */
    static final NumberAutomaton ANY = free(0, true);

    /** Readers asked for all symbols in a unit of work. */
    private static final int READERS_A_UNIT = 4;

    /** Rows of one automaton. */
    private static final int MAX_ROWS = 1 << 16;

    /** Up to here equal rows are merged. */
    private static final int MAX_MINIMISED = 1 << 12;

    private static final int START = 0;
    private static final int MINUS = 1;
    private static final int ZERO = 2;
    private static final int WHOLE = 3;
    private static final int POINT = 4;
    private static final int FRACTION = 5;
    private static final int EXPONENT = 6;
    private static final int SIGNED = 7;
    private static final int POWER = 8;

    private final NumberReader[] readers;
    /** By test its reader, and its step where it is one of several that a reader of remainders decides. */
    private final int[] readerOf;

    private final long[] steps;
    private final boolean exponents;
    private final IntArrayIndex rows = new IntArrayIndex();

    private NumberTable(List<NumberTest> tests, boolean exponents) {
        this.readerOf = new int[tests.size()];
        this.steps = new long[tests.size()];
        this.readers = readers(tests);
        this.exponents = exponents;
    }

    /** A reader for each test; multiples of several steps are read as those of the least that all of them divide. */
    private NumberReader[] readers(List<NumberTest> tests) {
        List<NumberReader> made = new ArrayList<>();
        for (int test = 0; test < readerOf.length; test++) {
            NumberReader reader = NumberReader.of(tests.get(test));
            readerOf[test] = made.size();
            if (tests.get(test) instanceof NumberTest.MultipleOf multiple) {
                steps[test] = NumberReader.Remainder.unscaled(multiple.step()).longValueExact();
            }
            for (int other = 0; other < made.size() && readerOf[test] == made.size(); other++) {
                NumberReader.Remainder both = reader instanceof NumberReader.Remainder one
                                && made.get(other) instanceof NumberReader.Remainder before
                        ? before.and(one)
                        : null;
                if (both != null) {
                    made.set(other, both);
                    readerOf[test] = other;
                }
            }
            if (readerOf[test] == made.size()) {
                made.add(reader);
            }
        }
        return made.toArray(NumberReader[]::new);
    }

    private boolean holds(int test, int[] row) {
        int state = row[readerOf[test] + 1];
        return readers[readerOf[test]] instanceof NumberReader.Remainder remainder
                ? remainder.holds(state, steps[test])
                : readers[readerOf[test]].holds(state);
    }

    /**
     * The automaton of some tests.
     *
     * @param result what follows from which tests hold; -1 for none
     */
    public static NumberAutomaton build(List<NumberTest> tests, Function<boolean[], Integer> result) {
        return java.util.Objects.requireNonNull(plain(tests, result));
    }

    private static @Nullable NumberAutomaton plain(List<NumberTest> tests, Function<boolean[], Integer> result) {
        return new NumberTable(tests, false).build(result, PointedText.of(tests, result));
    }

    /** The automaton of some tests; null if it would be too large. */
    static @Nullable NumberAutomaton small(List<NumberTest> tests, Function<boolean[], Integer> result) {
        return tests.stream().allMatch(NumberReader::isSmall) && remainders(tests) <= MAX_ROWS
                ? plain(tests, result)
                : null;
    }

    /** A lower bound on the rows that distinguish remainders: integers leave all of them. */
    private static long remainders(List<NumberTest> tests) {
        BigInteger all = BigInteger.ONE;
        for (NumberTest test : tests) {
            if (test instanceof NumberTest.MultipleOf multiple && all.bitLength() < Integer.SIZE) {
                BigDecimal step = multiple.step();
                BigInteger each = step.setScale(Math.max(0, step.scale())).unscaledValue();
                all = all.divide(all.gcd(each)).multiply(each);
            }
        }
        return all.bitLength() < Long.SIZE ? all.longValue() : Long.MAX_VALUE;
    }

    /** All numbers, with one result; without exponents if told so. */
    static NumberAutomaton free(int result, boolean exponents) {
        Function<boolean[], Integer> all = holds -> result;
        return java.util.Objects.requireNonNull(new NumberTable(List.of(), exponents).build(all, all));
    }

    private @Nullable NumberAutomaton build(Function<boolean[], Integer> result, Function<boolean[], Integer> pointed) {
        int[] start = new int[readers.length + 1];
        row(start);
        List<int[]> next = new ArrayList<>();
        WorkMeter meter = WorkMeter.running();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.size() > MAX_ROWS) {
                return null;
            }
            if (meter != null) {
                meter.spend(1 + readers.length / READERS_A_UNIT);
            }
            int[] row = rows.get(i);
            int[] targets = new int[NumberAutomaton.SYMBOLS];
            for (int symbol = 0; symbol < NumberAutomaton.SYMBOLS; symbol++) {
                targets[symbol] = target(row, symbol);
            }
            next.add(targets);
        }
        int[] outcome = new int[rows.size()];
        Arrays.setAll(outcome, i -> outcome(rows.get(i), rows.get(i)[0] == FRACTION ? pointed : result));
        return finish(next, outcome);
    }

    private int row(int[] row) {
        return rows.add(row);
    }

    private int target(int[] row, int symbol) {
        int phase = phase(row, symbol);
        if (phase < 0) {
            return -1;
        }
        int[] next = row.clone();
        next[0] = phase;
        if (phase < EXPONENT) {
            for (int r = 0; r < readers.length; r++) {
                next[r + 1] = readers[r].step(row[r + 1], symbol);
            }
        }
        return row(next);
    }

    private int phase(int[] row, int symbol) {
        boolean digit = symbol < 10;
        switch (row[0]) {
            case START -> {
                return symbol == NumberReader.MINUS ? MINUS : symbol == 0 ? ZERO : digit ? WHOLE : -1;
            }
            case MINUS -> {
                return symbol == 0 ? ZERO : digit ? WHOLE : -1;
            }
            case ZERO, WHOLE, FRACTION -> {
                if (digit) {
                    return row[0] == ZERO ? -1 : row[0];
                }
                boolean point = symbol == NumberReader.POINT && row[0] != FRACTION;
                return point ? POINT : symbol == 12 && exponents ? EXPONENT : -1;
            }
            case POINT -> {
                return digit ? FRACTION : -1;
            }
            case EXPONENT -> {
                boolean sign = symbol == 13 || symbol == NumberReader.MINUS;
                return digit ? POWER : sign ? SIGNED : -1;
            }
            default -> {
                return digit ? POWER : -1;
            }
        }
    }

    private int outcome(int[] row, Function<boolean[], Integer> result) {
        if (row[0] != ZERO && row[0] != WHOLE && row[0] != FRACTION && row[0] != POWER) {
            return -1;
        }
        boolean[] holds = new boolean[readerOf.length];
        for (int test = 0; test < holds.length; test++) {
            holds[test] = holds(test, row);
        }
        return result.apply(holds);
    }

    /** The table without rows that lead nowhere, and, if it is not too large, without two that are alike. */
    static NumberAutomaton finish(List<int[]> next, int[] outcome) {
        BitSet live = Predecessors.of(outcome.length, next::get, 0, 1).leading(row -> outcome[row] >= 0);
        if (!live.get(0)) {
            return new NumberAutomaton(new int[0], new int[0]);
        }
        boolean merge = outcome.length <= MAX_MINIMISED;
        int[] names = new int[outcome.length];
        Arrays.setAll(names, i -> !live.get(i) ? -1 : merge ? outcome[i] + 1 : i);
        return numbered(next, outcome, merge ? EqualStates.of(ranges(next), names) : names);
    }

    /** Rows of targets as ranges: first and last symbol and target in turn. */
    private static List<int[]> ranges(List<int[]> next) {
        List<int[]> ranges = new ArrayList<>(next.size());
        for (int[] row : next) {
            int[] triples = new int[3 * row.length];
            int size = 0;
            for (int symbol = 0; symbol < row.length; symbol++) {
                if (row[symbol] >= 0) {
                    triples[size++] = symbol;
                    triples[size++] = symbol;
                    triples[size++] = row[symbol];
                }
            }
            ranges.add(Arrays.copyOf(triples, size));
        }
        return ranges;
    }

    private static NumberAutomaton numbered(List<int[]> next, int[] outcome, int[] block) {
        int[] number = new int[block.length];
        Arrays.fill(number, -1);
        int[] order = new int[block.length];
        int size = 1;
        number[block[0]] = 0;
        int[] flat = new int[block.length * NumberAutomaton.SYMBOLS];
        for (int i = 0; i < size; i++) {
            int[] targets = next.get(order[i]);
            for (int symbol = 0; symbol < targets.length; symbol++) {
                int name = targets[symbol] < 0 ? -1 : block[targets[symbol]];
                if (name >= 0 && number[name] < 0) {
                    number[name] = size;
                    order[size++] = targets[symbol];
                }
                flat[i * NumberAutomaton.SYMBOLS + symbol] = name < 0 ? -1 : number[name];
            }
        }
        int[] outcomes = new int[size];
        Arrays.setAll(outcomes, i -> outcome[order[i]]);
        return new NumberAutomaton(Arrays.copyOf(flat, size * NumberAutomaton.SYMBOLS), outcomes);
    }
}
