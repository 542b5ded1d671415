// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** A float: a double that prints as Python prints it. */
public final class Real extends Numeric {

    private static final int MOST_DIGITS = 17;
    private static final int LARGEST_PLAIN = 16;
    private static final int SMALLEST_PLAIN = -4;

    private final double value;

    private Real(double value) {
        this.value = value;
    }

    /** A float. */
    public static Real of(double value) {
        return new Real(value);
    }

    @Override
    public boolean isIntegral() {
        return false;
    }

    @Override
    public BigInteger integer() {
        throw Fault.type("'float' object cannot be interpreted as an integer");
    }

    @Override
    public double real() {
        return value;
    }

    @Override
    public String type() {
        return "float";
    }

    @Override
    public void represent(TextBuilder out) {
        out.append(text(value));
    }

    /** Python's {@code repr}: the shortest digits that give the double again, with an exponent from 1e16 on and below 1e-4. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(value);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= SMALLEST_PLAIN && exponent < LARGEST_PLAIN) {
            String plain = shortest.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = shortest.unscaledValue().abs().toString();
        String sign = value < 0 ? "-" : "";
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + exponent(exponent);
    }

    /** An exponent as Python writes it: a sign and at least two digits. */
    public static String exponent(int exponent) {
        int size = Math.abs(exponent);
        return "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
