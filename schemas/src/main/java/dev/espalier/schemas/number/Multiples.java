// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.work.LimitShare;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of some positive steps ({@code multipleOf}), and the sets of them that can divide a number. A set is a bit mask over
 * the steps. Only sets that are closed occur: a step that divides the least common multiple of a set belongs to it. Immutable but for what it remembers, thread-safe,
 * equal by the steps.
 */
@FastPath(oracle = "DecimalLanguageTest")
final class Multiples {

    /** A lattice finer than any: all decimals. */
    static final long DENSE = Long.MIN_VALUE;

    /** No power of ten makes it a multiple. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int MAX_STEPS = 30;

    /** The weight of a set of steps. */
    private static final int WEIGHT = 480;

    /** The most places of which something is kept; a few more in a race. */
    private static final int MAX_KEPT = 1 << 10;

    /** Products of words of 32 bits that are about a unit of work. */
    private static final int PRODUCTS_A_UNIT = 128;

    /** A set and a power of ten. */
    private record Place(int index, long tens) {}

    /**
     * The multiples of a set on a lattice.
     *
     * @param avoided by what each step outside the set is a multiple of {@code common}; null if some step divides {@code common}
     */
    private record OnLattice(BigDecimal common, @Nullable List<BigInteger> avoided) {}

    private final List<BigDecimal> steps;
    private final List<Integer> sets = new ArrayList<>();
    private final List<BigDecimal> leasts = new ArrayList<>();
    private final Map<Place, BigInteger> units = new ConcurrentHashMap<>();
    private final Map<Place, OnLattice> lattices = new ConcurrentHashMap<>();
    /** By step, its digits without factors of ten. */
    private final List<BigInteger> odds = new ArrayList<>();

    private final BigInteger modulus;
    private final long lowest;
    private final long highest;
    private final int all;

    /**
     * The multiples of some steps.
     *
     * @param steps positive, without trailing zeros, all different
     * @throws LimitExceededException if too many sets of steps can be told apart
     */
    Multiples(List<BigDecimal> steps, Limits limits) {
        LimitShare most = new LimitShare("maxAutomatonStates", limits.maxAutomatonStates(), WEIGHT);
        this.steps = List.copyOf(steps);
        if (steps.size() > MAX_STEPS) {
            throw most.exceeded(1L << MAX_STEPS);
        }
        BigInteger common = BigInteger.ONE;
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (BigDecimal step : steps) {
            BigInteger unit = step.unscaledValue();
            common = lcm(common, unit);
            low = Math.min(low, -(long) step.scale());
            long twos = valuation(unit, 2);
            long fives = valuation(unit, 5);
            high = Math.max(high, -(long) step.scale() + Math.max(twos, fives));
            odds.add(unit.divide(tens(twos, fives)));
        }
        this.modulus = common;
        this.lowest = low;
        this.highest = high;
        sets.add(0);
        leasts.add(BigDecimal.ZERO);
        Set<Integer> known = new HashSet<>(sets);
        WorkMeter meter = WorkMeter.running();
        for (int i = 0; i < sets.size(); i++) {
            for (int step = 0; step < steps.size(); step++) {
                if ((sets.get(i) >> step & 1) == 0 && !known.contains(sets.get(i) | 1 << step)) {
                    if (meter != null) {
                        meter.spend(steps.size());
                    }
                    BigDecimal least = i == 0 ? steps.get(step) : lcm(leasts.get(i), steps.get(step));
                    int larger = dividing(least);
                    if (known.add(larger)) {
                        sets.add(larger);
                        leasts.add(least);
                    }
                }
            }
            most.check(sets.size());
        }
        this.all = sets.indexOf((1 << steps.size()) - 1);
    }

    private static BigInteger lcm(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    /** By what a number must be multiplied to become a multiple of a step. No power of ten is written out that can be left out. */
    private static BigInteger quotient(BigDecimal step, BigDecimal number) {
        BigInteger unit = step.unscaledValue();
        BigInteger other = number.unscaledValue();
        long tens = (long) step.scale() - number.scale();
        if (tens >= 0) {
            BigInteger rest = other.multiply(BigInteger.TEN.modPow(BigInteger.valueOf(tens), unit));
            return unit.divide(unit.gcd(rest));
        }
        BigInteger moved = unit.multiply(BigInteger.TEN.pow(Math.toIntExact(-tens)));
        return moved.divide(moved.gcd(other));
    }

    private static BigDecimal lcm(BigDecimal a, BigDecimal b) {
        int scale = Math.max(a.scale(), b.scale());
        BigInteger common =
                lcm(a.setScale(scale).unscaledValue(), b.setScale(scale).unscaledValue());
        return new BigDecimal(common, scale).stripTrailingZeros();
    }

    private static long valuation(BigInteger number, int prime) {
        long count = 0;
        BigInteger divisor = BigInteger.valueOf(prime);
        BigInteger[] parts = number.divideAndRemainder(divisor);
        while (parts[1].signum() == 0) {
            count++;
            parts = parts[0].divideAndRemainder(divisor);
        }
        return count;
    }

    /** The least common multiple of a set's, without trailing zeros, and of a power of ten. */
    private BigDecimal onLattice(int index, long lattice) {
        BigDecimal multiple = leasts.get(index);
        if (lattice == DENSE || -(long) multiple.scale() >= lattice) {
            return multiple;
        }
        return new BigDecimal(unit(index, lattice + multiple.scale())).scaleByPowerOfTen((int) lattice);
    }

    /** The digits after the point that the least common multiple of a set has; negative for zeros before it. */
    long scale(int index) {
        return leasts.get(index).scale();
    }

    /**
     * The digits of the least common multiple of a set, over what they have in common with a power of ten.
     *
     * @param index not that of the empty set
     * @param tens the power, not negative
     */
    BigInteger unit(int index, long tens) {
        BigInteger unit = leasts.get(index).unscaledValue();
        // no power of 2 or 5 in the unit is higher than the unit is long
        Place place = new Place(index, Math.min(tens, unit.bitLength()));
        BigInteger known = units.get(place);
        if (known == null) {
            known = unit.divide(unit.gcd(BigInteger.TEN.pow((int) place.tens)));
            keep(units, place, known);
        }
        return known;
    }

    private static <T> void keep(Map<Place, T> map, Place place, T value) {
        if (map.size() >= MAX_KEPT) {
            map.clear();
        }
        map.put(place, value);
    }

    /** Units of work for a product of two numbers, or for a division with this divisor and quotient. */
    static int units(BigInteger a, BigInteger b) {
        return 1 + (a.bitLength() / Integer.SIZE) * (b.bitLength() / Integer.SIZE) / PRODUCTS_A_UNIT;
    }

    /** The index of the set of all steps, whose multiples need avoid none. */
    int all() {
        return all;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    int size() {
        return steps.size();
    }

    /** The sets of steps that are all that divides some number other than 0. The first is empty. */
    List<Integer> sets() {
        return sets;
    }

    /**
     * Small digits that stand for others, which do not end with 0, and neither do these: moved and continued alike, both are
     * multiples of the same steps.
     */
    BigInteger standIn(BigInteger digits) {
        BigInteger rest = digits.mod(modulus);
        return rest.mod(BigInteger.TEN).signum() == 0 ? rest.add(modulus) : rest;
    }

    /** Only a number with a digit other than 0 in a place 10^p has no divisor if p is below this. */
    long lowest() {
        return lowest;
    }

    /** From this place on, moving digits up by a place changes no divisor. */
    long highest() {
        return highest;
    }

    /** The steps that divide a number. */
    int dividing(BigDecimal number) {
        int set = 0;
        for (int i = 0; i < steps.size(); i++) {
            set |= number.remainder(steps.get(i)).signum() == 0 ? 1 << i : 0;
        }
        return set;
    }

    /**
     * The least power of ten that makes some digits a multiple of a step.
     *
     * @param digits positive, not a multiple of ten
     * @return t such that exactly {@code digits} times 10^t, 10^(t+1), … are multiples; {@link #NEVER} if none is
     */
    long least(int step, BigInteger digits) {
        if (digits.mod(odds.get(step)).signum() != 0) {
            return NEVER;
        }
        BigInteger unit = steps.get(step).unscaledValue();
        BigInteger rest = unit.divide(unit.gcd(digits));
        return Math.max(valuation(rest, 2), valuation(rest, 5))
                - steps.get(step).scale();
    }

    private static BigInteger tens(long twos, long fives) {
        return BigInteger.valueOf(5).pow((int) fives).shiftLeft((int) twos);
    }

    /**
     * Whether a number in an interval is a multiple of exactly a set's steps.
     *
     * @param index the index of the set
     * @param from not negative; excluded if {@code open}
     * @param to excluded
     * @param lattice the number must be a multiple of 10 to this power; {@link #DENSE} for any decimal
     * @param clock told units of work now and then, to end what takes too long
     */
    boolean exists(int index, BigDecimal from, boolean open, BigDecimal to, long lattice, IntConsumer clock) {
        if (index == 0 && lattice == DENSE) {
            return from.compareTo(to) < 0;
        }
        if (leasts.get(index).compareTo(to) >= 0) {
            return false;
        }
        OnLattice multiples = multiples(index, lattice);
        BigDecimal common = multiples.common;
        BigInteger first = from.divide(common, 0, RoundingMode.CEILING).toBigInteger();
        if (open && common.multiply(new BigDecimal(first)).compareTo(from) == 0) {
            first = first.add(BigInteger.ONE);
        }
        BigInteger last =
                to.divide(common, 0, RoundingMode.CEILING).toBigInteger().subtract(BigInteger.ONE);
        clock.accept(2 * units(last, common.unscaledValue()));
        return multiples.avoided != null && avoids(multiples.avoided, first, last, clock);
    }

    private OnLattice multiples(int index, long lattice) {
        Place place = new Place(index, lattice);
        OnLattice known = lattices.get(place);
        if (known == null) {
            BigDecimal common =
                    index == 0 ? BigDecimal.ONE.scaleByPowerOfTen((int) lattice) : onLattice(index, lattice);
            known = new OnLattice(common, avoided(sets.get(index), common));
            keep(lattices, place, known);
        }
        return known;
    }

    private @Nullable List<BigInteger> avoided(int set, BigDecimal common) {
        List<BigInteger> avoided = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if ((set >> i & 1) == 0) {
                BigInteger every = quotient(steps.get(i), common);
                if (every.equals(BigInteger.ONE)) {
                    return null;
                }
                avoided.add(every);
            }
        }
        return avoided;
    }

    /** Whether one of some whole numbers is a multiple of none of some others. */
    private boolean avoids(List<BigInteger> avoided, BigInteger first, BigInteger last, IntConsumer clock) {
        // Kanold's bound of Jacobsthal's function: of 2^k integers in a row, one is a multiple of none of k numbers
        // above 1
        for (BigInteger factor = first; factor.compareTo(last) <= 0; factor = factor.add(BigInteger.ONE)) {
            BigInteger at = factor;
            clock.accept(units(at, modulus));
            if (avoided.stream().noneMatch(every -> at.mod(every).signum() == 0)) {
                return true;
            }
        }
        return false;
    }

    /** Whether some multiple of 10 to a power is a multiple of exactly a set's steps. */
    boolean exists(int index, long lattice) {
        if (lattice == DENSE) {
            return true;
        }
        BigDecimal fine = BigDecimal.ONE.scaleByPowerOfTen((int) lattice);
        return dividing(index == 0 ? fine : onLattice(index, lattice)) == sets.get(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiples that && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }
}
