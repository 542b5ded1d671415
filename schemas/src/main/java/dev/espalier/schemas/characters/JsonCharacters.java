// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

/**
 * How the characters of a JSON string are spelled in bytes: UTF-8, and every escape. A spelling that is not complete is
 * one {@code int}; all spellings of all characters are read, and nothing else: no lone surrogate, no overlong form.
 *
 * <p>{@link #next} steps a spelling by a byte. {@link #completions} says which characters an incomplete spelling can
 * still become. Once it does not matter any more which of them it becomes, {@link #settled} forgets the bits read: then
 * only the shape of the spelling is kept, and equally shaped spellings are one state.
 */
public final class JsonCharacters {

    /** Between two characters. */
    public static final int PLAIN = 0;

    /** No such spelling. */
    public static final int DEAD = -1;

    /** The closing quotation mark. */
    public static final int CLOSE = -2;

    /** From here down, {@code CHARACTER - c}: the character c is complete. */
    public static final int CHARACTER = -3;

    /** The most bytes that the shortest spelling of a character takes. */
    public static final int WIDEST = 6;

    private static final int SHIFT = 24;
    private static final int UTF8 = 1;
    private static final int ESCAPE = 2;
    private static final int HEX = 3;
    private static final int HIGH = 4;
    private static final int LOW = 5;
    /** Continuation bytes to come, whichever. */
    private static final int ANY_UTF8 = 6;
    /** Hexadecimal digits to come, whichever. */
    private static final int ANY_HEX = 7;
    /** A position in the second half of an escaped pair, whichever it is. */
    private static final int ANY_LOW = 8;
    /** After a backslash, of a character that cannot be written without one. */
    private static final int SHORT_ESCAPE = 9;
    /** Hexadecimal digits of a control character that has no escape of its own. */
    private static final int SHORT_HEX = 10;

    /** The control characters that have no escape of their own, first and last in turn. */
    private static final int[] CONTROLS = {0, 7, 11, 11, 14, 31};

    private JsonCharacters() {}

    private static int spelling(int kind, int data) {
        return kind << SHIFT | data;
    }

    /** The spelling after a byte: a spelling, {@link #DEAD}, {@link #CLOSE}, or a complete character. */
    public static int next(int spelling, int symbol) {
        int data = spelling & 0xFFFFFF;
        return switch (spelling >>> SHIFT) {
            case 0 -> first(symbol);
            case UTF8 -> utf8(data, symbol);
            case ESCAPE -> escape(symbol);
            case HEX -> hex(data >>> 16, data & 0xFFFF, symbol);
            case HIGH -> high(data, symbol);
            case LOW -> low(data >>> 20, data >>> 10 & 0x3FF, data & 0x3FF, symbol);
            case ANY_UTF8 -> symbol >>> 6 != 2 ? DEAD : data == 1 ? PLAIN : spelling(ANY_UTF8, data - 1);
            case ANY_HEX -> digit(symbol) < 0 ? DEAD : data == 1 ? PLAIN : spelling(ANY_HEX, data - 1);
            case SHORT_ESCAPE -> symbol == 'u' ? spelling(SHORT_HEX, 0) : symbol == '/' ? DEAD : escape(symbol);
            case SHORT_HEX -> shortHex(data >>> 16, data & 0xFFFF, symbol);
            default -> anyLow(data, symbol);
        };
    }

    /**
     * What {@link #next} gave, for texts in which a character is escaped only if it must be, and then by its shortest
     * escape with lower-case digits: each character then has exactly one spelling.
     */
    public static int shortest(int next) {
        return next == spelling(ESCAPE, 0) ? spelling(SHORT_ESCAPE, 0) : next;
    }

    private static int shortHex(int digits, int value, int symbol) {
        int more = value << 4 | digit(symbol);
        if (digit(symbol) < 0 || (symbol >= 'A' && symbol <= 'F')) {
            return DEAD;
        }
        int[] out = new int[9];
        return controls(digits + 1, more, out) == 0
                ? DEAD
                : digits == 3 ? CHARACTER - more : spelling(SHORT_HEX, (digits + 1) << 16 | more);
    }

    private static int controls(int digits, int value, int[] out) {
        return controls(digits, value, out, 0, 4 - digits);
    }

    /** The control characters whose four digits begin with some. */
    private static int controls(int digits, int value, int[] out, int from, int bytes) {
        int bits = 4 * (4 - digits);
        int count = from;
        for (int i = 0; i < CONTROLS.length; i += 2) {
            int first = Math.max(CONTROLS[i], value << bits);
            int last = Math.min(CONTROLS[i + 1], value << bits | (1 << bits) - 1);
            count = range(out, count, first, last, bytes);
        }
        return count;
    }

    private static int first(int symbol) {
        if (symbol < 0x80) {
            return symbol == '"'
                    ? CLOSE
                    : symbol == '\\' ? spelling(ESCAPE, 0) : symbol < 0x20 ? DEAD : CHARACTER - symbol;
        }
        if (symbol >= 0xC2 && symbol <= 0xDF) {
            return spelling(UTF8, 1 << 21 | symbol & 0x1F);
        }
        if (symbol >= 0xE0 && symbol <= 0xEF) {
            return spelling(UTF8, 2 << 21 | symbol & 0x0F);
        }
        return symbol >= 0xF0 && symbol <= 0xF4 ? spelling(UTF8, 3 << 21 | symbol & 0x07) : DEAD;
    }

    private static int utf8(int data, int symbol) {
        int left = data >>> 21;
        int bits = data & 0x1FFFFF;
        if (symbol >>> 6 != 2) {
            return DEAD;
        }
        boolean second = left == 3 || (left == 2 && bits < 16);
        if (second && left == 2 && (bits == 0 && symbol < 0xA0 || bits == 13 && symbol > 0x9F)) {
            return DEAD;
        }
        if (second && left == 3 && (bits == 0 && symbol < 0x90 || bits == 4 && symbol > 0x8F)) {
            return DEAD;
        }
        int more = bits << 6 | symbol & 0x3F;
        return left == 1 ? CHARACTER - more : spelling(UTF8, (left - 1) << 21 | more);
    }

    private static int escape(int symbol) {
        return switch (symbol) {
            case '"', '\\', '/' -> CHARACTER - symbol;
            case 'b' -> CHARACTER - 8;
            case 'f' -> CHARACTER - 12;
            case 'n' -> CHARACTER - 10;
            case 'r' -> CHARACTER - 13;
            case 't' -> CHARACTER - 9;
            case 'u' -> spelling(HEX, 0);
            default -> DEAD;
        };
    }

    private static int digit(int symbol) {
        return symbol >= '0' && symbol <= '9'
                ? symbol - '0'
                : symbol >= 'a' && symbol <= 'f'
                        ? symbol - 'a' + 10
                        : symbol >= 'A' && symbol <= 'F' ? symbol - 'A' + 10 : -1;
    }

    private static int hex(int digits, int value, int symbol) {
        int digit = digit(symbol);
        int more = value << 4 | digit;
        if (digit < 0 || (digits == 1 && value == 13 && digit >= 12)) {
            return DEAD;
        }
        if (digits < 3) {
            return spelling(HEX, (digits + 1) << 16 | more);
        }
        return more >= 0xD800 && more < 0xDC00 ? spelling(HIGH, more & 0x3FF) : CHARACTER - more;
    }

    /** After the first half of a pair: the backslash, then the {@code u} (bit 10 says that the backslash was read). */
    private static int high(int data, int symbol) {
        if (data >>> 10 == 0) {
            return symbol == '\\' ? spelling(HIGH, data | 1 << 10) : DEAD;
        }
        return symbol == 'u' ? spelling(LOW, (data & 0x3FF) << 10) : DEAD;
    }

    private static int low(int digits, int high, int value, int symbol) {
        int digit = digit(symbol);
        if (digit < 0 || (digits == 0 && digit != 13) || (digits == 1 && digit < 12)) {
            return DEAD;
        }
        int more = digits == 0 ? 0 : digits == 1 ? digit & 3 : value << 4 | digit;
        return digits == 3
                ? CHARACTER - (0x10000 + (high << 10) + more)
                : spelling(LOW, (digits + 1) << 20 | high << 10 | more);
    }

    /** Positions: two digits of the first half, backslash, u, d, c to f, two digits. */
    private static int anyLow(int position, int symbol) {
        int digit = digit(symbol);
        boolean good = switch (position) {
            case 2 -> symbol == '\\';
            case 3 -> symbol == 'u';
            case 4 -> digit == 13;
            case 5 -> digit >= 12;
            default -> digit >= 0;
        };
        return !good ? DEAD : position == 7 ? PLAIN : spelling(ANY_LOW, position + 1);
    }

    /**
     * The characters that an incomplete spelling can become.
     *
     * @param out receives first character, last character, and the bytes still to be read, in turn; at least 33 long
     * @return the number of ranges
     */
    static int completions(int spelling, int[] out) {
        int data = spelling & 0xFFFFFF;
        switch (spelling >>> SHIFT) {
            case UTF8 -> {
                int left = data >>> 21;
                int bits = data & 0x1FFFFF;
                int first = bits << 6 * left;
                int last = first | (1 << 6 * left) - 1;
                if (left == 3) {
                    first = Math.max(first, 0x10000);
                    last = Math.min(last, Character.MAX_CODE_POINT);
                } else if (left == 2 && bits == 0) {
                    first = 0x800;
                } else if (left == 2 && bits == 13) {
                    last = 0xD7FF;
                }
                return range(out, 0, first, last, left);
            }
            case ESCAPE -> {
                int count = 0;
                for (char c : new char[] {'"', '\\', '/', '\b', '\f', '\n', '\r', '\t'}) {
                    count = range(out, count, c, c, 1);
                }
                count = range(out, count, 0, 0xD7FF, 5);
                count = range(out, count, 0xE000, 0xFFFF, 5);
                return range(out, count, 0x10000, Character.MAX_CODE_POINT, 11);
            }
            case HEX -> {
                return hexCompletions(data >>> 16, data & 0xFFFF, out);
            }
            case HIGH -> {
                int first = 0x10000 + ((data & 0x3FF) << 10);
                return range(out, 0, first, first + 0x3FF, data >>> 10 == 0 ? 6 : 5);
            }
            case LOW -> {
                int digits = data >>> 20;
                int bits = digits == 0 ? 10 : digits == 1 ? 10 : 4 * (4 - digits);
                int first = 0x10000 + ((data >>> 10 & 0x3FF) << 10) + ((data & 0x3FF) << (digits < 2 ? 0 : bits));
                return range(out, 0, first, first + (1 << bits) - 1, 4 - digits);
            }
            case SHORT_ESCAPE -> {
                int count = 0;
                for (char c : new char[] {'"', '\\', '\b', '\f', '\n', '\r', '\t'}) {
                    count = range(out, count, c, c, 1);
                }
                return controls(0, 0, out, count, 5);
            }
            case SHORT_HEX -> {
                return controls(data >>> 16, data & 0xFFFF, out);
            }
            default -> throw new IllegalArgumentException("nothing to complete");
        }
    }

    /** The least character that is complete, or that a spelling that is not settled can become, or less. */
    public static int least(int next) {
        if (next <= CHARACTER) {
            return CHARACTER - next;
        }
        int data = next & 0xFFFFFF;
        return next >>> SHIFT == UTF8 ? (data & 0x1FFFFF) << 6 * (data >>> 21) : 0;
    }

    /** The greatest character that is complete, or that a spelling that is not settled can become, or a greater one. */
    public static int greatest(int next) {
        if (next <= CHARACTER) {
            return CHARACTER - next;
        }
        int data = next & 0xFFFFFF;
        return switch (next >>> SHIFT) {
            case UTF8 -> ((data & 0x1FFFFF) + 1 << 6 * (data >>> 21)) - 1;
            case SHORT_ESCAPE -> '\\';
            case SHORT_HEX -> 0x1F;
            default -> Character.MAX_CODE_POINT;
        };
    }

    private static int hexCompletions(int digits, int value, int[] out) {
        int bits = 4 * (4 - digits);
        int first = value << bits;
        int last = first | (1 << bits) - 1;
        int count = range(out, 0, first, Math.min(last, 0xD7FF), 4 - digits);
        count = range(out, count, Math.max(first, 0xE000), last, 4 - digits);
        int high = Math.max(first, 0xD800);
        int lastHigh = Math.min(last, 0xDBFF);
        return high > lastHigh
                ? count
                : range(
                        out,
                        count,
                        0x10000 + ((high - 0xD800) << 10),
                        0x10000 + ((lastHigh - 0xD800) << 10) + 0x3FF,
                        10 - digits);
    }

    private static int range(int[] out, int count, int first, int last, int bytes) {
        if (first > last) {
            return count;
        }
        out[3 * count] = first;
        out[3 * count + 1] = last;
        out[3 * count + 2] = bytes;
        return count + 1;
    }

    /** The spelling without the bits read so far, of the same shape; {@link #DEAD} if the bits still shape it. */
    public static int settled(int spelling) {
        int data = spelling & 0xFFFFFF;
        switch (spelling >>> SHIFT) {
            case UTF8 -> {
                int left = data >>> 21;
                int bits = data & 0x1FFFFF;
                boolean bounded = left == 3 ? bits == 0 || bits == 4 : left == 2 && (bits == 0 || bits == 13);
                return bounded ? DEAD : spelling(ANY_UTF8, left);
            }
            case HEX -> {
                int digits = data >>> 16;
                int value = data & 0xFFFF;
                if (digits == 0 || (digits == 1 && value == 13)) {
                    return DEAD;
                }
                int top = value >>> 4 * (digits - 1);
                int second = digits < 2 ? 0 : value >>> 4 * (digits - 2) & 15;
                return top == 13 && second >= 8 ? spelling(ANY_LOW, digits - 2) : spelling(ANY_HEX, 4 - digits);
            }
            case HIGH -> {
                return spelling(ANY_LOW, data >>> 10 == 0 ? 2 : 3);
            }
            case LOW -> {
                return spelling(ANY_LOW, 4 + (data >>> 20));
            }
            default -> {
                return DEAD;
            }
        }
    }

    /** Whether a spelling is settled: {@link #completions} has no answer, and needs none. */
    public static boolean isSettled(int spelling) {
        int kind = spelling >>> SHIFT;
        return kind >= ANY_UTF8 && kind <= ANY_LOW;
    }

    /** Whether a spelling is settled, and what is left of it are bytes of UTF-8. */
    static boolean isAnyUtf8(int spelling) {
        return spelling >>> SHIFT == ANY_UTF8;
    }

    /** The least byte that begins the spellings of characters of the same shape: as many bytes, bounded alike. */
    static int leadLike(int symbol) {
        if (symbol >= 0xc2 && symbol <= 0xdf) {
            return 0xc2;
        }
        if (symbol > 0xe0 && symbol <= 0xef && symbol != 0xed) {
            return 0xe1;
        }
        return symbol > 0xf0 && symbol < 0xf4 ? 0xf1 : symbol;
    }

    /** The most bytes that are left of the spelling of a character, and one for its being cut anywhere. */
    public static final int MOST_LEFT = 12;

    /** The bytes still to be read of a settled spelling. */
    public static int bytesLeft(int spelling) {
        int data = spelling & 0xFFFFFF;
        return spelling >>> SHIFT == ANY_LOW ? 8 - data : data;
    }

    /** The byte with which a character begins that is written as itself; a backslash where it cannot be. */
    public static int firstByte(int codePoint) {
        boolean escaped = codePoint < 0x20 || codePoint == '"' || (codePoint >= 0xD800 && codePoint <= 0xDFFF);
        if (escaped || codePoint < 0x80) {
            return escaped ? '\\' : codePoint;
        }
        return codePoint < 0x800
                ? 0xC0 | codePoint >> 6
                : codePoint < 0x10000 ? 0xE0 | codePoint >> 12 : 0xF0 | codePoint >> 18;
    }

    /** Adds the bytes with which the characters of a range begin that can be written as themselves, to a set in four words. */
    public static void addFirstBytes(int first, int last, long[] words) {
        for (int c = Math.max(first, 0x20); c <= Math.min(last, 0x7F); c++) {
            words[c >> 6] |= c == '"' || c == '\\' ? 0 : 1L << c;
        }
        if (last >= 0x80) {
            for (int lead = firstByte(Math.max(first, 0x80)); lead <= firstByte(last); lead++) {
                words[lead >> 6] |= 1L << lead;
            }
        }
    }

    /** The fewest bytes that spell some character of a range. */
    public static int bytes(int first, int last) {
        for (int c = Math.max(first, 0x20); c <= Math.min(last, 0x24); c++) {
            if (c != '"') {
                return 1;
            }
        }
        if (Math.max(first, 0x24) <= Math.min(last, 0x7F)
                && !(Math.max(first, 0x24) == '\\' && Math.min(last, 0x7F) == '\\')) {
            return 1;
        }
        if (contains(first, last, '"')
                || contains(first, last, '\\')
                || contains(first, last, 8)
                || contains(first, last, 9)
                || contains(first, last, 10)
                || contains(first, last, 12)
                || contains(first, last, 13)
                || Math.max(first, 0x80) <= Math.min(last, 0x7FF)) {
            return 2;
        }
        return last < 0x20 ? 6 : Math.max(first, 0x800) <= Math.min(last, 0xFFFF) ? 3 : 4;
    }

    /** The fewest bytes that spell a text. */
    public static int bytes(String text) {
        return text.codePoints().map(c -> bytes(c, c)).sum();
    }

    /** The next character of a range that takes so many bytes at least, from one on; -1 if there is none. */
    public static int next(int from, int last, int bytes) {
        for (int c = from; c <= Math.min(last, 0x7F); c++) {
            if (bytes(c, c) == bytes) {
                return c;
            }
        }
        int first = bytes == 2 ? 0x80 : bytes == 3 ? 0x800 : 0x10000;
        int end = bytes == 2 ? 0x7FF : bytes == 3 ? 0xFFFF : bytes == 4 ? Character.MAX_CODE_POINT : -1;
        return Math.max(from, first) <= Math.min(last, end) ? Math.max(from, first) : -1;
    }

    /** The first character of a range of those that take the fewest bytes. */
    public static int cheapest(int first, int last) {
        return next(first, last, bytes(first, last));
    }

    /** How many characters of a range take 1, 2, … bytes at least, by the number of bytes; none is half a pair. */
    public static int[] sizes(int first, int last) {
        int[] sizes = new int[WIDEST + 1];
        for (int c = first; c <= Math.min(last, 0x7F); c++) {
            sizes[bytes(c, c)]++;
        }
        sizes[2] += Math.max(0, Math.min(last, 0x7FF) - Math.max(first, 0x80) + 1);
        sizes[3] += Math.max(0, Math.min(last, 0xFFFF) - Math.max(first, 0x800) + 1);
        sizes[4] += Math.max(0, last - Math.max(first, 0x10000) + 1);
        return sizes;
    }

    private static boolean contains(int first, int last, int c) {
        return first <= c && c <= last;
    }
}
