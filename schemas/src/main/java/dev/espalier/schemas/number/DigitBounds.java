// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.options.GenerationBounds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bounds on the digits of numbers.
 *
 * @param greatest the greatest number before the point, whatever the sign; null for no bound
 * @param fraction the most digits behind the point; {@link GenerationBounds#UNBOUNDED} for no bound
 */
record DigitBounds(@Nullable BigInteger greatest, int fraction) {

    /** Numbers of so many digits, before the point or behind it, have no bound. */
    private static final int MAX_DIGITS = 1 << 12;

    /** The power of ten to whose times a {@code multipleOf} numbers reach. */
    private static final int MULTIPLES = 3;

    private static final BigInteger LONG = BigInteger.valueOf(Long.MAX_VALUE);

    /** No bounds. */
    static final DigitBounds NONE = new DigitBounds(null, GenerationBounds.UNBOUNDED);

    /** The bounds of some options, which reach as far as the numbers that the tests name. */
    static DigitBounds of(GenerationBounds bounds, List<NumberTest> tests) {
        DigitBounds all = whole(bounds.wholeDigits(), bounds.fractionDigits());
        if (bounds.wholeDigits() == LONG.toString().length()) {
            all = new DigitBounds(LONG, all.fraction);
        }
        for (NumberTest test : tests) {
            if (test instanceof NumberTest.AtLeast least) {
                all = all.reaching(least.bound());
            } else if (test instanceof NumberTest.Above least) {
                all = all.reaching(least.bound());
            } else if (test instanceof NumberTest.MultipleOf multiple) {
                all = all.reaching(multiple.step().scaleByPowerOfTen(MULTIPLES)).reaching(multiple.step());
            } else if (test instanceof NumberTest.OneOf constants) {
                for (BigDecimal value : constants.values()) {
                    all = all.reaching(value);
                }
            }
        }
        return all;
    }

    /** At most so many digits before the point and behind it. */
    private static DigitBounds whole(long before, long behind) {
        BigInteger greatest =
                before > MAX_DIGITS ? null : BigInteger.TEN.pow((int) before).subtract(BigInteger.ONE);
        return new DigitBounds(greatest, behind > MAX_DIGITS ? GenerationBounds.UNBOUNDED : (int) behind);
    }

    private DigitBounds reaching(BigDecimal number) {
        BigDecimal magnitude = number.abs().stripTrailingZeros();
        long before = (long) magnitude.precision() - magnitude.scale();
        boolean isWithin = greatest == null || magnitude.compareTo(new BigDecimal(greatest)) <= 0;
        BigInteger reached = isWithin ? greatest : whole(before, 0).greatest();
        return new DigitBounds(
                reached, Math.max(fraction, whole(0, magnitude.scale()).fraction()));
    }

    /** Whether nothing is bounded. */
    boolean areNone() {
        return equals(NONE);
    }

    /** Bounds that let numbers have twice as many digits. */
    DigitBounds doubled() {
        long before =
                greatest == null ? MAX_DIGITS + 1 : 2L * greatest.toString().length();
        return whole(before, 2L * fraction);
    }

    /** The tests that numbers within the bounds pass, apart from zeros at the end of a fraction. */
    List<NumberTest> tests() {
        List<NumberTest> tests = new ArrayList<>();
        if (greatest != null) {
            BigDecimal end = new BigDecimal(greatest.add(BigInteger.ONE)).stripTrailingZeros();
            tests.add(new NumberTest.Above(end.negate()));
            tests.add(new NumberTest.AtLeast(end));
        }
        if (fraction != GenerationBounds.UNBOUNDED) {
            tests.add(new NumberTest.MultipleOf(BigDecimal.ONE.movePointLeft(fraction)));
        }
        return tests;
    }

    /**
     * A result that numbers outside the bounds do not have.
     *
     * @param result a function of other tests, which stand before those of the bounds
     */
    Function<boolean[], Integer> within(int others, Function<boolean[], Integer> result) {
        return holds -> {
            int at = others;
            boolean inside = greatest == null || (holds[at++] && !holds[at++]);
            inside &= fraction == GenerationBounds.UNBOUNDED || holds[at];
            return inside ? result.apply(Arrays.copyOf(holds, others)) : -1;
        };
    }
}
