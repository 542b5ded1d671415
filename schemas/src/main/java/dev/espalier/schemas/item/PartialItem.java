// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.core.work.DeepStack;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.json.ReadValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of the beginning of a JSON text with a value: can the text still become that value, in any order of members and any
 * spelling? Restrictions of a language (no exponents, an order of members) are not considered.
 */
@FastPath(oracle = "PartialItemTest")
public final class PartialItem {

    private static final int NO = -1;
    /** The bytes that spell a character after its first byte, except characters beyond ASCII. */
    private static final int[] ESCAPES =
            "\"\\/nrtu0123456789abcdefABCDEF".chars().toArray();

    /** By the first byte of a character, with what its spellings begin. */
    private static final List<ByteSet> BEGINNINGS = IntStream.range(0, 256)
            .mapToObj(first -> ByteSet.of(symbol -> symbol == first || symbol == '\\'))
            .toList();

    private static final ByteSet QUOTE = ByteSet.of(symbol -> symbol == '"');
    private static final ByteSet QUOTE_OR_BLANK = blanksOr("\"");
    private static final ByteSet COLON = blanksOr(":");
    private static final ByteSet COMMA = blanksOr(",");
    private static final ByteSet END_OF_ARRAY = blanksOr("]");
    private static final ByteSet END_OF_OBJECT = blanksOr("}");
    private static final ByteSet ARRAY = blanksOr("[");
    private static final ByteSet OBJECT = blanksOr("{");
    private static final ByteSet LITERAL = blanksOr("ntf");
    /** The bytes that continue, begin or follow a number. */
    private static final ByteSet NUMBER = blanksOr("-0123456789.eE+,]}");

    private final byte[] text;
    /** By the spelling of a character that is cut off, what it can become. */
    private final Map<Integer, Completion> completions = new HashMap<>();
    /** True if the next bytes must be computed. */
    private final boolean needsNext;
    /** True if the text ended before the value did. */
    private boolean open;
    /** The bytes that can come next in an open text; perhaps more. */
    private ByteSet next = ByteSet.ALL;
    /** The number that an unfinished number must become. */
    private @Nullable ReadNumber number;
    /** The order of the members of an object. */
    private Comparator<String> order = Comparator.naturalOrder();
    /** From where on keys must be in order. */
    private int ordered;

    /** Whether the last key was the first of those that were left. */
    private boolean isInOrder = true;

    private PartialItem(byte[] text, boolean needsNext) {
        this.text = text;
        this.needsNext = needsNext;
    }

    private static ByteSet blanksOr(String symbols) {
        return ByteSet.of(symbol -> Blanks.isBlank(symbol) || symbols.indexOf(symbol) >= 0);
    }

    /** Whether a text may be the beginning of the value, or all of it. */
    static boolean canBecome(byte[] text, ItemValue value) {
        return new PartialItem(text, false).isBeginningOf(value);
    }

    /** A comparison of a text with many values, one after the other. */
    static PartialItem of(byte[] text) {
        return new PartialItem(text, true);
    }

    /** The bytes after which the text may still be the beginning of a value, perhaps more; none if it is not one now. */
    ByteSet next(ItemValue value) {
        open = false;
        next = ByteSet.ALL;
        number = null;
        isInOrder = true;
        return isBeginningOf(value) ? next : ByteSet.NONE;
    }

    /**
     * The number that the unfinished number at the end of a text must become; null if there is none, or if the text cannot become the
     * value.
     */
    public static @Nullable ReadNumber number(byte[] text, ItemValue value) {
        PartialItem partial = new PartialItem(text, false);
        return partial.isBeginningOf(value) ? partial.number : null;
    }

    /**
     * Whether the last key in a text that may become the value is the first of those that were left in its object, unless it
     * begins before some index.
     */
    static boolean isInOrder(byte[] text, int from, ItemValue value, Comparator<String> order) {
        PartialItem partial = new PartialItem(text, false);
        partial.order = order;
        partial.ordered = from;
        return partial.isBeginningOf(value) && partial.isInOrder;
    }

    private boolean isBeginningOf(ItemValue value) {
        return DeepStack.call(value.depth(), () -> match(0, value.value())) != NO;
    }

    /** The characters that the beginning of a string has so far. */
    public static int characters(byte[] text) {
        PartialItem partial = new PartialItem(text, false);
        Characters characters = partial.new Characters(partial.blanks(0) + 1);
        int count = 0;
        while (characters.next() >= 0) {
            count++;
        }
        return count;
    }

    /** The text ends here, and goes on with one of some bytes. */
    private int open(ByteSet bytes) {
        open = true;
        next = bytes;
        return text.length;
    }

    /** The bytes with which a value may begin, or more. */
    private static ByteSet begins(ReadValue value) {
        if (value instanceof ReadValue.Text) {
            return QUOTE_OR_BLANK;
        } else if (value instanceof ReadValue.Number) {
            return NUMBER;
        } else if (value instanceof ReadValue.Items) {
            return ARRAY;
        } else if (value instanceof ReadValue.Members) {
            return OBJECT;
        }
        return LITERAL;
    }

    /**
     * The end of the text of a value that begins at an index; the end of the whole text while the value is open; {@link #NO} if it is
     * not the value.
     */
    private int match(int from, ReadValue value) {
        int at = blanks(from);
        if (at == text.length) {
            return open(begins(value));
        }
        if (value instanceof ReadValue.Text string) {
            return text[at] == '"' ? string(at + 1, string.value()) : NO;
        } else if (value instanceof ReadValue.Number number) {
            return number(at, number.value());
        } else if (value instanceof ReadValue.Items array) {
            return text[at] == '[' ? items(at + 1, array.items()) : NO;
        } else if (value instanceof ReadValue.Members object) {
            return text[at] != '{' ? NO : object.repeats() ? repeating(at, object) : members(at + 1, object.members());
        }
        return literal(at, ((ReadValue.Word) value).name());
    }

    private int blanks(int from) {
        int at = from;
        while (at < text.length && Blanks.isBlank(text[at])) {
            at++;
        }
        return at;
    }

    private int literal(int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            int expected = name.charAt(i);
            if (from + i == text.length) {
                return open(ByteSet.of(symbol -> symbol == expected));
            }
            if (text[from + i] != expected) {
                return NO;
            }
        }
        return from + name.length();
    }

    private int number(int from, ReadNumber wanted) {
        int end = from;
        while (end < text.length && "+-.0123456789eE".indexOf(text[end]) >= 0) {
            end++;
        }
        String read = new String(text, from, end - from, StandardCharsets.US_ASCII);
        if (read.isEmpty()) {
            return NO;
        }
        if (end < text.length) {
            return ReadNumber.of(read).equals(wanted) ? end : NO;
        }
        if (!wanted.mayBegin(read)) {
            return NO;
        }
        number = wanted;
        return open(needsNext ? next(read, wanted) : ByteSet.ALL);
    }

    /** The bytes that continue the beginning of a number, or follow it; of the digits only those that lead to the value. */
    private static ByteSet next(String read, ReadNumber wanted) {
        long others = 0;
        for (int symbol = '0'; symbol <= '9'; symbol++) {
            others |= wanted.mayBegin(read + (char) symbol) ? 0 : 1L << symbol;
        }
        return NUMBER.without(ByteSet.of(new long[] {others, 0, 0, 0}));
    }

    /** The characters of a string from an index on, against the expected ones; the index after its closing mark. */
    private int string(int from, String expected) {
        Characters characters = new Characters(from);
        int i = 0;
        while (true) {
            int c = characters.next();
            if (c == Characters.CUT) {
                return !characters.mayBecome(expected, i)
                        ? NO
                        : open(characters.isWhole() ? next(expected, i) : characters.next(expected, i));
            }
            if (c == Characters.CLOSED) {
                return i == expected.length() ? characters.at : NO;
            }
            if (i == expected.length() || expected.codePointAt(i) != c) {
                return NO;
            }
            i += Character.charCount(c);
        }
    }

    /** The bytes with which the rest of a string begins. */
    private static ByteSet next(String expected, int from) {
        if (from == expected.length()) {
            return QUOTE;
        }
        return BEGINNINGS.get(JsonCharacters.firstByte(expected.codePointAt(from)));
    }

    /** The characters of a string, decoded one after the other. */
    private final class Characters {
        static final int CUT = -1;
        static final int CLOSED = -2;
        int at;
        private int spelling;

        Characters(int from) {
            this.at = from;
        }

        /** Whether no character is cut off. */
        boolean isWhole() {
            return spelling == JsonCharacters.PLAIN;
        }

        /** Whether a character that is cut off can become the first of the rest of a string. */
        boolean mayBecome(String expected, int from) {
            return isWhole() || (from < expected.length() && mayBecome(spelling, expected.codePointAt(from)));
        }

        private boolean mayBecome(int spelling, int codePoint) {
            if (spelling <= JsonCharacters.CHARACTER) {
                return JsonCharacters.CHARACTER - spelling == codePoint;
            }
            if (spelling == JsonCharacters.DEAD || spelling == JsonCharacters.CLOSE) {
                return false;
            }
            return completions.computeIfAbsent(spelling, Completion::of).has(codePoint);
        }

        /** The bytes after which it still can. */
        ByteSet next(String expected, int from) {
            int codePoint = expected.codePointAt(from);
            long[] found = new long[4];
            for (int symbol : ESCAPES) {
                addIfRead(symbol, codePoint, found);
            }
            if (codePoint >= 0x80) {
                for (byte symbol : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    addIfRead(symbol & 0xff, codePoint, found);
                }
            }
            return ByteSet.of(found);
        }

        private void addIfRead(int symbol, int codePoint, long[] found) {
            if (mayBecome(JsonCharacters.next(spelling, symbol), codePoint)) {
                found[symbol >> 6] |= 1L << symbol;
            }
        }

        int next() {
            spelling = JsonCharacters.PLAIN;
            while (at < text.length) {
                spelling = JsonCharacters.next(spelling, text[at++] & 0xFF);
                if (spelling == JsonCharacters.CLOSE) {
                    return CLOSED;
                }
                if (spelling <= JsonCharacters.CHARACTER) {
                    return JsonCharacters.CHARACTER - spelling;
                }
            }
            return CUT;
        }
    }

    private int items(int from, List<ReadValue> items) {
        int at = from;
        for (int i = 0; i <= items.size(); i++) {
            at = blanks(at);
            if (at == text.length) {
                return open(i == items.size() ? END_OF_ARRAY : i > 0 ? COMMA : begins(items.get(0)));
            }
            if (text[at] == ']') {
                return i == items.size() ? at + 1 : NO;
            }
            if (i > 0 && text[at++] != ',') {
                return NO;
            }
            if (i == items.size()) {
                return NO;
            }
            at = match(at, items.get(i));
            if (at == NO || open) {
                return at;
            }
        }
        return NO;
    }

    /** An object in which a key comes more than once: it is compared when it is over. */
    private int repeating(int from, ReadValue.Members object) {
        int depth = 0;
        boolean quoted = false;
        for (int at = from; at < text.length; at++) {
            int symbol = text[at];
            if (quoted) {
                at += symbol == '\\' ? 1 : 0;
                quoted = symbol != '"';
            } else if (symbol == '"') {
                quoted = true;
            } else if (symbol == '{' || symbol == '[') {
                depth++;
            } else if ((symbol == '}' || symbol == ']') && --depth == 0) {
                ReadValue read = new ValueReader(Arrays.copyOfRange(text, from, at + 1)).read();
                return read.equals(object) ? at + 1 : NO;
            }
        }
        return open(ByteSet.ALL);
    }

    private int members(int from, Map<String, ReadValue> members) {
        Set<String> left = new HashSet<>(members.keySet());
        int at = blanks(from);
        while (true) {
            boolean isFirst = left.size() == members.size();
            if (at == text.length) {
                return open(left.isEmpty() ? END_OF_OBJECT : isFirst ? QUOTE_OR_BLANK : COMMA);
            }
            if (text[at] == '}') {
                return left.isEmpty() ? at + 1 : NO;
            }
            if (left.isEmpty() || (!isFirst && text[at] != ',')) {
                return NO;
            }
            at = isFirst ? at : blanks(at + 1);
            if (at == text.length) {
                return open(QUOTE_OR_BLANK);
            }
            String key = key(at + 1, left);
            if (key == null) {
                return open ? text.length : NO;
            }
            isInOrder = at < ordered || key.equals(Collections.min(left, order));
            left.remove(key);
            at = blanks(keyEnd);
            if (at == text.length) {
                return open(COLON);
            }
            at = match(at + 1, Objects.requireNonNull(members.get(key)));
            if (at == NO || open) {
                return at;
            }
            at = blanks(at);
        }
    }

    private int keyEnd;

    /** The key from an index on, if it is one of those left; null, and open, while it can become one. */
    private @Nullable String key(int from, Set<String> left) {
        Characters characters = new Characters(from);
        StringBuilder key = new StringBuilder();
        int c = characters.next();
        while (c >= 0) {
            key.appendCodePoint(c);
            c = characters.next();
        }
        String read = key.toString();
        boolean closed = c == Characters.CLOSED;
        keyEnd = characters.at;
        if (closed && left.contains(read)) {
            return read;
        }
        List<String> possible = closed
                ? List.of()
                : left.stream()
                        .filter(name -> name.startsWith(read) && characters.mayBecome(name, read.length()))
                        .toList();
        open = !possible.isEmpty();
        next = ByteSet.NONE;
        for (String name : possible) {
            next = next.or(characters.isWhole() ? next(name, read.length()) : characters.next(name, read.length()));
        }
        return null;
    }
}
