// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as Python's {@code int()} and {@code float()} read them. */
public final class NumberReader {

    private static final Pattern GROUPED = Pattern.compile("[^_]++(?:_[^_]++)*+");
    private static final Pattern FLOAT = Pattern.compile("[+-]?([0-9]++\\.?+[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");
    private static final int MOST_DIGITS = 4300;
    private static final int LARGEST_BASE = 36;

    private NumberReader() {}

    /** {@code int(string, base)}; null if that fails. */
    public static @Nullable BigInteger integer(String string, int base) {
        String text = stripped(string);
        boolean isNegative = text.startsWith("-");
        String digits = isNegative || text.startsWith("+") ? text.substring(1) : text;
        int prefix = digits.length() > 2 && digits.charAt(0) == '0' ? base(digits.charAt(1)) : 0;
        boolean hasPrefix = prefix != 0 && (base == 0 || base == prefix);
        int radix = hasPrefix ? prefix : base == 0 ? 10 : base;
        if (hasPrefix) {
            digits = digits.substring(digits.charAt(2) == '_' ? 3 : 2);
        }
        if (radix < 2
                || radix > LARGEST_BASE
                || digits.length() > MOST_DIGITS
                || !GROUPED.matcher(digits).matches()) {
            return null;
        }
        String plain = digits.replace("_", "");
        boolean hasLeadingZero = base == 0 && !hasPrefix && plain.startsWith("0") && !plain.matches("0+");
        if (hasLeadingZero || !plain.codePoints().allMatch(c -> Character.digit(c, radix) >= 0)) {
            return null;
        }
        StringBuilder ascii = new StringBuilder();
        plain.codePoints().forEach(c -> ascii.append(Character.forDigit(Character.digit(c, radix), radix)));
        BigInteger value = new BigInteger(ascii.toString(), radix);
        return isNegative ? value.negate() : value;
    }

    private static int base(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    /** {@code float(string)}; null if that fails. */
    public static @Nullable Double real(String string) {
        String text = stripped(string).toLowerCase(Locale.ROOT);
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1 : 1;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (unsigned.equals("nan")) {
            return Double.NaN;
        }
        StringBuilder ascii = new StringBuilder();
        text.codePoints()
                .forEach(c -> ascii.appendCodePoint(Characters.isDecimal(c) ? '0' + Character.digit(c, 10) : c));
        String plain = ascii.toString().replaceAll("(?<=[0-9])_(?=[0-9])", "");
        return FLOAT.matcher(plain).matches() ? (Double) Double.parseDouble(plain) : null;
    }

    private static String stripped(String string) {
        int from = 0;
        int to = string.length();
        while (from < to && Characters.isSpace(string.charAt(from))) {
            from++;
        }
        while (to > from && Characters.isSpace(string.charAt(to - 1))) {
            to--;
        }
        return string.substring(from, to);
    }
}
