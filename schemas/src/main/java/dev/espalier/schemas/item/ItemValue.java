// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.core.work.DeepStack;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.json.ReadValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value compared by JSON Schema's equality: numbers by value, objects without order. Of any size.
 *
 * @param canonical the one text of all equal values: compact, keys sorted, numbers in one form
 * @param value the value; null's where this is but a name
 * @param depth the levels of containers in it
 * @param some what this is a name for; null for a value that is known
 */
public record ItemValue(
        String canonical,
        ReadValue value,
        int depth,
        @Nullable Some some) implements Comparable<ItemValue> {

    private static final ReadValue NOTHING = new ReadValue.Word("null");

    /** The value of a whole text that is known to be JSON. */
    public static ItemValue of(byte[] text) {
        ValueReader reader = new ValueReader(text);
        ReadValue value = reader.read();
        StringBuilder canonical = new StringBuilder(text.length);
        return DeepStack.call(reader.depth(), () -> {
            write(value, canonical);
            return new ItemValue(canonical.toString(), value, reader.depth(), null);
        });
    }

    /**
     * A value by name only: the n-th shortest of a class among those unused when it was chosen.
     *
     * @param diagram the goal that has the class
     * @param each the class
     * @param n from 0
     */
    public record Some(int diagram, int each, int n) {}

    /** A name for a value. */
    public static ItemValue of(Some some) {
        return new ItemValue("?" + some.diagram + "/" + some.each + "/" + some.n, NOTHING, 0, some);
    }

    /** Appends the canonical text of a value. */
    static void write(ReadValue value, StringBuilder out) {
        if (value instanceof ReadValue.Word word) {
            out.append(word.name());
        } else if (value instanceof ReadValue.Number number) {
            out.append(number.value().canonical());
        } else if (value instanceof ReadValue.Text text) {
            quoted(text.value(), out);
        } else if (value instanceof ReadValue.Items array) {
            char separator = '[';
            for (ReadValue item : array.items()) {
                out.append(separator);
                write(item, out);
                separator = ',';
            }
            out.append(separator == '[' ? "[]" : "]");
        } else if (value instanceof ReadValue.Members object) {
            char separator = '{';
            for (Map.Entry<String, ReadValue> member : object.members().entrySet()) {
                quoted(member.getKey(), out.append(separator));
                // keys that came more than once are told from those with an array
                write(member.getValue(), out.append(object.repeats() ? "::" : ":"));
                separator = ',';
            }
            out.append(separator == '{' ? "{}" : "}");
        }
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, from, i);
            from = i + 1;
            int escape = "\b\f\n\r\t\"\\".indexOf(c);
            if (escape >= 0) {
                out.append('\\').append("bfnrt\"\\".charAt(escape));
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    /** The bytes of the shortest of this value's texts without white space. */
    public int bytes(boolean exponents) {
        return DeepStack.call(depth, () -> bytes(value, exponents));
    }

    private static int bytes(ReadValue value, boolean exponents) {
        if (value instanceof ReadValue.Number number) {
            return number.value().bytes(exponents);
        } else if (value instanceof ReadValue.Items array) {
            int bytes = Math.max(2, array.items().size() + 1);
            for (ReadValue item : array.items()) {
                bytes += bytes(item, exponents);
            }
            return bytes;
        } else if (value instanceof ReadValue.Members object) {
            int bytes = Math.max(2, 2 * object.members().size() + 1);
            for (Map.Entry<String, ReadValue> member : object.members().entrySet()) {
                bytes += bytes(new ReadValue.Text(member.getKey()), exponents) + bytes(member.getValue(), exponents);
            }
            return bytes;
        }
        return value instanceof ReadValue.Text text
                ? 2 + JsonCharacters.bytes(text.value())
                : ((ReadValue.Word) value).name().length();
    }

    @Override
    public int compareTo(ItemValue other) {
        return canonical.compareTo(other.canonical);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemValue that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }
}
