package dev.espalier.schemas;

import java.nio.charset.StandardCharsets;

/**
 * Which bytes may follow in a JSON text so that every value has one spelling from here on: the shortest escapes, plain
 * numbers without needless zeros. A position in such a text is one {@code int}. White space is for the caller to judge.
 */
final class CanonicalText {

    /** Between the tokens. */
    static final int OUTSIDE = 0;
    /** The byte would make it a second spelling. */
    static final int OTHER = -1;

    private static final int STRING = 1;
    private static final int ESCAPE = 2;
    /** After a minus sign. */
    private static final int MINUS = 3;

    private static final int ZERO = 4;
    /** A zero after a minus sign: something must follow. */
    private static final int MINUS_ZERO = 5;

    private static final int WHOLE = 6;
    /** Behind the point, where zeros may not be the end. */
    private static final int ZEROS = 7;

    private static final int FRACTION = 8;
    private static final int EXPONENT = 9;
    private static final int EXPONENT_SIGN = 10;
    private static final int EXPONENT_ZERO = 11;
    private static final int EXPONENT_DIGITS = 12;
    /** Behind a point that was there before: a zero may be the only digit that fits. */
    private static final int BEHIND_POINT = 13;
    /** Behind a minus sign that was there before: zero may be the only number that fits. */
    private static final int BEHIND_MINUS = 14;
    /** From here on: so many hexadecimal digits of a control character. */
    private static final int HEX = 16;
    /** From here on: so many of the second half of a pair, which only follows a first half that was there before. */
    private static final int LOW = 20;
    /** From here on: so many of an escape that was begun before. */
    private static final int BEGUN = 24;

    private static final byte[] IN_VALUES =
            "\"[]{},:-0123456789.+eEabcdflnrstu\\ \n\r\t".getBytes(StandardCharsets.US_ASCII);
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
        if (position == ZEROS) {
            return text[text.length - 1] == '.' ? BEHIND_POINT : FRACTION;
        }
        return position == MINUS_ZERO ? ZERO : position == MINUS ? BEHIND_MINUS : position;
    }

    private static int any(int position, int symbol) {
        if (position == STRING) {
            return symbol == '"' ? OUTSIDE : symbol == '\\' ? ESCAPE : STRING;
        }
        if (position == ESCAPE) {
            return symbol == 'u' ? BEGUN : STRING;
        }
        if (position >= BEGUN) {
            return position == BEGUN + 3 ? STRING : position + 1;
        }
        int number = number(position, symbol);
        return number != OTHER ? number : symbol == '"' ? STRING : OUTSIDE;
    }

    /** Whether a value may end at a position, as far as its spelling is concerned. */
    static boolean mayEnd(int position) {
        return position != ZEROS && position != MINUS_ZERO;
    }

    /** The bytes that can follow a position in any JSON text, white space included; shared. */
    static byte[] candidates(int position) {
        return position == STRING ? IN_STRINGS : IN_VALUES;
    }

    /** Whether a byte behind a position must be followed by a digit that is not zero. */
    static boolean needsDigit(int position, int symbol) {
        return (symbol == '.' && position >= ZERO && position <= WHOLE)
                || (symbol == '0' && (position == ZEROS || position == FRACTION || position == MINUS));
    }

    /** The position after a byte; {@link #OTHER} where that is a second spelling. */
    static int next(int position, int symbol) {
        if (position == STRING) {
            return symbol == '"' ? OUTSIDE : symbol == '\\' ? ESCAPE : STRING;
        }
        if (position == ESCAPE) {
            return symbol == 'u' ? HEX : symbol == '/' ? OTHER : STRING;
        }
        if (position >= HEX) {
            return hex(position, symbol);
        }
        if (position != OUTSIDE && isNumeric(symbol)) {
            return symbol == 'e' || symbol == 'E' ? OTHER : number(position, symbol);
        }
        if (!mayEnd(position)) {
            return OTHER;
        }
        int number = number(OUTSIDE, symbol);
        return number != OTHER ? number : symbol == '"' ? STRING : OUTSIDE;
    }

    private static boolean isNumeric(int symbol) {
        return (symbol >= '0' && symbol <= '9')
                || symbol == '.'
                || symbol == '-'
                || symbol == '+'
                || (symbol | 32) == 'e';
    }

    private static int hex(int position, int symbol) {
        if (position >= BEGUN) {
            return position == BEGUN + 3 ? STRING : position + 1;
        }
        if (symbol >= 'A' && symbol <= 'F') {
            return OTHER;
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

    private static int number(int position, int symbol) {
        boolean digit = symbol >= '0' && symbol <= '9';
        switch (position) {
            case OUTSIDE -> {
                return symbol == '-' ? MINUS : symbol == '0' ? ZERO : digit ? WHOLE : OTHER;
            }
            case MINUS -> {
                return symbol == '0' ? MINUS_ZERO : digit ? WHOLE : OTHER;
            }
            case ZERO, MINUS_ZERO, WHOLE, FRACTION, ZEROS -> {
                if (digit) {
                    boolean behind = position == FRACTION || position == ZEROS;
                    return !behind ? WHOLE : symbol == '0' ? ZEROS : FRACTION;
                }
                return symbol == '.' ? ZEROS : (symbol | 32) == 'e' ? EXPONENT : OTHER;
            }
            case EXPONENT, EXPONENT_SIGN -> {
                boolean sign = position == EXPONENT && (symbol == '+' || symbol == '-');
                return sign ? EXPONENT_SIGN : symbol == '0' ? EXPONENT_ZERO : digit ? EXPONENT_DIGITS : OTHER;
            }
            case EXPONENT_DIGITS -> {
                return digit ? EXPONENT_DIGITS : OTHER;
            }
            case BEHIND_POINT -> {
                return digit ? FRACTION : OTHER;
            }
            case BEHIND_MINUS -> {
                return symbol == '0' ? ZERO : digit ? WHOLE : OTHER;
            }
            default -> {
                return OTHER;
            }
        }
    }
}
