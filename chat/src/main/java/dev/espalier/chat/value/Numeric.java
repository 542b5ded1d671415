// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A number: an integer, a float, or a boolean, which counts as 0 or 1. */
public abstract class Numeric implements Value {

    Numeric() {}

    /** Whether it is an integer or a boolean. */
    public abstract boolean isIntegral();

    /** An integer's value. */
    public abstract BigInteger integer();

    /** The nearest double. */
    public abstract double real();

    /** Order of two numbers, neither of which is NaN. */
    public int compare(Numeric other) {
        if (isIntegral() && other.isIntegral()) {
            return integer().compareTo(other.integer());
        }
        if (Double.isInfinite(real()) || Double.isInfinite(other.real()) || !(isIntegral() || other.isIntegral())) {
            return real() < other.real() ? -1 : real() > other.real() ? 1 : 0;
        }
        return exact().compareTo(other.exact());
    }

    private BigDecimal exact() {
        return isIntegral() ? new BigDecimal(integer()) : new BigDecimal(real());
    }

    /** Whether it is the float that equals nothing. */
    public final boolean isNaN() {
        return Double.isNaN(real());
    }

    @Override
    public final boolean isTrue() {
        return isIntegral() ? integer().signum() != 0 : real() != 0;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
                || (other instanceof Numeric number && !isNaN() && !number.isNaN() && compare(number) == 0);
    }

    @Override
    public final int hashCode() {
        return Double.hashCode(real() + 0.0);
    }
}
