// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import java.math.BigDecimal;
import java.util.Set;

/** A predicate on numbers, such as "at least 5". */
public sealed interface NumberTest {

    /** Whether integers alone pass. */
    default boolean isOfIntegers() {
        return false;
    }

    /** Whether a number has no digit other than zero after the point. */
    private static boolean isInteger(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    /**
     * It is an integer.
     *
     * @param byText draft 4: {@code 1.0} is none
     */
    record Integral(boolean byText) implements NumberTest {
        @Override
        public boolean isOfIntegers() {
            return true;
        }
    }

    /** It is at least the bound. */
    record AtLeast(BigDecimal bound) implements NumberTest {}

    /** It is greater than the bound. */
    record Above(BigDecimal bound) implements NumberTest {}

    /** It is an integer times the step, which is positive. */
    record MultipleOf(BigDecimal step) implements NumberTest {
        @Override
        public boolean isOfIntegers() {
            return isInteger(step);
        }
    }

    /** It is one of these; none has trailing zeros. */
    record OneOf(Set<BigDecimal> values) implements NumberTest {
        @Override
        public boolean isOfIntegers() {
            return values.stream().allMatch(NumberTest::isInteger);
        }
    }
}
