// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.work.Deadline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of some tests for the numbers of one sign, by magnitude. The magnitudes that the tests name (marks) cut the rest into
 * open intervals (gaps); in a gap, and at a mark, the result depends only on which steps divide the number, and on whether its text is
 * that of an integer (only draft 4 asks). Immutable but for what it remembers, thread-safe, equal by content.
 *
 * <p>Magnitudes are compared by their order (1 for 1 to 9.99, 0 for 0.1 to 0.99, …) and then by their digits as a
 * fraction. Digits are known by the run of {@code words}, the marks' different digits in lexicographic order, that start
 * with them; an empty run says between which words they are, for ever.
 */
@FastPath(oracle = "DecimalLanguageTest")
final class DecimalSide {

    /** The number of states that a side caches; any number may come up. */
    static final int MAX_STATES = 1 << 12;

    private final boolean exponents;
    private final int fraction;
    private final boolean textual;
    private final BigDecimal[] marks;
    private final long[] orders;
    private final long[] distinctOrders;
    private final int[] wordOfMark;
    private final String[] words;
    private final Multiples multiples;
    /** By text (0: with a point or exponent), then by gap, then by set of steps. */
    private final int[][][] gaps;
    /** By text, then by mark. */
    private final int[][] atMark;
    /** By text. */
    private final int[] zero;

    private final Map<DecimalReach, DecimalState> states = new ConcurrentHashMap<>();
    /** By result; made when it is asked for, by all alike. */
    private final @Nullable NumberAutomaton[] free;

    private final int[] results;
    private final int constant;
    private final int hash;
    /** While nobody else knows of this: until when work must be done. */
    private @Nullable Deadline deadline;

    private DecimalSide(
            List<NumberTest> tests,
            Function<boolean[], Integer> result,
            boolean negative,
            boolean exponents,
            int fraction,
            Limits limits) {
        this.exponents = exponents;
        this.fraction = fraction;
        this.textual = tests.stream()
                .anyMatch(test -> exponents
                        ? test instanceof NumberTest.Integral integral && integral.byText()
                        : test.isOfIntegers());
        this.multiples = new Multiples(steps(tests), limits);
        this.marks = marks(tests, negative).toArray(BigDecimal[]::new);
        this.orders = orders(marks);
        this.distinctOrders = Arrays.stream(orders).distinct().toArray();
        this.words = words(marks);
        this.wordOfMark = wordOfMark(marks, words);
        this.gaps = new int[2][marks.length + 1][];
        this.atMark = new int[2][marks.length];
        this.zero = new int[2];
        Decider decider = new Decider(tests, result, exponents ? result : PointedText.of(tests, result), steps(tests));
        for (int text = 0; text < 2; text++) {
            fill(decider, text, negative);
        }
        this.hash = hash();
        this.results = allResults();
        this.constant = findConstant();
        this.free = new NumberAutomaton[results.length];
    }

    /** A copy without some magnitudes. */
    private DecimalSide(DecimalSide other, Set<BigDecimal> left) {
        this.exponents = other.exponents;
        this.fraction = other.fraction;
        this.textual = other.textual;
        this.multiples = other.multiples;
        TreeSet<BigDecimal> all = new TreeSet<>(Arrays.asList(other.marks));
        left.stream().filter(place -> place.signum() > 0).forEach(all::add);
        this.marks = all.toArray(BigDecimal[]::new);
        this.orders = orders(marks);
        this.distinctOrders = Arrays.stream(orders).distinct().toArray();
        this.words = words(marks);
        this.wordOfMark = wordOfMark(marks, words);
        this.gaps = new int[2][marks.length + 1][];
        this.atMark = new int[2][marks.length];
        this.zero = left.contains(BigDecimal.ZERO) ? new int[] {-1, -1} : other.zero;
        for (int text = 0; text < 2; text++) {
            int gap = 0;
            gaps[text][0] = other.gaps[text][0];
            for (int i = 0; i < marks.length; i++) {
                boolean isOld = gap < other.marks.length && other.marks[gap].equals(marks[i]);
                atMark[text][i] = left.contains(marks[i]) || !isOld ? -1 : other.atMark[text][gap];
                gap += isOld ? 1 : 0;
                gaps[text][i + 1] = other.gaps[text][gap];
            }
        }
        this.hash = hash();
        this.results = allResults();
        this.constant = findConstant();
        this.free = new NumberAutomaton[results.length];
        for (int i = 0; i < free.length; i++) {
            free[i] = other.free[Arrays.binarySearch(other.results, results[i])];
        }
    }

    private static long[] orders(BigDecimal[] marks) {
        return Arrays.stream(marks).mapToLong(DecimalSide::order).toArray();
    }

    private static String[] words(BigDecimal[] marks) {
        return Arrays.stream(marks)
                .map(mark -> mark.unscaledValue().toString())
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    private static int[] wordOfMark(BigDecimal[] marks, String[] words) {
        return Arrays.stream(marks)
                .mapToInt(
                        mark -> Arrays.binarySearch(words, mark.unscaledValue().toString()))
                .toArray();
    }

    private int hash() {
        return Arrays.hashCode(new int[] {
            Boolean.hashCode(exponents),
            fraction,
            Boolean.hashCode(textual),
            Arrays.hashCode(marks),
            multiples.hashCode(),
            Arrays.deepHashCode(gaps),
            Arrays.deepHashCode(atMark),
            Arrays.hashCode(zero)
        });
    }

    /**
     * A side without some numbers.
     *
     * @param left their magnitudes, without trailing zeros
     */
    DecimalSide without(Set<BigDecimal> left) {
        return left.isEmpty() ? this : new DecimalSide(this, left);
    }

    /**
     * The numbers of one sign.
     *
     * @param result what follows from which tests hold; -1 for none
     * @param exponents whether numbers may be written in any spelling; if not, they are plain
     * @param fraction the most digits behind the point, to which a test holds the numbers, too
     */
    static DecimalSide of(
            List<NumberTest> tests,
            Function<boolean[], Integer> result,
            boolean negative,
            boolean exponents,
            int fraction,
            Limits limits) {
        return new DecimalSide(tests, result, negative, exponents, fraction, limits);
    }

    /** Sets the deadline of work from now on; null for none. */
    void keep(@Nullable Deadline kept) {
        deadline = kept;
    }

    /** Counts work on the deadline, or on the meter that runs, and so may end it; to be called before work that may take long. */
    void poll(int units) {
        Deadline kept = deadline;
        if (kept != null) {
            kept.poll();
            return;
        }
        WorkMeter running = WorkMeter.running();
        if (running != null) {
            running.spend(units);
        }
    }

    private static List<BigDecimal> steps(List<NumberTest> tests) {
        Set<BigDecimal> steps = new TreeSet<>();
        for (NumberTest test : tests) {
            if (test instanceof NumberTest.MultipleOf multiple) {
                steps.add(multiple.step());
            } else if (test instanceof NumberTest.Integral integral && !integral.byText()) {
                steps.add(BigDecimal.ONE);
            }
        }
        return List.copyOf(steps);
    }

    private static Set<BigDecimal> marks(List<NumberTest> tests, boolean negative) {
        Set<BigDecimal> marks = new TreeSet<>();
        for (NumberTest test : tests) {
            List<BigDecimal> named = new ArrayList<>();
            if (test instanceof NumberTest.AtLeast bound) {
                named.add(bound.bound());
            } else if (test instanceof NumberTest.Above bound) {
                named.add(bound.bound());
            } else if (test instanceof NumberTest.OneOf constants) {
                named.addAll(constants.values());
            }
            named.stream()
                    .filter(mark -> mark.signum() == (negative ? -1 : 1))
                    .map(BigDecimal::abs)
                    .forEach(marks::add);
        }
        return marks;
    }

    private static long order(BigDecimal magnitude) {
        return (long) magnitude.precision() - magnitude.scale();
    }

    /** The tests, asked of single numbers. */
    private record Decider(
            List<NumberTest> tests,
            Function<boolean[], Integer> result,
            Function<boolean[], Integer> pointed,
            List<BigDecimal> steps) {

        /** The result of numbers around a place that a set of steps divides. */
        int decide(BigDecimal place, boolean exactlyThere, int set, boolean integerText) {
            boolean[] holds = new boolean[tests.size()];
            for (int i = 0; i < holds.length; i++) {
                NumberTest test = tests.get(i);
                if (test instanceof NumberTest.Integral integral) {
                    holds[i] = integral.byText() ? integerText : has(set, BigDecimal.ONE);
                } else if (test instanceof NumberTest.MultipleOf multiple) {
                    holds[i] = has(set, multiple.step());
                } else if (test instanceof NumberTest.AtLeast bound) {
                    holds[i] = place.compareTo(bound.bound()) >= 0;
                } else if (test instanceof NumberTest.Above bound) {
                    holds[i] = place.compareTo(bound.bound()) > 0;
                } else if (test instanceof NumberTest.OneOf constants) {
                    holds[i] = exactlyThere && constants.values().contains(place);
                }
            }
            return (integerText ? result : pointed).apply(holds);
        }

        private boolean has(int set, BigDecimal step) {
            return (set >> steps.indexOf(step) & 1) != 0;
        }
    }

    private void fill(Decider decider, int text, boolean negative) {
        List<Integer> sets = multiples.sets();
        for (int gap = 0; gap <= marks.length; gap++) {
            BigDecimal below = gap == 0 ? BigDecimal.ZERO : marks[gap - 1];
            BigDecimal above = gap == marks.length ? below.add(BigDecimal.ONE) : marks[gap];
            BigDecimal middle = below.add(above).multiply(new BigDecimal("0.5"));
            BigDecimal place = negative ? middle.negate() : middle;
            gaps[text][gap] = new int[sets.size()];
            for (int set = 0; set < sets.size(); set++) {
                gaps[text][gap][set] = decider.decide(place, false, sets.get(set), text == 1);
            }
        }
        for (int i = 0; i < marks.length; i++) {
            BigDecimal place = negative ? marks[i].negate() : marks[i];
            atMark[text][i] = decider.decide(place, true, multiples.dividing(marks[i]), text == 1);
        }
        zero[text] = decider.decide(BigDecimal.ZERO, true, (1 << multiples.size()) - 1, text == 1);
    }

    private int[] allResults() {
        Set<Integer> all = new TreeSet<>();
        for (int text = 0; text < 2; text++) {
            all.add(zero[text]);
            Arrays.stream(atMark[text]).forEach(all::add);
            for (int[] gap : gaps[text]) {
                Arrays.stream(gap).forEach(all::add);
            }
        }
        all.remove(-1);
        return all.stream().mapToInt(i -> i).toArray();
    }

    /** Whether numbers may be written with exponents. */
    boolean exponents() {
        return exponents;
    }

    /** The most digits behind the point. */
    int fraction() {
        return fraction;
    }

    /** Whether some test asks for the text of an integer: no point, no exponent. */
    boolean isTextual() {
        return textual;
    }

    Multiples multiples() {
        return multiples;
    }

    /** The marks' different digits, in lexicographic order. */
    String[] words() {
        return words;
    }

    /** The marks, ascending. */
    BigDecimal[] marks() {
        return marks;
    }

    /** The orders that marks have, ascending. */
    long[] orders() {
        return distinctOrders;
    }

    /** Results that numbers of this sign may have. */
    int[] results() {
        return results;
    }

    /** The result of zero; -1 for none. */
    int zero(boolean integerText) {
        return zero[integerText ? 1 : 0];
    }

    /** The result at a mark; -1 for none. */
    int atMark(boolean integerText, int mark) {
        return atMark[integerText ? 1 : 0][mark];
    }

    /** The results in a gap, by the index of a set of steps; -1 for none. */
    int[] inGap(boolean integerText, int gap) {
        return gaps[integerText ? 1 : 0][gap];
    }

    /** The gap of magnitudes of an order whose digits are between two words. */
    int gap(long order, int word) {
        int low = 0;
        int high = marks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean below = orders[middle] < order || (orders[middle] == order && wordOfMark[middle] < word);
            low = below ? middle + 1 : low;
            high = below ? high : middle;
        }
        return low;
    }

    /** The states after digits that are remembered; no more than {@link #MAX_STATES}, or a few more in a race. */
    Map<DecimalReach, DecimalState> states() {
        return states;
    }

    /** The one result that all numbers of this sign have, 0 aside; -1 if they do not have the same. */
    int constant() {
        return constant;
    }

    private int findConstant() {
        int first = gaps[0][0][0];
        for (int text = 0; text < 2; text++) {
            for (int mark : atMark[text]) {
                first = mark == first ? first : -1;
            }
            for (int[] gap : gaps[text]) {
                for (int result : gap) {
                    first = result == first ? first : -1;
                }
            }
        }
        return first;
    }

    /**
     * After some text of a number whose result is settled: a state shared by all schemas.
     *
     * @param text the start of a number that leads to the wanted place in JSON's grammar of numbers
     */
    NumberState settled(int result, String text) {
        int number = Arrays.binarySearch(results, result);
        NumberAutomaton automaton = free[number];
        if (automaton == null) {
            automaton = NumberTable.free(result, exponents);
            free[number] = automaton;
        }
        int row = 0;
        for (char c : text.toCharArray()) {
            row = automaton.next(row, c);
        }
        return automaton.state(row);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof DecimalSide that
                        && hash == that.hash
                        && exponents == that.exponents
                        && fraction == that.fraction
                        && textual == that.textual
                        && multiples.equals(that.multiples)
                        && Arrays.equals(marks, that.marks)
                        && Arrays.deepEquals(gaps, that.gaps)
                        && Arrays.deepEquals(atMark, that.atMark)
                        && Arrays.equals(zero, that.zero));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
