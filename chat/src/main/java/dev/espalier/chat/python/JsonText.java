// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Numeric;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Row;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Python's {@code json.dumps} writes it.
 *
 * @param asciiOnly whether other characters are escaped
 * @param indent what a level of nesting is indented by; null for all on one line
 * @param itemSeparator what stands between items
 * @param keySeparator what stands between key and value
 * @param sortsKeys whether members come in the order of their keys
 */
public record JsonText(
        boolean asciiOnly, @Nullable Text indent, Text itemSeparator, Text keySeparator, boolean sortsKeys) {

    /** Adds the JSON of a value to a text; strings keep their marks. */
    public void write(Value value, TextBuilder out) {
        write(value, out, 0);
    }

    private void write(Value value, TextBuilder out, int level) {
        if (value instanceof Text text) {
            quote(text, out);
        } else if (value instanceof Dict dict) {
            writeDict(dict, out, level + 1);
        } else if (value instanceof Row row) {
            writeRow(row, out, level + 1);
        } else {
            out.append(scalar(value, out));
        }
    }

    private static String scalar(Value value, TextBuilder out) {
        if (value == None.NONE) {
            return "null";
        }
        if (value instanceof Bool) {
            return value.isTrue() ? "true" : "false";
        }
        if (value instanceof Int) {
            return new TextBuilder(out.meter()).append(value).toText().string();
        }
        if (value instanceof Real real) {
            double number = real.real();
            boolean isFinite = !Double.isNaN(number) && !Double.isInfinite(number);
            return isFinite ? Real.text(number) : Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        throw Fault.type("Object of type " + value.type() + " is not JSON serializable");
    }

    private void writeRow(Row row, TextBuilder out, int level) {
        if (row.size() == 0) {
            out.append("[]");
            return;
        }
        out.append("[");
        for (int i = 0; i < row.size(); i++) {
            between(i, out, level);
            write(row.at(i), out, level);
        }
        newLine(out, level - 1);
        out.append("]");
    }

    private void writeDict(Dict dict, TextBuilder out, int level) {
        if (dict.size() == 0) {
            out.append("{}");
            return;
        }
        List<Map.Entry<Value, Value>> members = new ArrayList<>(dict.entries().entrySet());
        if (sortsKeys) {
            Sorting.sort(members, Map.Entry::getKey, false, out.meter());
        }
        out.append("{");
        for (int i = 0; i < members.size(); i++) {
            between(i, out, level);
            quote(key(members.get(i).getKey(), out), out);
            out.append(keySeparator);
            write(members.get(i).getValue(), out, level);
        }
        newLine(out, level - 1);
        out.append("}");
    }

    private static Text key(Value key, TextBuilder out) {
        if (key instanceof Text text) {
            return text;
        }
        if (key instanceof Numeric || key == None.NONE) {
            return Text.trusted(scalar(key, out));
        }
        throw Fault.type("keys must be str, int, float, bool or None, not " + key.type());
    }

    private void between(int index, TextBuilder out, int level) {
        if (index > 0) {
            out.append(itemSeparator);
        }
        newLine(out, level);
    }

    private void newLine(TextBuilder out, int level) {
        if (indent != null) {
            out.append("\n");
            for (int i = 0; i < level; i++) {
                out.append(indent);
            }
        }
    }

    private void quote(Text text, TextBuilder out) {
        out.append("\"");
        String string = text.string();
        int start = 0;
        for (int i = 0; i < string.length(); i++) {
            String escape = escape(string.charAt(i));
            if (escape != null) {
                out.append(text, start, i).append(escape, text.isTrusted(i));
                start = i + 1;
            }
        }
        out.append(text, start, string.length()).append("\"");
    }

    private @Nullable String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c < ' ' || (asciiOnly && c > '~') ? String.format("\\u%04x", (int) c) : null;
        };
    }
}
