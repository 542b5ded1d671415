// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Bound;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.python.JsonText;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters of values of any type. */
final class ValueFilters {

    private ValueFilters() {}

    static void define(Table table) {
        table.define("default d", "default_value? boolean?", ValueFilters::orDefault);
        table.define(
                "attr",
                "name",
                (s, a, r) ->
                        r.ownAttribute(s, TextBuilder.print(a.get(0), r.meter()).string()));
        table.define("tojson", "ensure_ascii? indent? separators? sort_keys?", ValueFilters::json);
    }

    private static Value orDefault(Value subject, Bound arguments, CallContext context) {
        boolean isMissing = subject instanceof Undefined || (arguments.flag(1) && !subject.isTrue());
        return isMissing ? arguments.or(0, Text.EMPTY) : subject;
    }

    private static Value json(Value subject, Bound arguments, CallContext context) {
        Text indent = arguments.has(1) ? indent(arguments) : null;
        Text itemSeparator = Text.trusted(indent == null ? ", " : ",");
        Text keySeparator = Text.trusted(": ");
        if (arguments.has(2)) {
            List<Value> separators = Elements.list(arguments.get(2), context.meter());
            if (separators.size() != 2
                    || !(separators.get(0) instanceof Text item)
                    || !(separators.get(1) instanceof Text key)) {
                throw Fault.type("tojson() expects two texts as separators");
            }
            itemSeparator = item;
            keySeparator = key;
        }
        TextBuilder out = new TextBuilder(context.meter());
        new JsonText(arguments.flag(0), indent, itemSeparator, keySeparator, arguments.flag(3)).write(subject, out);
        return out.toText();
    }

    private static @Nullable Text indent(Bound arguments) {
        return arguments.get(1) instanceof Text text
                ? text
                : Text.trusted(" ".repeat(Math.max(0, Math.min(1000, arguments.integer(1, 0)))));
    }
}
