// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Real;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Digits of floats in the presentations {@code e}, {@code f} and {@code g} of Python's formats. */
final class NumberFormat {

    private static final int SMALLEST_PLAIN = -4;

    private NumberFormat() {}

    /**
     * The digits of a magnitude.
     *
     * @param kind one of {@code e f g}, in lower or upper case
     * @param keepsZeros whether {@code g} keeps trailing zeros and the point
     */
    static String digits(double magnitude, char kind, int precision, boolean keepsZeros) {
        char lower = Character.toLowerCase(kind);
        String digits;
        if (Double.isNaN(magnitude) || Double.isInfinite(magnitude)) {
            digits = Double.isNaN(magnitude) ? "nan" : "inf";
        } else if (lower == 'f') {
            digits = fixed(magnitude, precision);
        } else if (lower == 'e') {
            digits = scientific(magnitude, precision);
        } else {
            digits = general(magnitude, precision, keepsZeros);
        }
        return kind == lower ? digits : digits.toUpperCase(Locale.ROOT);
    }

    private static String fixed(double magnitude, int precision) {
        return new BigDecimal(magnitude)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String scientific(double magnitude, int precision) {
        if (magnitude == 0) {
            return (precision == 0 ? "0" : "0." + "0".repeat(precision)) + Real.exponent(0);
        }
        BigDecimal rounded = rounded(magnitude, precision + 1);
        int exponent = exponent(rounded);
        String digits = rounded.unscaledValue().toString();
        String all = digits.length() > precision + 1
                ? digits.substring(0, precision + 1)
                : digits + "0".repeat(precision + 1 - digits.length());
        return all.charAt(0) + (precision == 0 ? "" : "." + all.substring(1)) + Real.exponent(exponent);
    }

    private static String general(double magnitude, int precision, boolean keepsZeros) {
        int digits = Math.max(1, precision);
        int exponent = magnitude == 0 ? 0 : exponent(rounded(magnitude, digits));
        if (exponent >= SMALLEST_PLAIN && exponent < digits) {
            String plain = fixed(magnitude, digits - 1 - exponent);
            return keepsZeros ? plain : withoutZeros(plain);
        }
        String scientific = scientific(magnitude, digits - 1);
        int mark = scientific.indexOf('e');
        return keepsZeros ? scientific : withoutZeros(scientific.substring(0, mark)) + scientific.substring(mark);
    }

    /** A float of some significant digits, without a presentation type: at least one digit after the point. */
    static String plain(double magnitude, int precision) {
        int digits = Math.max(1, precision);
        boolean isFinite = !Double.isNaN(magnitude) && !Double.isInfinite(magnitude);
        if (isFinite && magnitude != 0 && exponent(rounded(magnitude, digits)) == digits - 1) {
            String scientific = scientific(magnitude, digits - 1);
            int mark = scientific.indexOf('e');
            return withoutZeros(scientific.substring(0, mark)) + scientific.substring(mark);
        }
        String general = digits(magnitude, 'g', digits, false);
        return isFinite && general.indexOf('.') < 0 && general.indexOf('e') < 0 ? general + ".0" : general;
    }

    private static String withoutZeros(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        String stripped = digits.replaceAll("0+$", "");
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    private static BigDecimal rounded(double magnitude, int digits) {
        return new BigDecimal(magnitude).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static int exponent(BigDecimal number) {
        return number.precision() - number.scale() - 1;
    }
}
