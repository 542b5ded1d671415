// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Arguments;
import dev.espalier.chat.function.AttributePath;
import dev.espalier.chat.function.Bound;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.python.Chosen;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.ListValue;
import dev.espalier.chat.value.Stream;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Filters that make generators: their elements are made as they are asked for. */
final class StreamFilters {

    private StreamFilters() {}

    /** What a generator does when it is asked for its first element. */
    private interface Body {

        Iterator<Value> elements(Value subject, Bound arguments, CallContext context);
    }

    static void define(Table table) {
        generator(table, "map", "*", StreamFilters::map);
        generator(table, "select", "*", (s, a, r) -> select(s, a.rest(), r, true));
        generator(table, "reject", "*", (s, a, r) -> select(s, a.rest(), r, false));
        generator(table, "selectattr", "*", (s, a, r) -> selectByAttribute(s, a.rest(), r, true));
        generator(table, "rejectattr", "*", (s, a, r) -> selectByAttribute(s, a.rest(), r, false));
        generator(table, "unique", "case_sensitive? attribute?", StreamFilters::unique);
        generator(table, "items", "", (s, a, r) -> items(s));
        generator(table, "batch", "linecount fill_with?", StreamFilters::batch);
        generator(table, "slice", "slices fill_with?", StreamFilters::slice);
    }

    private static void generator(Table table, String name, String parameters, Body body) {
        table.define(name, parameters, (s, a, r) -> Stream.of(() -> nested(() -> body.elements(s, a, r), r)));
    }

    /** Elements that may be made of those of other generators, and these of others. */
    private static Iterator<Value> nested(Supplier<Iterator<Value>> start, CallContext context) {
        Iterator<Value> elements = context.nested(start);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return context.nested(elements::hasNext);
            }

            @Override
            public Value next() {
                return context.nested(elements::next);
            }
        };
    }

    private static Iterator<Value> mapped(Value subject, CallContext context, Function<Value, Value> function) {
        Iterator<Value> elements = Elements.iterator(subject);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return elements.hasNext();
            }

            @Override
            public Value next() {
                context.meter().spend(1);
                return function.apply(elements.next());
            }
        };
    }

    private static Iterator<Value> selected(Value subject, CallContext context, Predicate<Value> condition) {
        return new Chosen(Elements.iterator(subject), element -> {
            context.meter().spend(1);
            return condition.test(element);
        });
    }

    private static Iterator<Value> map(Value subject, Bound arguments, CallContext context) {
        Arguments rest = arguments.rest();
        if (!subject.isTrue()) {
            return Collections.emptyIterator();
        }
        if (rest.positional().isEmpty() && rest.find("attribute") != null) {
            for (Text name : rest.named().keySet()) {
                if (!name.string().equals("attribute") && !name.string().equals("default")) {
                    throw Fault.type("map() got an unexpected keyword argument '" + name + "'");
                }
            }
            AttributePath path = AttributePath.of(rest.find("attribute"));
            Value usual = rest.find("default");
            return mapped(subject, context, element -> path.of(element, usual, context));
        }
        String filter = name(rest, 0, "map() expects the name of a filter");
        if (!context.hasFilter(filter)) {
            throw Fault.value("there is no filter \"" + filter + "\"");
        }
        Arguments inner = rest.from(1);
        return mapped(subject, context, element -> context.filter(filter, element, inner));
    }

    private static String name(Arguments arguments, int index, String otherwise) {
        if (index < arguments.positional().size() && arguments.positional().get(index) instanceof Text text) {
            return text.string();
        }
        throw Fault.value(otherwise);
    }

    private static Predicate<Value> condition(Arguments arguments, int index, CallContext context) {
        if (index >= arguments.positional().size()) {
            return Value::isTrue;
        }
        String test = name(arguments, index, "expected the name of a test");
        if (!context.hasTest(test)) {
            throw Fault.value("there is no test \"" + test + "\"");
        }
        Arguments inner = arguments.from(index + 1);
        return element -> context.test(test, element, inner);
    }

    private static Iterator<Value> select(Value subject, Arguments arguments, CallContext context, boolean wanted) {
        if (!subject.isTrue()) {
            return Collections.emptyIterator();
        }
        Predicate<Value> condition = condition(arguments, 0, context);
        return selected(subject, context, element -> condition.test(element) == wanted);
    }

    private static Iterator<Value> selectByAttribute(
            Value subject, Arguments arguments, CallContext context, boolean wanted) {
        if (!subject.isTrue()) {
            return Collections.emptyIterator();
        }
        if (arguments.positional().isEmpty()) {
            throw Fault.value("expected the name of an attribute");
        }
        AttributePath path = AttributePath.of(arguments.positional().get(0));
        Predicate<Value> condition = condition(arguments, 1, context);
        return selected(subject, context, element -> condition.test(path.of(element, context)) == wanted);
    }

    private static Iterator<Value> unique(Value subject, Bound arguments, CallContext context) {
        AttributePath path = AttributePath.of(arguments.has(1) ? arguments.get(1) : null);
        Set<Value> seen = new HashSet<>();
        return selected(
                subject,
                context,
                element -> seen.add(Dict.key(ListFilters.key(element, path, arguments.flag(0), context))));
    }

    private static Iterator<Value> items(Value subject) {
        if (subject instanceof Undefined) {
            return Collections.emptyIterator();
        }
        if (subject instanceof Dict dict) {
            return dict.items().iterator();
        }
        throw Fault.type("Can only get item pairs from a mapping.");
    }

    private static Iterator<Value> batch(Value subject, Bound arguments, CallContext context) {
        int size = arguments.integer(0, 1);
        List<Value> rows = new ArrayList<>();
        List<Value> row = new ArrayList<>();
        for (Value element : Elements.list(subject, context.meter())) {
            if (row.size() == size) {
                rows.add(new ListValue(row));
                row = new ArrayList<>();
            }
            row.add(element);
        }
        if (!row.isEmpty()) {
            if (arguments.has(1)) {
                context.meter().spend(Math.max(0, size - row.size()));
                while (row.size() < size) {
                    row.add(arguments.get(1));
                }
            }
            rows.add(new ListValue(row));
        }
        return rows.iterator();
    }

    private static Iterator<Value> slice(Value subject, Bound arguments, CallContext context) {
        List<Value> all = Elements.list(subject, context.meter());
        int slices = arguments.integer(0, 1);
        if (slices <= 0) {
            throw Fault.value("slice() expects a positive number of slices");
        }
        context.meter().spend(slices);
        int size = all.size() / slices;
        int larger = all.size() % slices;
        List<Value> columns = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < slices; i++) {
            int end = start + size + (i < larger ? 1 : 0);
            List<Value> column = new ArrayList<>(all.subList(start, end));
            if (arguments.has(1) && i >= larger) {
                column.add(arguments.get(1));
            }
            columns.add(new ListValue(column));
            start = end;
        }
        return columns.iterator();
    }
}
