// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.cli.console.Console;
import dev.espalier.stream.PartialValue;
import dev.espalier.stream.ValueKind;
import dev.espalier.stream.ValueListener;
import dev.espalier.stream.ValuePath;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** What is known of a value while it is written, as lines of JSON on standard output. */
public final class StreamedLines {

    private StreamedLines() {}

    /** A line for each event; the value where it is no object and no array, since their parts have lines of their own. */
    public static ValueListener events(Console console) {
        return new ValueListener() {
            @Override
            public void begin(ValuePath path, ValueKind kind) {
                print(console, event("begin", path).put("kind", kind.name().toLowerCase(Locale.ROOT)));
            }

            @Override
            public void text(ValuePath path, String delta) {
                print(console, event("text", path).put("text", delta));
            }

            @Override
            public void end(ValuePath path, PartialValue value) {
                print(console, withScalar(event("end", path), value));
            }

            @Override
            public void forced(ValuePath path, PartialValue value) {
                print(console, withScalar(event("forced", path), value));
            }

            @Override
            public void absent(ValuePath path) {
                print(console, event("absent", path));
            }
        };
    }

    private static ObjectNode event(String name, ValuePath path) {
        return JsonNodeFactory.instance.objectNode().put("event", name).put("pointer", path.pointer());
    }

    private static ObjectNode withScalar(ObjectNode line, PartialValue value) {
        boolean isContainer = value.kind()
                .filter(kind -> kind == ValueKind.OBJECT || kind == ValueKind.ARRAY)
                .isPresent();
        return isContainer ? line : line.putRawValue("value", new RawValue(value.json()));
    }

    /** A line for each member of the value, once it is known, and for each item of a list that is one, or is the value. */
    public static ValueListener parts(Console console) {
        return new ValueListener() {
            @Override
            public void known(ValuePath path, PartialValue value) {
                if (isPart(path, value)) {
                    ObjectNode line = JsonNodeFactory.instance.objectNode().put("pointer", path.pointer());
                    print(console, line.putRawValue("value", new RawValue(value.json())));
                }
            }
        };
    }

    private static boolean isPart(ValuePath path, PartialValue value) {
        boolean isItem = path.index().isPresent();
        return switch (path.depth()) {
            case 0 -> value.size() == 0;
            case 1 -> isItem || value.kind().orElseThrow() != ValueKind.ARRAY || value.size() == 0;
            case 2 -> isItem && path.parent().flatMap(ValuePath::key).isPresent();
            default -> false;
        };
    }

    private static void print(Console console, ObjectNode line) {
        console.out().println(line);
        console.out().flush();
    }
}
