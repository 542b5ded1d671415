// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import java.util.function.IntPredicate;

/** Classes of characters as Python has them. */
public final class Characters {

    private Characters() {}

    /** White space. */
    public static boolean isSpace(int c) {
        if (c < 0x80) {
            return (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x20);
        }
        return c == 0x85 || c == 0xa0 || (c > 0xff && Character.isSpaceChar(c));
    }

    /** Ends of lines. */
    public static boolean isLineEnd(int c) {
        return (c >= 10 && c <= 13) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Letters. */
    public static boolean isLetter(int c) {
        return Character.isLetter(c);
    }

    /** Decimal digits of any script. */
    public static boolean isDecimal(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    /** Decimal digits, and raised, lowered and circled ones. */
    public static boolean isDigit(int c) {
        return isDecimal(c)
                || c == 0xb2
                || c == 0xb3
                || c == 0xb9
                || c == 0x2070
                || (c >= 0x2074 && c <= 0x2079)
                || (c >= 0x2080 && c <= 0x2089)
                || (c >= 0x2460 && c <= 0x2468)
                || (c >= 0x2474 && c <= 0x247c)
                || (c >= 0x2488 && c <= 0x2490);
    }

    /** Characters with a numeric value. */
    public static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return isDigit(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    /** Letters and characters with a numeric value. */
    public static boolean isAlphanumeric(int c) {
        return isLetter(c) || isNumeric(c);
    }

    /** Letters that have a case. */
    public static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    /** Whether a string is not empty and all its characters are of a class. */
    public static boolean all(String string, IntPredicate kind) {
        return !string.isEmpty() && string.codePoints().allMatch(kind);
    }

    /** Whether a string is a Python identifier. */
    public static boolean isIdentifier(String string) {
        return all(
                        string,
                        c -> c == '_' || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c)))
                && (string.charAt(0) == '_' || Character.isUnicodeIdentifierStart(string.codePointAt(0)));
    }
}
