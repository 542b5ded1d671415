// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Arguments;
import dev.espalier.chat.function.Attributed;
import dev.espalier.chat.function.Bound;
import dev.espalier.chat.function.Builtin;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.function.Callable;
import dev.espalier.chat.function.Method;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Namespace;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Range;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Value;
import dev.espalier.core.error.TemplateException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template sees. */
final class Globals {

    private Globals() {}

    static void define(Table table) {
        table.define("range", "start stop? step?", Globals::range);
        table.define("dict", "*", (s, a, r) -> dict(a.rest(), r));
        table.define("namespace", "*", (s, a, r) -> namespace(a.rest(), r));
        table.define("cycler", "*", (s, a, r) -> new Cycler(a.rest().positional()));
        table.define("joiner", "sep?", (s, a, r) -> new Joiner(a.or(0, Text.trusted(", "))));
        table.define("raise_exception", "message", (s, a, r) -> {
            throw new Fault(
                    Reason.RAISED,
                    shortened(TextBuilder.print(a.get(0), r.meter()).string()));
        });
        table.define("strftime_now", "format", (s, a, r) -> DateFormat.format(a.text(0), r.now(), r.meter()));
    }

    private static String shortened(String message) {
        int most = 200;
        return message.codePointCount(0, message.length()) <= most
                ? message
                : message.substring(0, message.offsetByCodePoints(0, most)) + "…";
    }

    private static Value range(Value subject, Bound arguments, CallContext context) {
        int first = arguments.integer(0, 0);
        boolean hasStop = arguments.values().get(1) != null;
        return new Range(hasStop ? first : 0, hasStop ? arguments.integer(1, 0) : first, arguments.integer(2, 1));
    }

    private static Dict dict(Arguments arguments, CallContext context) {
        if (arguments.positional().size() > 1) {
            throw Fault.type("dict expected at most 1 argument, got "
                    + arguments.positional().size());
        }
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value source : arguments.positional()) {
            Value pairs = source instanceof Dict dict ? dict.items() : source;
            for (Value pair : Elements.list(pairs, context.meter())) {
                List<Value> sides = Elements.list(pair, context.meter());
                if (sides.size() != 2) {
                    throw Fault.value(
                            "dictionary update sequence element has length " + sides.size() + "; 2 is required");
                }
                entries.put(Dict.key(sides.get(0)), sides.get(1));
            }
        }
        entries.putAll(arguments.named());
        return new Dict(entries);
    }

    private static Value namespace(Arguments arguments, CallContext context) {
        Namespace namespace = new Namespace();
        dict(arguments, context).entries().forEach((name, value) -> {
            if (name instanceof Text text) {
                namespace.set(text, value);
            }
        });
        return namespace;
    }

    /** Values that come one after the other, again and again. */
    private static final class Cycler implements Attributed {

        private final List<Value> items;
        private int position;

        Cycler(List<Value> items) {
            if (items.isEmpty()) {
                throw Fault.value("at least one item has to be provided");
            }
            this.items = items;
        }

        @Override
        public @Nullable Value attribute(String name) {
            return switch (name) {
                case "current" -> items.get(position);
                case "next" -> new Method(this, new Builtin("next", "", (s, a, r) -> next()));
                case "reset" ->
                    new Method(this, new Builtin("reset", "", (s, a, r) -> {
                        position = 0;
                        return None.NONE;
                    }));
                default -> null;
            };
        }

        private Value next() {
            Value current = items.get(position);
            position = (position + 1) % items.size();
            return current;
        }

        @Override
        public String type() {
            return "Cycler";
        }

        @Override
        public void represent(TextBuilder out) {
            out.append("<Cycler>");
        }
    }

    /** Nothing when it is called first, then a separator. */
    private static final class Joiner implements Callable {

        private final Value separator;
        private boolean isUsed;

        Joiner(Value separator) {
            this.separator = separator;
        }

        @Override
        public Value call(Arguments arguments, CallContext context) {
            Value result = isUsed ? separator : Text.EMPTY;
            isUsed = true;
            return result;
        }

        @Override
        public String type() {
            return "Joiner";
        }

        @Override
        public void represent(TextBuilder out) {
            out.append("<Joiner>");
        }
    }
}
