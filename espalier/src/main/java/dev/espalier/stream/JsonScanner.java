// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import java.util.BitSet;

/**
 * The structure of a JSON text that is known to be valid, byte by byte: where values begin and end, and how far the text of a string is whole.
 * Nothing is kept of what was read but the kinds of the containers that are open. Cost: constant for each byte.
 */
final class JsonScanner {

    /** What is told of the structure. Offsets are in bytes from the beginning of the text. */
    interface Structure {

        /** A value begins with the byte at an offset. */
        void begin(ValueKind kind, int at);

        /** The key of the next member stands between two offsets, without its quotation marks. */
        void key(int from, int to);

        /**
         * The innermost value that is open ends.
         *
         * @param end the offset behind its last byte
         * @param proof how many bytes of the text prove that it ends: one more for numbers
         */
        void end(int end, int proof);
    }

    private enum Mode {
        VALUE,
        FIRST_ITEM,
        FIRST_KEY,
        KEY,
        COLON,
        KEY_TEXT,
        STRING_TEXT,
        NUMBER,
        LITERAL,
        BEHIND
    }

    /** What of a character of a string was read. */
    private enum Piece {
        NONE,
        CHARACTER,
        ESCAPE,
        DIGITS
    }

    private static final int DIGITS = 4;

    private final Structure structure;
    private final BitSet objects = new BitSet();
    private int depth;
    private Mode mode = Mode.VALUE;
    private int position;
    private int left;
    private Piece piece = Piece.NONE;
    private int code;
    private int from;
    private int cut;

    JsonScanner(Structure structure) {
        this.structure = structure;
    }

    /** The bytes read so far. */
    int position() {
        return position;
    }

    /** Whether the text goes on within a string that is a value. */
    boolean isInString() {
        return mode == Mode.STRING_TEXT;
    }

    /** The offset up to which the text of the string under way is whole: no character, escape or pair of surrogates is cut there. */
    int cut() {
        return cut;
    }

    /** The text has ended: a number that is all of it ends with it. */
    void finish() {
        if (mode == Mode.NUMBER) {
            ended(position, position);
        }
    }

    /** Reads a byte. */
    void read(byte symbol) {
        int at = position++;
        if (mode == Mode.NUMBER && !isOfNumber(symbol)) {
            ended(at, position);
        }
        switch (mode) {
            case STRING_TEXT, KEY_TEXT -> inString(symbol, at);
            case LITERAL -> {
                if (--left == 0) {
                    ended(position, position);
                }
            }
            case NUMBER -> {}
            default -> between(symbol, at);
        }
    }

    private static boolean isOfNumber(byte symbol) {
        return (symbol >= '0' && symbol <= '9')
                || symbol == '.'
                || symbol == 'e'
                || symbol == 'E'
                || symbol == '-'
                || symbol == '+';
    }

    /** Reads a byte that is not within a scalar value or a key. */
    private void between(byte symbol, int at) {
        switch (symbol) {
            case ' ', '\t', '\n', '\r' -> {}
            case ',' -> mode = objects.get(depth) ? Mode.KEY : Mode.VALUE;
            case ':' -> mode = Mode.VALUE;
            case '}', ']' -> {
                depth--;
                ended(position, position);
            }
            case '"' -> {
                boolean isKey = mode == Mode.KEY || mode == Mode.FIRST_KEY;
                mode = isKey ? Mode.KEY_TEXT : Mode.STRING_TEXT;
                from = position;
                cut = position;
                piece = Piece.NONE;
                if (!isKey) {
                    structure.begin(ValueKind.STRING, at);
                }
            }
            case '{' -> open(ValueKind.OBJECT, Mode.FIRST_KEY, at);
            case '[' -> open(ValueKind.ARRAY, Mode.FIRST_ITEM, at);
            case 't' -> literal(ValueKind.BOOLEAN, "true", at);
            case 'f' -> literal(ValueKind.BOOLEAN, "false", at);
            case 'n' -> literal(ValueKind.NULL, "null", at);
            default -> {
                mode = Mode.NUMBER;
                structure.begin(ValueKind.NUMBER, at);
            }
        }
    }

    private void open(ValueKind kind, Mode inside, int at) {
        mode = inside;
        depth++;
        objects.set(depth, kind == ValueKind.OBJECT);
        structure.begin(kind, at);
    }

    private void literal(ValueKind kind, String text, int at) {
        mode = Mode.LITERAL;
        left = text.length() - 1;
        structure.begin(kind, at);
    }

    private void ended(int end, int proof) {
        mode = Mode.BEHIND;
        structure.end(end, proof);
    }

    private void inString(byte symbol, int at) {
        switch (piece) {
            case NONE -> plain(symbol, at);
            case CHARACTER -> {
                if (--left == 0) {
                    whole();
                }
            }
            case ESCAPE -> {
                if (symbol == 'u') {
                    piece = Piece.DIGITS;
                    left = DIGITS;
                    code = 0;
                } else {
                    whole();
                }
            }
            case DIGITS -> {
                code = code << 4 | Character.digit(symbol, 16);
                if (--left == 0) {
                    escaped();
                }
            }
        }
    }

    private void plain(byte symbol, int at) {
        if (symbol == '"') {
            cut = at;
            if (mode == Mode.KEY_TEXT) {
                mode = Mode.COLON;
                structure.key(from, at);
            } else {
                ended(position, position);
            }
        } else if (symbol == '\\') {
            piece = Piece.ESCAPE;
        } else if (symbol >= 0) {
            whole();
        } else {
            piece = Piece.CHARACTER;
            int lead = symbol & 0xff;
            left = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        }
    }

    /** A character is whole, and with it all before. */
    private void whole() {
        piece = Piece.NONE;
        cut = position;
    }

    /** An escape of four digits is whole; the first half of a pair of surrogates waits for the second, which must follow. */
    private void escaped() {
        piece = Piece.NONE;
        if (!Character.isHighSurrogate((char) code)) {
            whole();
        }
    }
}
