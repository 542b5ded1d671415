// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import dev.espalier.schemas.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A schema text with parts left out that make it narrower: keywords, members of {@code properties}, schemas of {@code allOf},
 * names of {@code required}. What is left keeps its JSON pointers. Mutable.
 */
final class Relaxation {

    private static final int SHOWN = 60;

    private final JsonValue root;
    private final Set<JsonValue> left = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Leaves nothing out yet. */
    Relaxation(JsonValue root) {
        this.root = root;
    }

    /** Whether a part is still there. */
    boolean has(JsonValue part) {
        return !left.contains(part);
    }

    /** Leaves parts out. */
    void leave(List<JsonValue> parts) {
        left.addAll(parts);
    }

    /** Takes parts in again. */
    void restore(List<JsonValue> parts) {
        parts.forEach(left::remove);
    }

    /** The text of what is left. */
    String text() {
        StringBuilder text = new StringBuilder();
        write(root, text);
        return text.toString();
    }

    /** The text of what is left of a value, shortened. */
    String text(JsonValue value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.length() <= SHOWN ? text.toString() : text.substring(0, SHOWN) + "…";
    }

    private void write(JsonValue value, StringBuilder text) {
        if (value instanceof JsonValue.Members object) {
            text.append('{');
            boolean first = true;
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                if (has(member.getValue())) {
                    text.append(first ? "" : ",");
                    first = false;
                    write(member.getKey(), text);
                    text.append(':');
                    write(member.getValue(), text);
                }
            }
            text.append('}');
        } else if (value instanceof JsonValue.Items array) {
            List<String> items = new ArrayList<>();
            for (JsonValue item : array.items()) {
                if (has(item)) {
                    StringBuilder one = new StringBuilder();
                    write(item, one);
                    items.add(one.toString());
                } else if (!(item instanceof JsonValue.Text)) {
                    // the schema of all values keeps the indices of the others
                    items.add("{}");
                }
            }
            text.append('[').append(String.join(",", items)).append(']');
        } else if (value instanceof JsonValue.Text string) {
            write(string.value(), text);
        } else if (value instanceof JsonValue.Numeral number) {
            boolean small = number.value().scale() > -SHOWN && number.value().scale() < SHOWN;
            text.append(small ? number.value().toPlainString() : number.value().toString());
        } else if (value instanceof JsonValue.Literal literal) {
            text.append(literal.name());
        }
    }

    private static void write(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        text.append('"');
    }
}
