// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Value;
import java.util.List;
import java.util.Map;

/** Python's {@code str.format}. */
public final class BraceFormat {

    /** What a field's dots and brackets lead to. */
    public interface Members {

        /** The attribute, or the element, of a value. */
        Value of(Value owner, Value key, boolean isAttribute);
    }

    private final List<Value> positional;
    private final Map<Text, Value> named;
    private final Members members;
    private final Meter meter;
    private int next;
    private boolean isNested;

    /** Values for fields by position and by name. */
    public BraceFormat(List<Value> positional, Map<Text, Value> named, Members members, Meter meter) {
        this.positional = positional;
        this.named = named;
        this.members = members;
        this.meter = meter;
    }

    /** A format with its fields filled in. */
    public Text format(Text format) {
        TextBuilder out = new TextBuilder(meter);
        String string = format.string();
        int at = 0;
        while (at < string.length()) {
            char c = string.charAt(at);
            if ((c == '{' || c == '}') && at + 1 < string.length() && string.charAt(at + 1) == c) {
                out.append(format, at, at + 1);
                at += 2;
            } else if (c == '}') {
                throw Fault.value("Single '}' encountered in format string");
            } else if (c == '{') {
                int end = fieldEnd(string, at + 1);
                field(format.substring(at + 1, end), out);
                at = end + 1;
            } else {
                out.append(format, at, at + 1);
                at++;
            }
        }
        return out.toText().asMarkup(format.isMarkup());
    }

    private static int fieldEnd(String string, int from) {
        int depth = 1;
        for (int i = from; i < string.length(); i++) {
            depth += string.charAt(i) == '{' ? 1 : string.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw Fault.value(
                from == string.length()
                        ? "Single '{' encountered in format string"
                        : "expected '}' before end of string");
    }

    private void field(Text whole, TextBuilder out) {
        String field = whole.string();
        int colon = outsideBrackets(field, ':');
        String head = colon < 0 ? field : field.substring(0, colon);
        int mark = outsideBrackets(head, '!');
        Value value = value(mark < 0 ? head : head.substring(0, mark));
        if (mark >= 0) {
            value = converted(value, head.substring(mark + 1));
        }
        Text spec = colon < 0 ? Text.EMPTY : whole.substring(colon + 1, field.length());
        if (spec.string().indexOf('{') >= 0 || spec.string().indexOf('}') >= 0) {
            if (isNested) {
                throw Fault.value("Max string recursion exceeded");
            }
            isNested = true;
            spec = format(spec);
            isNested = false;
        }
        TextBuilder laid = new TextBuilder(meter);
        FormatSpec.parse(spec).format(value, laid);
        out.append(whole.isMarkup() ? Markup.escape(laid.toText(), meter) : laid.toText());
    }

    private static int outsideBrackets(String field, char wanted) {
        int depth = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == wanted && depth <= 0) {
                return i;
            }
        }
        return -1;
    }

    private Value converted(Value value, String conversion) {
        TextBuilder text = new TextBuilder(meter);
        if (conversion.equals("r") || conversion.equals("a")) {
            value.represent(text);
        } else if (conversion.equals("s")) {
            value.print(text);
        } else {
            throw Fault.value("Unknown conversion specifier '" + conversion + "'");
        }
        return text.toText();
    }

    private Value value(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Value value = first(path.substring(0, end));
        while (end < path.length()) {
            boolean isAttribute = path.charAt(end) == '.';
            int stop = isAttribute ? nextStep(path, end + 1) : path.indexOf(']', end);
            if (stop <= end + 1) {
                throw Fault.value("Empty attribute in format string");
            }
            String name = path.substring(end + 1, stop);
            boolean isIndex = !isAttribute && Characters.all(name, c -> c >= '0' && c <= '9') && name.length() < 9;
            value = members.of(value, isIndex ? Int.of(Long.parseLong(name)) : Text.trusted(name), isAttribute);
            end = isAttribute ? stop : stop + 1;
        }
        return value;
    }

    private static int nextStep(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        return at;
    }

    private Value first(String name) {
        boolean isIndex = name.isEmpty() || Characters.all(name, c -> c >= '0' && c <= '9');
        if (isIndex) {
            int index = name.isEmpty() ? next++ : name.length() < 9 ? Integer.parseInt(name) : Integer.MAX_VALUE;
            if (index >= positional.size()) {
                throw Fault.value("Replacement index " + index + " out of range for positional args tuple");
            }
            return positional.get(index);
        }
        Value value = named.get(Text.trusted(name));
        if (value == null) {
            throw Fault.value("no value for the field '" + name + "'");
        }
        return value;
    }
}
