package dev.espalier.schemas;

import dev.espalier.grammar.error.ReferenceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds schemas that apply to themselves without going into a child value: they mean nothing. */
final class InPlaceCycles {

    private static final Set<String> IN_PLACE =
            Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies");

    private final SchemaDocument document;
    private final Map<JsonValue, List<JsonValue>> edges = new IdentityHashMap<>();
    private final Map<JsonValue, SchemaDocument.Located> places = new IdentityHashMap<>();

    InPlaceCycles(SchemaDocument document) {
        this.document = document;
    }

    /** Notes a schema inside another, if the keyword that holds it applies it in place. */
    void add(SchemaDocument.Located from, String keyword, JsonValue schema) {
        if (IN_PLACE.contains(keyword)) {
            add(from, schema);
        }
    }

    /** Notes that one schema applies another in place. */
    void add(SchemaDocument.Located from, JsonValue to) {
        edges.computeIfAbsent(from.value(), k -> new ArrayList<>()).add(to);
        places.put(from.value(), from);
    }

    /** A schema on the current path, with the number of its edges already followed. */
    private static final class Step {
        final JsonValue schema;
        int followed;

        Step(JsonValue schema) {
            this.schema = schema;
        }
    }

    /** Throws if there is a cycle. */
    void check() {
        Map<JsonValue, Boolean> done = new IdentityHashMap<>();
        for (JsonValue start : edges.keySet()) {
            if (!done.containsKey(start)) {
                walk(start, done);
            }
        }
    }

    private void walk(JsonValue start, Map<JsonValue, Boolean> done) {
        ArrayDeque<Step> path = new ArrayDeque<>();
        path.push(new Step(start));
        done.put(start, false);
        while (!path.isEmpty()) {
            Step step = path.element();
            List<JsonValue> next = edges.getOrDefault(step.schema, List.of());
            if (step.followed == next.size()) {
                done.put(step.schema, true);
                path.pop();
                continue;
            }
            JsonValue to = next.get(step.followed++);
            Boolean state = done.get(to);
            if (state == null) {
                done.put(to, false);
                path.push(new Step(to));
            } else if (!state) {
                throw circular(step.schema);
            }
        }
    }

    private ReferenceException circular(JsonValue schema) {
        SchemaDocument.Located at = java.util.Objects.requireNonNull(places.get(schema));
        return new ReferenceException(
                "this schema applies to itself without going into a child value, which has no meaning",
                document.place(schema, at.pointer()));
    }
}
