package dev.espalier.schemas;

import dev.espalier.automata.ByteSet;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the beginning of a JSON text can still become a given value, in whatever order and spelling it is written. Of
 * numbers in the middle this is an estimate on the safe side: yes where it is unclear.
 */
final class PartialItem {

    private static final int NO = -1;
    private static final ByteSet QUOTE = ByteSet.of(symbol -> symbol == '"');
    private static final ByteSet QUOTE_OR_BLANK = blanksOr("\"");
    private static final ByteSet COLON = blanksOr(":");
    private static final ByteSet COMMA = blanksOr(",");
    private static final ByteSet END_OF_ARRAY = blanksOr("]");
    private static final ByteSet END_OF_OBJECT = blanksOr("}");
    private static final ByteSet ARRAY = blanksOr("[");
    private static final ByteSet OBJECT = blanksOr("{");
    private static final ByteSet LITERAL = blanksOr("ntf");
    /** What goes on with a number, begins one, or stands behind it. */
    private static final ByteSet NUMBER = blanksOr("-0123456789.eE+,]}");

    private final byte[] text;
    /** Whether the text ended before the value did. */
    private boolean open;
    /** The bytes that can come next in an open text, or more. */
    private ByteSet next = ByteSet.ALL;

    private PartialItem(byte[] text) {
        this.text = text;
    }

    private static ByteSet blanksOr(String symbols) {
        return ByteSet.of(symbol -> Blanks.isBlank(symbol) || symbols.indexOf(symbol) >= 0);
    }

    /** Whether a text may be the beginning of the value, or all of it. */
    static boolean canBecome(byte[] text, JsonValue value) {
        PartialItem partial = new PartialItem(text);
        int end = partial.match(0, value);
        return end != NO;
    }

    /** The bytes after which a text may still be the beginning of the value, or more. */
    static ByteSet next(byte[] text, JsonValue value) {
        PartialItem partial = new PartialItem(text);
        return partial.match(0, value) == NO ? ByteSet.NONE : partial.next;
    }

    /** The characters that the beginning of a string has so far. */
    static int characters(byte[] text) {
        PartialItem partial = new PartialItem(text);
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
    private static ByteSet begins(JsonValue value) {
        if (value instanceof JsonValue.Text) {
            return QUOTE_OR_BLANK;
        } else if (value instanceof JsonValue.Numeral) {
            return NUMBER;
        } else if (value instanceof JsonValue.Items) {
            return ARRAY;
        } else if (value instanceof JsonValue.Members) {
            return OBJECT;
        }
        return LITERAL;
    }

    /** Where the text of a value ends that begins at an index; the end of the text while it is open; {@link #NO}. */
    private int match(int from, JsonValue value) {
        int at = blanks(from);
        if (at == text.length) {
            return open(begins(value));
        }
        if (value instanceof JsonValue.Text string) {
            return text[at] == '"' ? string(at + 1, string.value()) : NO;
        } else if (value instanceof JsonValue.Numeral number) {
            return number(at, number);
        } else if (value instanceof JsonValue.Items array) {
            return text[at] == '[' ? items(at + 1, array.items()) : NO;
        } else if (value instanceof JsonValue.Members object) {
            return text[at] == '{' ? members(at + 1, object.members()) : NO;
        }
        return literal(at, ((JsonValue.Literal) value).name());
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

    private int number(int from, JsonValue.Numeral number) {
        int end = from;
        while (end < text.length && "+-.0123456789eE".indexOf(text[end]) >= 0) {
            end++;
        }
        String read = new String(text, from, end - from, StandardCharsets.US_ASCII);
        if (read.isEmpty()) {
            return NO;
        }
        if (end == text.length) {
            return canBecome(read, number.value()) ? open(next(read, number.value())) : NO;
        }
        return new BigDecimal(read).compareTo(number.value()) == 0 ? end : NO;
    }

    /** What goes on with the beginning of a number, or stands behind it; of digits only those that lead to the value. */
    private static ByteSet next(String read, BigDecimal value) {
        ByteSet others =
                ByteSet.of(symbol -> symbol >= '0' && symbol <= '9' && !canBecome(read + (char) symbol, value));
        return NUMBER.without(others);
    }

    /** By the significant digits, since an exponent may still move the point. */
    private static boolean canBecome(String read, BigDecimal value) {
        if (value.signum() != 0 && read.startsWith("-") != value.signum() < 0) {
            return false;
        }
        String[] parts = read.split("[eE]", 2);
        String digits = parts[0].replaceAll("[-.]", "").replaceFirst("^0+", "");
        String wanted = value.signum() == 0 ? "" : value.unscaledValue().abs().toString();
        int shared = Math.min(digits.length(), wanted.length());
        boolean restIsZero = digits.substring(shared).chars().allMatch(c -> c == '0');
        boolean complete = parts.length == 1 || wanted.length() <= digits.length();
        return complete && restIsZero && wanted.startsWith(digits.substring(0, shared));
    }

    /** The characters of a string from an index on, against the expected ones; the index behind its closing mark. */
    private int string(int from, String expected) {
        Characters characters = new Characters(from);
        int i = 0;
        while (true) {
            int c = characters.next();
            if (c == Characters.CUT) {
                return open(characters.isWhole() ? next(expected, i) : ByteSet.ALL);
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
        int first = JsonCharacters.firstByte(expected.codePointAt(from));
        return ByteSet.of(symbol -> symbol == first || symbol == '\\');
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

    private int items(int from, List<JsonValue> items) {
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

    private int members(int from, Map<String, JsonValue> members) {
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
            at = blanks(keyEnd);
            if (at == text.length) {
                return open(COLON);
            }
            left.remove(key);
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
                : left.stream().filter(name -> name.startsWith(read)).toList();
        open = !possible.isEmpty();
        if (open && characters.isWhole()) {
            next = ByteSet.NONE;
            possible.forEach(name -> next = next.or(next(name, read.length())));
        }
        return null;
    }
}
