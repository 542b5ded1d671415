// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.schemas.number.NumberValues;
import java.nio.charset.StandardCharsets;

/**
 * A filter of JSON texts that leaves every string one spelling from here on: the shortest escapes. An escape that was begun before may
 * end in any way. A position in such a text is one {@code int}. White space, numbers and the order of members are for the caller to
 * judge.
 */
final class CanonicalText {

    /** The position between the tokens of JSON. */
    static final int OUTSIDE = 0;
    /** Inside a number. */
    static final int NUMBER = 1;
    /** Inside a string, between two characters or inside one. */
    static final int STRING = 2;
    /** Stands for: the byte would make it a second spelling. */
    static final int OTHER = -1;

    private static final int ESCAPE = 3;
    /** After a backslash that was there before. */
    private static final int BEGUN_ESCAPE = 4;
    /** From here on: so many hexadecimal digits of a control character. */
    private static final int HEX = 16;
    /** From here on: so many of the second half of a pair, which only follows a first half that was there before. */
    private static final int LOW = 20;
    /** From here on: so many of an escape that was begun before. */
    private static final int BEGUN = 24;

    private static final byte[] IN_VALUES =
            "\"[]{},:-0123456789/abcdeflnrstu\\ \n\r\t".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] IN_STRINGS = new byte[256 - ' '];

    static {
        for (int i = 0; i < IN_STRINGS.length; i++) {
            IN_STRINGS[i] = (byte) (i + ' ');
        }
    }

    private CanonicalText() {}

    /** The position after a text that may be spelled in any way. */
    static int after(byte[] text) {
        int position = OUTSIDE;
        for (byte symbol : text) {
            position = any(position, symbol & 0xFF);
        }
        return position;
    }

    private static int any(int position, int symbol) {
        if (position == STRING) {
            return symbol == '"' ? OUTSIDE : symbol == '\\' ? BEGUN_ESCAPE : STRING;
        }
        if (position == BEGUN_ESCAPE) {
            return symbol == 'u' ? BEGUN : STRING;
        }
        if (position >= BEGUN) {
            return position == BEGUN + 3 ? STRING : position + 1;
        }
        return position == NUMBER && isInNumber(symbol) ? NUMBER : outside(symbol);
    }

    private static int outside(int symbol) {
        return symbol == '"' ? STRING : symbol == '-' || (symbol >= '0' && symbol <= '9') ? NUMBER : OUTSIDE;
    }

    private static boolean isInNumber(int symbol) {
        return NumberValues.SYMBOLS.indexOf(symbol) >= 0 || symbol == 'E';
    }

    /** The number that a text ends in. */
    static String number(byte[] text) {
        int from = text.length;
        while (from > 0 && isInNumber(text[from - 1])) {
            from--;
        }
        return new String(text, from, text.length - from, StandardCharsets.US_ASCII);
    }

    /** The bytes that can follow a position in any JSON text, white space included; shared. */
    static byte[] candidates(int position) {
        return position == STRING ? IN_STRINGS : IN_VALUES;
    }

    /** The position after a byte; {@link #OTHER} where that is a second spelling. */
    static int next(int position, int symbol) {
        if (position == STRING) {
            return symbol == '"' ? OUTSIDE : symbol == '\\' ? ESCAPE : STRING;
        }
        if (position == ESCAPE) {
            return symbol == 'u' ? HEX : symbol == '/' ? OTHER : STRING;
        }
        if (position == BEGUN_ESCAPE) {
            return symbol == 'u' ? BEGUN : STRING;
        }
        return position >= HEX ? hex(position, symbol) : outside(symbol);
    }

    private static int hex(int position, int symbol) {
        if (position >= BEGUN) {
            return position == BEGUN + 3 ? STRING : position + 1;
        }
        if (position >= LOW) {
            boolean good = position > LOW + 1 || symbol >= 'c';
            return !good ? OTHER : position == LOW + 3 ? STRING : position + 1;
        }
        if (position == HEX && symbol == 'd') {
            return LOW + 1;
        }
        boolean good = position <= HEX + 1 ? symbol == '0' : position > HEX + 2 || symbol <= '1';
        return !good ? OTHER : position == HEX + 3 ? STRING : position + 1;
    }
}
