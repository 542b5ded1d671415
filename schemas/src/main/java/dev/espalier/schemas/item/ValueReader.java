// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.core.work.DeepStack;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.json.ReadValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A reader of values from text that frames have accepted, so that it is known to be JSON. Values may have any size. Iterative; time is
 * linear in the text, except for the exponents of numbers.
 */
final class ValueReader {

    private final byte[] text;
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private int deepest;

    /** A container that is being read. */
    private static final class Open {
        final boolean isObject;
        final List<ReadValue> items = new ArrayList<>();
        final TreeMap<String, ReadValue> members = new TreeMap<>();
        boolean repeats;

        @Nullable
        String key;

        Open(boolean isObject) {
            this.isObject = isObject;
        }

        void add(ReadValue value) {
            String name = key;
            if (!isObject || name == null) {
                items.add(value);
                return;
            }
            ReadValue before = members.put(name, value);
            if (before != null) {
                repeats = true;
                members.put(name, new ReadValue.Items(List.of(before, value)));
            }
            key = null;
        }

        ReadValue close() {
            return isObject ? new ReadValue.Members(members, repeats) : new ReadValue.Items(items);
        }
    }

    /** Begins before the first byte. */
    ValueReader(byte[] text) {
        this.text = text;
    }

    /** The value of the text, which is whole. */
    ReadValue read() {
        ReadValue value = advance();
        return java.util.Objects.requireNonNull(value, "the text of a value is whole");
    }

    /** The levels of containers that were read. */
    int depth() {
        return deepest;
    }

    /**
     * A text of the containers that are still open, which is the same for all texts with equal values in them so far; the text ends
     * between two parts.
     */
    String outline() {
        ReadValue value = advance();
        return DeepStack.call(deepest, () -> outline(value));
    }

    private String outline(@Nullable ReadValue value) {
        StringBuilder outline = new StringBuilder();
        if (value != null) {
            ItemValue.write(value, outline);
        }
        for (Open container : open) {
            ItemValue.write(container.close(), outline);
            outline.append('\n');
            if (container.key != null) {
                outline.append(container.key).append(':');
            }
        }
        return outline.toString();
    }

    /** Reads to the end of the value, or of the text. */
    private @Nullable ReadValue advance() {
        while (at < text.length) {
            ReadValue value = part();
            if (value != null) {
                Open container = open.peek();
                if (container == null) {
                    return value;
                }
                container.add(value);
            }
        }
        return null;
    }

    /** The value that ends with the next part; null if none does. */
    private @Nullable ReadValue part() {
        int symbol = text[at++];
        switch (symbol) {
            case '{', '[' -> {
                open.push(new Open(symbol == '{'));
                deepest = Math.max(deepest, open.size());
                return null;
            }
            case '}', ']' -> {
                return open.pop().close();
            }
            case '"' -> {
                String string = string();
                Open container = open.peek();
                boolean isKey = container != null && container.isObject && container.key == null;
                if (!isKey) {
                    return new ReadValue.Text(string);
                }
                container.key = string;
                return null;
            }
            case ',', ':', ' ', '\t', '\n', '\r' -> {
                return null;
            }
            default -> {
                return word();
            }
        }
    }

    private ReadValue word() {
        int from = at - 1;
        while (at < text.length && ",:]} \t\n\r".indexOf(text[at]) < 0) {
            at++;
        }
        String word = new String(text, from, at - from, StandardCharsets.US_ASCII);
        return Character.isLetter(word.charAt(0))
                ? new ReadValue.Word(word)
                : new ReadValue.Number(ReadNumber.of(word));
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        int from = at;
        while (text[at] != '"') {
            if (text[at] == '\\') {
                string.append(new String(text, from, at - from, StandardCharsets.UTF_8));
                string.append(escaped());
                from = at;
            } else {
                at++;
            }
        }
        string.append(new String(text, from, at - from, StandardCharsets.UTF_8));
        at++;
        return string.toString();
    }

    private char escaped() {
        int symbol = text[at + 1];
        at += 2;
        if (symbol == 'u') {
            at += 4;
            return (char) Integer.parseInt(new String(text, at - 4, 4, StandardCharsets.US_ASCII), 16);
        }
        return switch (symbol) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) symbol;
        };
    }
}
