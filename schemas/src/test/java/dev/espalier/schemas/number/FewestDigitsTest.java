// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.AllotmentSpentException;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.schemas.atom.NumberTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Distances of numbers to multiples of long steps, and the work that they take. */
class FewestDigitsTest {

    private static final long SEED = 20261125;

    /** A length that no compared number is away from its end. */
    private static final int MOST = 4;

    private static DecimalSide side(boolean exponents, NumberTest... tests) {
        int fraction = DigitBounds.NONE.fraction();
        return DecimalSide.of(List.of(tests), FewestDigitsTest::all, false, exponents, fraction, Limits.DEFAULT);
    }

    private static int all(boolean[] holds) {
        for (boolean test : holds) {
            if (!test) {
                return -1;
            }
        }
        return 0;
    }

    private static NumberTest multipleOf(String step) {
        return new NumberTest.MultipleOf(new BigDecimal(step).stripTrailingZeros());
    }

    /** Whether a whole number of those that n more digits make is a multiple of a unit, found by trying all. */
    private static boolean isThere(BigInteger digits, int n, BigInteger unit) {
        long low = digits.multiply(BigInteger.TEN.pow(n)).longValueExact();
        long high = digits.add(BigInteger.ONE).multiply(BigInteger.TEN.pow(n)).longValueExact();
        for (long number = low; number < high; number++) {
            if (number % unit.longValueExact() == 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void digitsAreEnoughWhereSomeNumberIsAMultiple() {
        Random random = new Random(SEED);
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            int scale = random.nextInt(4);
            long unit = 1 + random.nextInt(i % 3 == 0 ? 40 : 20_000) * (i % 4 == 0 ? 4L : i % 4 == 1 ? 25 : 1);
            BigDecimal step = BigDecimal.valueOf(unit, scale).stripTrailingZeros();
            Multiples multiples = new Multiples(List.of(step), Limits.DEFAULT);
            BigInteger core = BigInteger.valueOf(10L * random.nextInt(300) + 1 + random.nextInt(9));
            int zeros = random.nextInt(3);
            BigInteger digits = core.multiply(BigInteger.TEN.pow(zeros));
            FewestDigits fewest = new FewestDigits(multiples, 1, core, zeros, units -> {});
            for (int n = 0; n <= 3; n++) {
                // the last digit is worth 10^place, and 10^(place + n) is no less than the step's last place
                int place = -step.scale() - n + random.nextInt(5);
                BigDecimal multiple = step.scaleByPowerOfTen(-place);
                // the least whole number that is a multiple of the step over 10^place
                BigInteger whole = multiple.scale() <= 0
                        ? multiple.toBigIntegerExact()
                        : multiple.unscaledValue()
                                .divide(multiple.unscaledValue().gcd(BigInteger.TEN.pow(multiple.scale())));
                boolean there = isThere(digits, n, whole);
                found += there ? 1 : 0;
                int digitsMore = n;
                assertEquals(
                        there,
                        fewest.areEnough(n, place),
                        () -> step + " of " + digits + " with " + digitsMore + " more, the last 10^" + place);
            }
        }
        assertTrue(found > 2000 && found < 10_000, "found " + found);
    }

    /** The least bytes to a multiple, by trying all texts. */
    private static int tried(String text, List<BigDecimal> steps, BigDecimal least) {
        List<String> texts = List.of(text);
        for (int more = 0; more <= MOST; more++) {
            List<String> longer = new ArrayList<>();
            for (String each : texts) {
                if (!each.endsWith(".")) {
                    BigDecimal value = new BigDecimal(each);
                    if (value.compareTo(least) >= 0
                            && steps.stream()
                                    .allMatch(step -> value.remainder(step).signum() == 0)) {
                        return more;
                    }
                }
                boolean hasPoint = each.contains(".");
                for (char c : (hasPoint ? "0123456789" : "0123456789.").toCharArray()) {
                    if (!each.equals("0") || c == '.') {
                        longer.add(each + c);
                    }
                }
            }
            texts = more < MOST ? longer : List.of();
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void distancesAreThoseOfAllTexts() {
        Random random = new Random(SEED + 1);
        int far = 0;
        for (int i = 0; i < 120; i++) {
            List<BigDecimal> steps = new ArrayList<>();
            List<NumberTest> tests = new ArrayList<>();
            for (int step = random.nextInt(4) == 0 ? 1 : 0; step >= 0; step--) {
                long unit = 1 + random.nextInt(250) * (random.nextInt(3) == 0 ? 5L : 1);
                BigDecimal each = BigDecimal.valueOf(unit, random.nextInt(4)).stripTrailingZeros();
                if (!steps.contains(each)) {
                    steps.add(each);
                    tests.add(new NumberTest.MultipleOf(each));
                }
            }
            BigDecimal least = new BigDecimal(random.nextBoolean() ? "0" : random.nextBoolean() ? "1" : "1.25");
            if (least.signum() > 0) {
                tests.add(new NumberTest.AtLeast(least));
            }
            DecimalSide side = side(false, tests.toArray(NumberTest[]::new));
            for (int t = 0; t < 6; t++) {
                String text = Integer.toString(1 + random.nextInt(2000));
                text += random.nextInt(3) == 0 ? "." : random.nextInt(2) == 0 ? "." + random.nextInt(50) : "";
                int tried = tried(text, steps, least);
                DecimalReach reach = reach(side, text);
                int distance = reach.isLive(0) ? reach.distance(0) : Integer.MAX_VALUE;
                String message = steps + " ≥ " + least + " after " + text;
                if (tried < Integer.MAX_VALUE) {
                    assertEquals(tried, distance, message);
                } else {
                    assertTrue(distance > MOST, message);
                    far++;
                }
            }
        }
        assertTrue(far < 450, "far " + far);
    }

    private static DecimalReach reach(DecimalSide side, String text) {
        DigitsRead digits = DigitsRead.none(side);
        boolean behind = false;
        for (char c : text.toCharArray()) {
            behind |= c == '.';
            digits = c == '.' ? digits : digits.then(c - '0', behind, side);
        }
        DecimalState.Part part = text.endsWith(".")
                ? DecimalState.Part.POINT
                : behind ? DecimalState.Part.FRACTION : DecimalState.Part.WHOLE;
        return new DecimalReach(side, digits, part);
    }

    /** The units of work for the distances behind a thousand beginnings. */
    private static long work(DecimalSide side, long allotment) {
        WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        meter.allot(allotment);
        meter.run(() -> {
            for (int i = 0; i < 1000; i++) {
                DecimalReach reach = reach(side, "73508912" + i);
                assertTrue(reach.isLive(0));
                assertTrue(reach.distance(0) > 10);
            }
            return side;
        });
        return meter.spent();
    }

    @Test
    void multiplesOfLongStepsAreFoundByFewRemainders() {
        NumberTest longStep = multipleOf("0.1000000000000000055511151231257827");
        assertTrue(work(side(false, longStep), Long.MAX_VALUE) < 1_000 * 20);
        assertTrue(work(side(false, longStep, new NumberTest.AtLeast(BigDecimal.ONE)), Long.MAX_VALUE) < 1_000 * 20);
        assertTrue(work(side(true, multipleOf("3.141592653589793")), Long.MAX_VALUE) < 1_000 * 20);
    }

    @Test
    void arithmeticIsEndedWithTheWorkAllottedToIt() {
        DecimalSide side = side(false, multipleOf("0.1000000000000000055511151231257827"));
        assertThrows(AllotmentSpentException.class, () -> work(side, 500));
        assertTrue(work(side, Long.MAX_VALUE) > 0, "and can be asked again");
    }
}
