// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.oracle.FastPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The results that the beginning of a number can reach, and the bytes to them. Computed by arithmetic instead of trying texts: n more
 * digits and a power of ten make the number some multiple of a power of ten in an interval of reals, and only finitely many powers are
 * told apart by the marks and steps of a {@link DecimalSide}. Immutable but for what it remembers, equal by content.
 */
@FastPath(oracle = "DecimalLanguageTest")
final class DecimalReach {

    /** A number of bytes within which most numbers are complete. */
    private static final long FEW_BYTES = 16;

    /** Ranges of powers of ten whose bytes are about a unit of work. */
    private static final int RANGES_A_UNIT = 4;

    /** A range of powers of ten, with the least bytes for one more digit and one of these. */
    private record Priced(long low, long high, long least) {}

    private final DecimalSide side;
    private final DigitsRead digits;
    private final DecimalState.Part part;
    /** By text, what follows from powers of ten; whoever writes here writes the same. */
    private final @Nullable PowerRuns[] runs = new PowerRuns[2];

    private long @Nullable [] leasts;
    private @Nullable FewestDigits fewest;

    DecimalReach(DecimalSide side, DigitsRead digits, DecimalState.Part part) {
        this.side = side;
        this.digits = digits;
        this.part = part;
    }

    DecimalSide side() {
        return side;
    }

    DigitsRead digits() {
        return digits;
    }

    DecimalState.Part part() {
        return part;
    }

    /** For each step the least power of ten by which the number read becomes a multiple. */
    private long[] leasts() {
        long[] known = leasts;
        if (known == null) {
            known = new long[side.multiples().size()];
            for (int step = 0; step < known.length; step++) {
                known[step] = digits.least(step, side);
            }
            leasts = known;
        }
        return known;
    }

    /** The result of the text as it is; -1 for none. */
    int now() {
        boolean integerText = part == DecimalState.Part.ZERO || part == DecimalState.Part.WHOLE;
        return part == DecimalState.Part.POINT ? -1 : digits.isZero() ? side.zero(integerText) : moved(integerText, 0);
    }

    /** The result of the number read times a power of ten. */
    private int moved(boolean integerText, long power) {
        Multiples multiples = side.multiples();
        if (!digits.isBetweenWords()) {
            int mark = Arrays.binarySearch(side.marks(), digits.moved(digits.order() + power, side));
            if (mark >= 0) {
                return side.atMark(integerText, mark);
            }
        }
        int set = 0;
        for (int step = 0; step < multiples.size(); step++) {
            set |= power >= leasts()[step] ? 1 << step : 0;
        }
        return side.inGap(integerText, gap(digits.order() + power))[
                multiples.sets().indexOf(set)];
    }

    /** The gap of the number read, followed by zeros, at an order; it is not at a mark. */
    private int gap(long order) {
        if (digits.isBetweenWords()) {
            return side.gap(order, digits.from());
        }
        return -Arrays.binarySearch(side.marks(), digits.moved(order, side)) - 1;
    }

    /** The results by the power of ten by which the number read is multiplied. */
    PowerRuns runs(boolean integerText) {
        int text = integerText ? 1 : 0;
        PowerRuns known = runs[text];
        if (known == null) {
            known = computedRuns(integerText);
            runs[text] = known;
        }
        return known;
    }

    private PowerRuns computedRuns(boolean integerText) {
        if (digits.isZero()) {
            return PowerRuns.of(new TreeSet<>(), power -> side.zero(integerText));
        }
        TreeSet<Long> cuts = new TreeSet<>();
        for (long order : side.orders()) {
            cuts.add(order - digits.order());
            cuts.add(order - digits.order() + 1);
        }
        for (int step = 0; step < side.multiples().size(); step++) {
            long least = leasts()[step];
            if (least != Multiples.NEVER) {
                cuts.add(least);
            }
        }
        return PowerRuns.of(cuts, power -> moved(integerText, power));
    }

    /** True if some number that continues this beginning has a result. */
    boolean isLive(int result) {
        if (digits.isZero() && (side.zero(false) == result || now() == result)) {
            return true;
        }
        // an answer that needs no long sums, and most often the right one
        if (!digits.isZero() && (side.exponents() ? runs(false).has(result) : now() == result)) {
            return true;
        }
        boolean whole = part == DecimalState.Part.WHOLE;
        long low = side.exponents() ? -PowerRuns.FAR : digits.order();
        long high = side.exponents() || whole ? PowerRuns.FAR : digits.order();
        return isLive(false, result, Multiples.DENSE, low, high)
                || (whole && side.isTextual() && isLive(true, result, 0, digits.order(), PowerRuns.FAR));
    }

    private boolean isLive(boolean integerText, int result, long lattice, long low, long high) {
        Multiples multiples = side.multiples();
        if (high == PowerRuns.FAR) {
            int[] outermost = side.inGap(integerText, side.marks().length);
            for (int set = 0; set < outermost.length; set++) {
                if (outermost[set] == result && multiples.exists(set, lattice)) {
                    return true;
                }
            }
        }
        if (low == -PowerRuns.FAR && side.inGap(integerText, 0)[0] == result) {
            return true;
        }
        long[] orders = side.orders();
        boolean bounded = high < PowerRuns.FAR;
        if (!bounded && orders.length == 0) {
            return false;
        }
        long top = bounded ? high : orders[orders.length - 1] + 1;
        if (digits.isZero()) {
            return exists(integerText, result, top, lattice);
        }
        if (low > -PowerRuns.FAR && exists(integerText, result, low, lattice)) {
            return true;
        }
        if (multiples.isEmpty()) {
            return atOrders(integerText, result, lattice, low, top);
        }
        long bottom = multiples.lowest() + digits.depth(side) - digits.zeros();
        bottom = Math.max(low, orders.length == 0 ? bottom : Math.min(bottom, orders[0]));
        for (long order = top; order >= bottom; order--) {
            if (exists(integerText, result, order, lattice)) {
                return true;
            }
        }
        return false;
    }

    private boolean atOrders(boolean integerText, int result, long lattice, long low, long top) {
        long last = Long.MIN_VALUE;
        for (long order : side.orders()) {
            for (long at = Math.max(last + 1, order); at <= order + 1; at++) {
                if (at >= low && at <= top && exists(integerText, result, at, lattice)) {
                    return true;
                }
                last = at;
            }
        }
        return false;
    }

    /** Whether a number that starts with the digits read has an order, is on a lattice and has a result; zero aside. */
    private boolean exists(boolean integerText, int result, long order, long lattice) {
        boolean settled = digits.isBetweenWords();
        if (settled && side.multiples().isEmpty()) {
            return side.inGap(integerText, side.gap(order, digits.from()))[0] == result;
        }
        if (settled && lattice != Multiples.DENSE) {
            return amongMultiples(side.inGap(integerText, side.gap(order, digits.from())), result, order, lattice);
        }
        return inInterval(integerText, result, order, lattice);
    }

    /** As {@link #exists}, where all numbers that start with the digits read are in one gap, which has some results by sets of steps. */
    private boolean amongMultiples(int[] results, int result, long order, long lattice) {
        Multiples multiples = side.multiples();
        long place = order - digits.depth(side);
        for (int set = 0; set < results.length; set++) {
            if (results[set] == result) {
                boolean isPlain =
                        set > 0 && set == multiples.all() && place >= lattice && place >= -multiples.scale(set);
                boolean found = isPlain
                        ? fewest(set).areEnough(place - lattice, lattice)
                        : multiples.exists(set, low(order), false, high(order), lattice, side::poll);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The digits that multiples of all steps need. */
    private FewestDigits fewest(int set) {
        FewestDigits known = fewest;
        if (known == null) {
            known = new FewestDigits(side.multiples(), set, digits.core(), digits.zeros(), side::poll);
            fewest = known;
        }
        return known;
    }

    /** The least number that starts with the digits read and has an order. */
    private BigDecimal low(long order) {
        return digits.moved(order, side);
    }

    /** The least number of an order above all those that start with the digits read. */
    private BigDecimal high(long order) {
        return low(order).add(BigDecimal.ONE.scaleByPowerOfTen((int) (order - digits.depth(side))));
    }

    private boolean inInterval(boolean integerText, int result, long order, long lattice) {
        side.poll(1);
        boolean settled = digits.isBetweenWords();
        BigDecimal low = low(order);
        BigDecimal high = high(order);
        if (settled) {
            return inGap(integerText, result, side.gap(order, digits.from()), low, false, high, lattice);
        }
        BigDecimal[] marks = side.marks();
        int mark = digits.isZero() ? -1 : Arrays.binarySearch(marks, low);
        int gap = digits.isZero() ? 0 : mark >= 0 ? mark + 1 : -mark - 1;
        if (mark >= 0 && side.atMark(integerText, mark) == result && isOn(low, lattice)) {
            return true;
        }
        boolean open = digits.isZero() || mark >= 0;
        for (; ; gap++) {
            boolean last = gap == marks.length || marks[gap].compareTo(high) >= 0;
            if (inGap(integerText, result, gap, low, open, last ? high : marks[gap], lattice)) {
                return true;
            }
            if (last) {
                return false;
            }
            if (side.atMark(integerText, gap) == result && isOn(marks[gap], lattice)) {
                return true;
            }
            low = marks[gap];
            open = true;
        }
    }

    private static boolean isOn(BigDecimal number, long lattice) {
        return lattice == Multiples.DENSE || -(long) number.stripTrailingZeros().scale() >= lattice;
    }

    private boolean inGap(
            boolean integerText, int result, int gap, BigDecimal low, boolean open, BigDecimal high, long lattice) {
        int[] results = side.inGap(integerText, gap);
        Multiples multiples = side.multiples();
        for (int set = 0; set < results.length; set++) {
            if (results[set] == result && multiples.exists(set, low, open, high, lattice, side::poll)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The least number of bytes until a result.
     *
     * @param result one that {@link #isLive}
     */
    int distance(int result) {
        long best = withoutDigits(result);
        for (long bound = firstBound(); ; bound *= 2) {
            long found = distance(result, Math.min(bound, best));
            found = asInteger(result, found);
            if (found < bound || bound >= best) {
                return (int) found;
            }
        }
    }

    /** The fewest further digits before the point that make an integer with a result, if they are below a bound; the bound if not. */
    private long asInteger(int result, long bound) {
        if (!side.isTextual() || part != DecimalState.Part.WHOLE) {
            return bound;
        }
        long n = 1;
        while (n < bound && !exists(true, result, digits.order() + n, 0)) {
            n++;
        }
        return Math.min(n, bound);
    }

    /** A number of bytes within which the number is most often complete: as many as digits alone need, with a point. */
    private long firstBound() {
        int all = side.multiples().all();
        return all > 0 && digits.isBetweenWords()
                ? Math.max(FEW_BYTES, fewest(all).most() + 2L)
                : FEW_BYTES;
    }

    /** The least number of bytes until a result by more digits, if it is below a bound; the bound if not. */
    private long distance(int result, long bound) {
        DecimalCost cost = new DecimalCost(part, side.exponents(), side.isTextual());
        List<Priced> ranges = new ArrayList<>();
        for (long[] range : ranges(bound)) {
            ranges.add(new Priced(range[0], range[1], cost.least(1, range[0], range[1])));
        }
        side.poll(1 + ranges.size() / RANGES_A_UNIT);
        ranges.sort(Comparator.comparingLong(Priced::least));
        long best = bound;
        for (Priced range : ranges) {
            if (range.least >= best) {
                break;
            }
            long digitsNeeded = fewest(result, digits.order() + Math.min(Math.max(0, range.low), range.high), best);
            best = digitsNeeded < best ? Math.min(best, cost.least(digitsNeeded, range.low, range.high)) : best;
        }
        return best;
    }

    /**
     * The fewest further digits, below a bound, with which a number of an order has a result; the bound if there are none. Whatever n digits
     * reach, more digits reach too, with zeros at the end.
     */
    private long fewest(int result, long order, long bound) {
        long low = 1;
        long high = bound;
        if (high <= 1 || !exists(false, result, order, order - digits.depth(side) - (bound - 1))) {
            return bound;
        }
        high = bound - 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (exists(false, result, order, order - digits.depth(side) - middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The bytes until a result by nothing but zeros, a point and an exponent. */
    private long withoutDigits(int result) {
        DecimalCost cost = new DecimalCost(part, side.exponents(), side.isTextual());
        long best = Integer.MAX_VALUE;
        if (digits.isZero()) {
            return now() == result ? 0 : side.zero(false) == result ? (part == DecimalState.Part.ZERO ? 2 : 1) : best;
        }
        boolean whole = part == DecimalState.Part.WHOLE;
        for (int text = whole && side.isTextual() ? 1 : 0; text >= 0; text--) {
            PowerRuns runs = runs(text == 1);
            for (int run = 0; run < runs.size(); run++) {
                if (runs.result(run) == result) {
                    long power = Math.min(Math.max(0, runs.first(run)), runs.last(run));
                    best = Math.min(best, text == 1 ? cost.ofZerosAlone(power) : cost.ofZeros(power));
                }
            }
        }
        return best;
    }

    /**
     * Ranges of powers of ten; in each, all multiples of numbers with so many more digits have the same results, as far as they
     * may cost less than some bytes.
     */
    private List<long[]> ranges(long best) {
        boolean whole = part == DecimalState.Part.WHOLE;
        long digitsMost = Math.max(1, best - 1);
        long exponent = side.exponents() ? (long) Math.pow(10, Math.min(digitsMost, 17)) : 0;
        long low = -exponent;
        long high = exponent + (whole ? digitsMost : 0);
        TreeSet<Long> cuts = new TreeSet<>();
        for (long order : side.orders()) {
            cut(cuts, order, digits.isZero() ? order + digitsMost - 1 : order, low, high);
        }
        Multiples multiples = side.multiples();
        if (!multiples.isEmpty()) {
            long depth = digits.depth(side);
            cut(cuts, multiples.lowest() + depth + 1, multiples.highest() + depth + digitsMost, low, high);
        }
        List<long[]> ranges = new ArrayList<>();
        long next = low;
        for (long cut : cuts) {
            if (cut > next) {
                ranges.add(new long[] {next, cut - 1});
            }
            ranges.add(new long[] {cut, cut});
            next = cut + 1;
        }
        if (next <= high) {
            ranges.add(new long[] {next, high});
        }
        return ranges;
    }

    private void cut(TreeSet<Long> cuts, long firstOrder, long lastOrder, long low, long high) {
        long last = Math.min(lastOrder - digits.order(), high);
        for (long power = Math.max(firstOrder - digits.order(), low); power <= last; power++) {
            cuts.add(power);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DecimalReach that
                && part == that.part
                && digits.equals(that.digits)
                && side.equals(that.side);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * digits.hashCode() + part.hashCode()) + side.hashCode();
    }
}
