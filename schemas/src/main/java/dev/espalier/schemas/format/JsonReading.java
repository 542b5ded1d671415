// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonCharacters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text read so far, as the text of a string. Every reading can be completed, and a whole text can be made longer by white space. No
 * finite automaton can do this, since brackets nest; a reading keeps the open brackets. Source: RFC 8259.
 *
 * @param mode the construct that is being read
 * @param open the open brackets, outermost first, and a colon while the name of a member is read
 * @param rest the shortest rest of a literal or of an escape's digits; otherwise empty
 */
@FastPath(oracle = "ContentTest")
record JsonReading(Mode mode, String open, String rest) implements TextReading {

    /** The empty text. */
    static final JsonReading START = new JsonReading(Mode.VALUE, "", "");

    private static final int ASCII = 0x80;

    /** The language of JSON texts. */
    record Kind() implements TextKind {

        @Override
        public TextReading begin() {
            return START;
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public String what() {
            return "a JSON text";
        }
    }

    /** The construct that is being read. */
    enum Mode {
        /** Before a value. */
        VALUE("1"),
        /** After the bracket of an array. */
        FIRST_ITEM(""),
        /** After the bracket of an object. */
        FIRST_NAME(""),
        /** After a comma in an object. */
        NAME("\"\":1"),
        /** After the name of a member. */
        COLON(""),
        /** After a value. */
        AFTER(""),
        STRING("\""),
        /** After a backslash. */
        ESCAPE("n\""),
        /** In the digits of an escape. */
        HEX("\""),
        LITERAL(""),
        MINUS("0"),
        ZERO(""),
        INTEGER(""),
        POINT("0"),
        FRACTION(""),
        /** After the letter of an exponent. */
        EXPONENT_SIGN("0"),
        /** After the sign of an exponent. */
        EXPONENT_START("0"),
        EXPONENT("");

        /** The shortest rest of the value. */
        private final String ending;

        Mode(String ending) {
            this.ending = ending;
        }
    }

    private JsonReading to(Mode next) {
        return new JsonReading(next, open, "");
    }

    private JsonReading opened(Mode next, char bracket) {
        return new JsonReading(next, open + bracket, "");
    }

    private JsonReading closed(Mode next) {
        return new JsonReading(next, open.substring(0, open.length() - 1), "");
    }

    private char innermost() {
        return open.isEmpty() ? ' ' : open.charAt(open.length() - 1);
    }

    @Override
    public @Nullable JsonReading next(int codePoint, int room) {
        JsonReading next = next(codePoint);
        return next != null && next.charactersLeft() <= room ? next : null;
    }

    private @Nullable JsonReading next(int c) {
        return switch (mode) {
            case VALUE -> isSpace(c) ? this : value(c);
            case FIRST_ITEM -> isSpace(c) ? this : c == ']' ? closed(Mode.AFTER) : value(c);
            case FIRST_NAME ->
                isSpace(c) ? this : c == '}' ? closed(Mode.AFTER) : c == '"' ? opened(Mode.STRING, ':') : null;
            case NAME -> isSpace(c) ? this : c == '"' ? opened(Mode.STRING, ':') : null;
            case COLON -> isSpace(c) ? this : c == ':' ? closed(Mode.VALUE) : null;
            case AFTER -> after(c);
            case STRING -> inString(c);
            case ESCAPE ->
                c == 'u'
                        ? new JsonReading(Mode.HEX, open, "0000")
                        : "\"\\/bfnrt".indexOf(c) >= 0 ? to(Mode.STRING) : null;
            case HEX -> isHex(c) ? rest.length() == 1 ? to(Mode.STRING) : shorter() : null;
            case LITERAL -> c == rest.charAt(0) ? rest.length() == 1 ? to(Mode.AFTER) : shorter() : null;
            case MINUS -> isDigit(c) ? to(c == '0' ? Mode.ZERO : Mode.INTEGER) : null;
            case ZERO, INTEGER, FRACTION, EXPONENT -> inNumber(c);
            case POINT -> isDigit(c) ? to(Mode.FRACTION) : null;
            case EXPONENT_SIGN ->
                c == '+' || c == '-' ? to(Mode.EXPONENT_START) : isDigit(c) ? to(Mode.EXPONENT) : null;
            case EXPONENT_START -> isDigit(c) ? to(Mode.EXPONENT) : null;
        };
    }

    private JsonReading shorter() {
        return new JsonReading(mode, open, rest.substring(1));
    }

    private @Nullable JsonReading value(int c) {
        return switch (c) {
            case '{' -> opened(Mode.FIRST_NAME, '{');
            case '[' -> opened(Mode.FIRST_ITEM, '[');
            case '"' -> to(Mode.STRING);
            case 't' -> new JsonReading(Mode.LITERAL, open, "rue");
            case 'f' -> new JsonReading(Mode.LITERAL, open, "alse");
            case 'n' -> new JsonReading(Mode.LITERAL, open, "ull");
            case '-' -> to(Mode.MINUS);
            case '0' -> to(Mode.ZERO);
            default -> isDigit(c) ? to(Mode.INTEGER) : null;
        };
    }

    private @Nullable JsonReading after(int c) {
        if (isSpace(c)) {
            return to(Mode.AFTER);
        }
        return switch (innermost()) {
            case '[' -> c == ',' ? to(Mode.VALUE) : c == ']' ? closed(Mode.AFTER) : null;
            case '{' -> c == ',' ? to(Mode.NAME) : c == '}' ? closed(Mode.AFTER) : null;
            default -> null;
        };
    }

    private @Nullable JsonReading inString(int c) {
        return switch (c) {
            case '"' -> to(innermost() == ':' ? Mode.COLON : Mode.AFTER);
            case '\\' -> to(Mode.ESCAPE);
            default -> c < ' ' ? null : this;
        };
    }

    private @Nullable JsonReading inNumber(int c) {
        if (isDigit(c)) {
            return mode == Mode.ZERO ? null : this;
        }
        if (c == '.') {
            return mode == Mode.ZERO || mode == Mode.INTEGER ? to(Mode.POINT) : null;
        }
        if (c == 'e' || c == 'E') {
            return mode == Mode.EXPONENT ? null : to(Mode.EXPONENT_SIGN);
        }
        return after(c);
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    @Override
    public boolean isAccepted() {
        return open.isEmpty() && rest.isEmpty() && mode.ending.isEmpty();
    }

    @Override
    public int charactersLeft() {
        return rest.length() + mode.ending.length() + brackets();
    }

    @Override
    public int bytesLeft() {
        int quotes = (int) mode.ending.chars().filter(c -> c == '"').count();
        return charactersLeft() + quotes * (JsonCharacters.bytes('"', '"') - 1);
    }

    /** The number of characters that close everything open: {@code :1} for a name, a bracket for each container. */
    private int brackets() {
        return open.length() + (innermost() == ':' ? 1 : 0);
    }

    @Override
    public int sameUntil(int codePoint) {
        JsonReading next = next(codePoint);
        int last = codePoint;
        while (last < ASCII && Objects.equals(next, next(last + 1))) {
            last++;
        }
        return last < ASCII ? last : Character.MAX_CODE_POINT;
    }

    @Override
    public int alikeUntil(int codePoint) {
        return sameUntil(codePoint);
    }
}
