// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.AttributePath;
import dev.espalier.chat.function.Attributed;
import dev.espalier.chat.function.Bound;
import dev.espalier.chat.function.CallContext;
import dev.espalier.chat.python.Arithmetic;
import dev.espalier.chat.python.Case;
import dev.espalier.chat.python.Comparison;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.python.Sorting;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.ListValue;
import dev.espalier.chat.value.Sized;
import dev.espalier.chat.value.Stream;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Tuple;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters of lists and dicts as wholes. */
final class ListFilters {

    private ListFilters() {}

    static void define(Table table) {
        table.define("length count", "", (s, a, r) -> Int.of(Elements.size(s)));
        table.define("list", "", (s, a, r) -> new ListValue(Elements.list(s, r.meter())));
        table.define("first", "", (s, a, r) -> first(Elements.iterator(s), "No first item, sequence was empty."));
        table.define("last", "", (s, a, r) -> first(backwards(s, r), "No last item, sequence was empty."));
        table.define("reverse", "", ListFilters::reverse);
        table.define("join", "d? attribute?", ListFilters::join);
        table.define("sum", "attribute? start?", ListFilters::sum);
        table.define("min", "case_sensitive? attribute?", (s, a, r) -> extreme(s, a, r, false));
        table.define("max", "case_sensitive? attribute?", (s, a, r) -> extreme(s, a, r, true));
        table.define("sort", "reverse? case_sensitive? attribute?", ListFilters::sort);
        table.define("dictsort", "case_sensitive? by? reverse?", ListFilters::sortDict);
        table.define("groupby", "attribute default? case_sensitive?", ListFilters::groupBy);
    }

    private static Value first(Iterator<Value> elements, String otherwise) {
        return elements.hasNext() ? elements.next() : Undefined.of(otherwise);
    }

    private static Iterator<Value> backwards(Value value, CallContext context) {
        if (!(value instanceof Sized)) {
            throw Fault.type("'" + value.type() + "' object is not reversible");
        }
        List<Value> list = Elements.list(value, context.meter());
        Collections.reverse(list);
        return list.iterator();
    }

    private static Value reverse(Value subject, Bound arguments, CallContext context) {
        if (subject instanceof Text text) {
            TextBuilder out = new TextBuilder(context.meter());
            backwards(text, context).forEachRemaining(out::append);
            return out.toText().asMarkup(text.isMarkup());
        }
        List<Value> list = Elements.list(subject, context.meter());
        Collections.reverse(list);
        return subject instanceof Sized ? Stream.of(list::iterator) : new ListValue(list);
    }

    private static Value join(Value subject, Bound arguments, CallContext context) {
        AttributePath path = AttributePath.of(arguments.has(1) ? arguments.get(1) : null);
        Text separator = TextBuilder.print(arguments.or(0, Text.EMPTY), context.meter());
        TextBuilder out = new TextBuilder(context.meter());
        Iterator<Value> elements = Elements.iterator(subject);
        for (int i = 0; elements.hasNext(); i++) {
            out.append(i == 0 ? Text.EMPTY : separator).append(path.of(elements.next(), context));
        }
        return out.toText();
    }

    private static Value sum(Value subject, Bound arguments, CallContext context) {
        AttributePath path = AttributePath.of(arguments.has(0) ? arguments.get(0) : null);
        Value sum = arguments.or(1, Int.of(0));
        if (sum instanceof Text) {
            throw Fault.type("sum() can't sum strings [use ''.join(seq) instead]");
        }
        for (Value element : Elements.list(subject, context.meter())) {
            sum = Arithmetic.add(sum, path.of(element, context), context.meter());
        }
        return sum;
    }

    /** What an element is compared by. */
    static Value key(Value element, @Nullable AttributePath path, boolean isCaseSensitive, CallContext context) {
        Value key = path == null ? element : path.of(element, context);
        return !isCaseSensitive && key instanceof Text text ? Case.lower(text) : key;
    }

    private static Value extreme(Value subject, Bound arguments, CallContext context, boolean isMost) {
        AttributePath path = AttributePath.of(arguments.has(1) ? arguments.get(1) : null);
        List<Value> elements = Elements.list(subject, context.meter());
        if (elements.isEmpty()) {
            return Undefined.of("No aggregated item, sequence was empty.");
        }
        Value best = elements.get(0);
        Value bestKey = key(best, path, arguments.flag(0), context);
        for (Value element : elements.subList(1, elements.size())) {
            Value key = key(element, path, arguments.flag(0), context);
            if (isMost
                    ? Comparison.holds(">", key, bestKey, context.meter())
                    : Comparison.isLess(key, bestKey, context.meter())) {
                best = element;
                bestKey = key;
            }
        }
        return best;
    }

    private static Value sort(Value subject, Bound arguments, CallContext context) {
        List<Value> elements = Elements.list(subject, context.meter());
        boolean isCaseSensitive = arguments.flag(1);
        List<AttributePath> paths = new ArrayList<>();
        if (arguments.has(2) && arguments.get(2) instanceof Text text) {
            for (String path : text.string().split(",", -1)) {
                paths.add(AttributePath.of(Text.trusted(path)));
            }
        } else {
            paths.add(AttributePath.of(arguments.has(2) ? arguments.get(2) : null));
        }
        Sorting.sort(
                elements,
                element -> {
                    List<Value> keys = new ArrayList<>();
                    paths.forEach(path -> keys.add(key(element, path, isCaseSensitive, context)));
                    return new ListValue(keys);
                },
                arguments.flag(0),
                context.meter());
        context.meter().spend(elements.size());
        return new ListValue(elements);
    }

    private static Value sortDict(Value subject, Bound arguments, CallContext context) {
        String by = arguments.text(1, Text.trusted("key")).string();
        if (!by.equals("key") && !by.equals("value")) {
            throw Fault.value("dictsort() expects by='key' or by='value'");
        }
        if (!(Elements.defined(subject) instanceof Dict dict)) {
            throw Fault.type("dictsort() expects a dict, not " + subject.type());
        }
        List<Map.Entry<Value, Value>> entries = new ArrayList<>(dict.entries().entrySet());
        context.meter().spend(entries.size());
        Sorting.sort(
                entries,
                entry -> key(by.equals("key") ? entry.getKey() : entry.getValue(), null, arguments.flag(0), context),
                arguments.flag(2),
                context.meter());
        List<Value> pairs = new ArrayList<>();
        entries.forEach(entry -> pairs.add(Tuple.of(entry.getKey(), entry.getValue())));
        return new ListValue(pairs);
    }

    private static Value groupBy(Value subject, Bound arguments, CallContext context) {
        AttributePath path = AttributePath.of(arguments.get(0));
        Value usual = arguments.has(1) ? arguments.get(1) : null;
        boolean isCaseSensitive = arguments.flag(2);
        List<Value> elements = Elements.list(subject, context.meter());
        Sorting.sort(
                elements,
                element -> groupKey(path.of(element, usual, context), isCaseSensitive),
                false,
                context.meter());
        List<Value> groups = new ArrayList<>();
        int start = 0;
        while (start < elements.size()) {
            Value original = path.of(elements.get(start), usual, context);
            Value key = groupKey(original, isCaseSensitive);
            int end = start + 1;
            while (end < elements.size()
                    && Comparison.areEqual(
                            groupKey(path.of(elements.get(end), usual, context), isCaseSensitive),
                            key,
                            context.meter())) {
                end++;
            }
            groups.add(new Group(original, new ListValue(List.copyOf(elements.subList(start, end)))));
            start = end;
        }
        return new ListValue(groups);
    }

    private static Value groupKey(Value value, boolean isCaseSensitive) {
        return !isCaseSensitive && value instanceof Text text ? Case.lower(text) : value;
    }

    /** A pair of what a group has in common and its elements, which has names for both. */
    private static final class Group extends Tuple implements Attributed {

        Group(Value grouper, Value list) {
            super(List.of(grouper, list));
        }

        @Override
        public @Nullable Value attribute(String name) {
            return name.equals("grouper") ? at(0) : name.equals("list") ? at(1) : null;
        }
    }
}
