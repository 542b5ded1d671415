// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.math.BigInteger;

/** An integer of any size. */
public final class Int extends Numeric {

    private static final int MOST_DIGITS = 4300;
    private static final int SAFE_BITS = 14_000;

    private final BigInteger value;

    private Int(BigInteger value) {
        this.value = value;
    }

    /** An integer. */
    public static Int of(BigInteger value) {
        return new Int(value);
    }

    /** An integer. */
    public static Int of(long value) {
        return new Int(BigInteger.valueOf(value));
    }

    @Override
    public boolean isIntegral() {
        return true;
    }

    @Override
    public BigInteger integer() {
        return value;
    }

    /** The nearest double; infinite where Python has none. */
    @Override
    public double real() {
        return value.doubleValue();
    }

    @Override
    public String type() {
        return "int";
    }

    /** Its decimal digits; as in Python, no more than 4,300. */
    @Override
    public void represent(TextBuilder out) {
        String digits = value.bitLength() > 2 * SAFE_BITS ? "" : value.toString();
        if (digits.isEmpty()
                || (value.bitLength() > SAFE_BITS && value.abs().toString().length() > MOST_DIGITS)) {
            throw Fault.value("an integer of more than " + MOST_DIGITS + " digits has no text");
        }
        out.append(digits);
    }
}
