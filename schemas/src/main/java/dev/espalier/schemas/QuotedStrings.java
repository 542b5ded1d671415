// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.check.SchemaCheck;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.document.Successors;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.span.SpanPlaces;
import dev.espalier.schemas.span.SpanRule;
import dev.espalier.schemas.work.Learned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** One walk over a value and the schemas that apply to its parts, which finds the strings that are quoted. See {@link SourceSpans#of}. */
final class QuotedStrings {

    /** Bytes of patterns that are kept: none, they serve one walk. */
    private static final long KEPT = 0;

    private static final Comparator<SourceSpan> LEFT_TO_RIGHT = Comparator.comparing(SourceSpan::source)
            .thenComparingInt(SourceSpan::start)
            .thenComparingInt(SourceSpan::end);

    private final SchemaOptions options;
    private final WorkBudget budget;
    private final SchemaDocuments documents;
    private final Successors successors;
    private final Patterns patterns;
    private final Map<SpanRule, SpanPlaces> places = new HashMap<>();
    private final ArrayDeque<Task> open = new ArrayDeque<>();
    private final Set<Met> met = new HashSet<>();
    /** By the string's offset in the text. */
    private final Map<Integer, Quoted> found = new TreeMap<>();

    /** A schema that applies to a value. */
    private record Task(Located schema, JsonValue value, String pointer) {}

    /** A schema, and the offset of a value that it applies to. */
    private record Met(Located schema, int offset) {}

    private record Quoted(String pointer, TreeSet<SourceSpan> spans) {}

    QuotedStrings(SchemaDocuments documents, SchemaOptions options, WorkBudget budget) {
        this.options = options;
        this.budget = budget;
        this.documents = documents;
        this.successors = new Successors(documents);
        boolean areChecksAllowed = options.least() != Enforcement.EXACT;
        this.patterns = new Patterns(new RegexReader(), new HashMap<>(), new Learned<>(KEPT), areChecksAllowed, budget);
    }

    /** By pointer, the places of each string that is quoted. */
    Map<String, List<SourceSpan>> of(JsonValue root) {
        CompileReport unused = new SchemaCheck(documents, options, patterns).run();
        push(documents.root(), root, "");
        while (!open.isEmpty()) {
            budget.step();
            Task task = open.pop();
            look(task);
            successors.forEach(task.schema, (keyword, schema) -> apply(task, keyword, schema));
        }
        Map<String, List<SourceSpan>> all = new LinkedHashMap<>();
        found.values().forEach(quoted -> all.put(quoted.pointer, List.copyOf(quoted.spans)));
        return all;
    }

    private void push(Located schema, JsonValue value, String pointer) {
        if (met.add(new Met(schema, value.offset()))) {
            open.push(new Task(schema, value, pointer));
        }
    }

    private void look(Task task) {
        JsonValue asked = task.schema.hidesSiblings() ? null : task.schema.get(Keyword.FROM_SOURCE);
        if (asked == null || !SpanRule.asks(asked) || !(task.value instanceof JsonValue.Text text)) {
            return;
        }
        SpanRule rule = SpanRule.of(asked);
        String source = Objects.requireNonNull(options.sources().get(rule.source()), "it was checked");
        TreeSet<SourceSpan> spans = new TreeSet<>(LEFT_TO_RIGHT);
        places.computeIfAbsent(rule, r -> new SpanPlaces(source, r))
                .of(text.value())
                .forEach(place -> spans.add(new SourceSpan(rule.source(), place[0], place[1])));
        if (!spans.isEmpty()) {
            found.computeIfAbsent(text.offset(), at -> new Quoted(task.pointer, new TreeSet<>(LEFT_TO_RIGHT)))
                    .spans
                    .addAll(spans);
        }
    }

    private void apply(Task task, Keyword keyword, Located schema) {
        switch (keyword) {
            case NOT, IF, CONTAINS, PROPERTY_NAMES -> {
                // tests, and names
            }
            case PROPERTIES -> members(task, schema, (name, at) -> name.equals(last(schema)));
            case PATTERN_PROPERTIES -> members(task, schema, (name, at) -> matches(last(schema), name));
            case ADDITIONAL_PROPERTIES -> members(task, schema, (name, at) -> !isNamed(at, name));
            case UNEVALUATED_PROPERTIES ->
                members(
                        task,
                        schema,
                        (name, at) -> !isNamed(at, name) && !isCovered(at, below -> hasMember(below, name)));
            case PREFIX_ITEMS -> items(task, schema, Integer.parseInt(last(schema)), 1);
            case ITEMS -> {
                boolean isList = task.schema.get(Keyword.ITEMS) instanceof JsonValue.Items;
                items(
                        task,
                        schema,
                        isList ? Integer.parseInt(last(schema)) : prefix(task.schema),
                        isList ? 1 : Integer.MAX_VALUE);
            }
            case ADDITIONAL_ITEMS -> {
                if (task.schema.get(Keyword.ITEMS) instanceof JsonValue.Items) {
                    items(task, schema, prefix(task.schema), Integer.MAX_VALUE);
                }
            }
            case UNEVALUATED_ITEMS -> unevaluatedItems(task, schema);
            case DEPENDENT_SCHEMAS, DEPENDENCIES -> {
                if (task.value instanceof JsonValue.Members object
                        && object.members().containsKey(last(schema))) {
                    push(schema, task.value, task.pointer);
                }
            }
            case PROPERTY_DEPENDENCIES -> {
                List<String> tokens = List.copyOf(schema.pointer().tokens());
                if (task.value instanceof JsonValue.Members object
                        && object.members().get(tokens.get(tokens.size() - 2)) instanceof JsonValue.Text text
                        && text.value().equals(last(schema))) {
                    push(schema, task.value, task.pointer);
                }
            }
            default -> push(schema, task.value, task.pointer);
        }
    }

    /** The name, the index or the keyword at which a schema stands. */
    private static String last(Located schema) {
        return schema.pointer().tokens().getLast();
    }

    private void members(Task task, Located schema, BiPredicate<String, Located> applies) {
        if (task.value instanceof JsonValue.Members object) {
            object.members().forEach((name, value) -> {
                if (applies.test(name, task.schema)) {
                    push(
                            schema,
                            value,
                            task.pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
                }
            });
        }
    }

    private void items(Task task, Located schema, int from, int count) {
        if (task.value instanceof JsonValue.Items array) {
            List<JsonValue> items = array.items();
            for (int i = from; i < items.size() && i - from < count; i++) {
                push(schema, items.get(i), task.pointer + "/" + i);
            }
        }
    }

    private boolean matches(String pattern, String name) {
        Patterns.Pattern searched = patterns.search(pattern);
        return searched.isExact()
                ? searched.texts().contains(name)
                : searched.kind() != null && searched.kind().contains(name);
    }

    private boolean isNamed(Located at, String name) {
        return (at.get(Keyword.PROPERTIES) instanceof JsonValue.Members named
                        && named.members().containsKey(name))
                || (at.get(Keyword.PATTERN_PROPERTIES) instanceof JsonValue.Members some
                        && some.members().keySet().stream().anyMatch(pattern -> matches(pattern, name)));
    }

    private boolean hasMember(Located at, String name) {
        return !at.hidesSiblings()
                && (isNamed(at, name)
                        || at.get(Keyword.ADDITIONAL_PROPERTIES) != null
                        || at.get(Keyword.UNEVALUATED_PROPERTIES) != null);
    }

    /** The number of items that have schemas of their own. */
    private static int prefix(Located at) {
        JsonValue prefix = at.get(Keyword.PREFIX_ITEMS);
        JsonValue list = prefix == null ? at.get(Keyword.ITEMS) : prefix;
        return list instanceof JsonValue.Items array ? array.items().size() : 0;
    }

    /** The number of items that a schema names, itself; all of them if it has a schema for the rest. */
    private static int named(Located at, boolean isBeside) {
        JsonValue items = at.get(Keyword.ITEMS);
        boolean isRest = (items != null && !(items instanceof JsonValue.Items))
                || (items != null && at.get(Keyword.ADDITIONAL_ITEMS) != null)
                || (!isBeside && at.get(Keyword.UNEVALUATED_ITEMS) != null);
        return isRest ? Integer.MAX_VALUE : prefix(at);
    }

    private void unevaluatedItems(Task task, Located schema) {
        int[] from = {named(task.schema, true)};
        boolean unused = isCovered(task.schema, below -> {
            from[0] = Math.max(from[0], below.hidesSiblings() ? 0 : named(below, false));
            return false;
        });
        items(task, schema, from[0], Integer.MAX_VALUE);
    }

    /** Whether a schema that another one applies in place, itself not counted, covers something. */
    private boolean isCovered(Located start, Predicate<Located> covers) {
        Set<Located> seen = new HashSet<>(List.of(start));
        ArrayDeque<Located> next = new ArrayDeque<>(List.of(start));
        List<Located> hits = new ArrayList<>();
        while (!next.isEmpty() && hits.isEmpty()) {
            budget.step();
            successors.forEach(next.remove(), (keyword, schema) -> {
                if (Keyword.ANNOTATING.contains(keyword) && seen.add(schema)) {
                    next.add(schema);
                    if (covers.test(schema)) {
                        hits.add(schema);
                    }
                }
            });
        }
        return !hits.isEmpty();
    }
}
