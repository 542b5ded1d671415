package dev.espalier.schemas;

import dev.espalier.grammar.error.ReferenceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds schemas that apply to themselves without going into a child value: they mean nothing. */
final class InPlaceCycles {

    private final Map<Located, List<Located>> edges = new HashMap<>();

    /** Notes that one schema applies another, if the keyword does so in place. */
    void add(Located from, String keyword, Located to) {
        if (Successors.isInPlace(keyword)) {
            edges.computeIfAbsent(from, k -> new ArrayList<>()).add(to);
        }
    }

    /** A schema on the current path, with the number of its edges already followed. */
    private static final class Step {
        final Located schema;
        int followed;

        Step(Located schema) {
            this.schema = schema;
        }
    }

    /** Throws if there is a cycle. */
    void check() {
        Map<Located, Boolean> done = new HashMap<>();
        for (Located start : edges.keySet()) {
            if (!done.containsKey(start)) {
                walk(start, done);
            }
        }
    }

    private void walk(Located start, Map<Located, Boolean> done) {
        ArrayDeque<Step> path = new ArrayDeque<>();
        path.push(new Step(start));
        done.put(start, false);
        while (!path.isEmpty()) {
            Step step = path.element();
            List<Located> next = edges.getOrDefault(step.schema, List.of());
            if (step.followed == next.size()) {
                done.put(step.schema, true);
                path.pop();
                continue;
            }
            Located to = next.get(step.followed++);
            Boolean state = done.get(to);
            if (state == null) {
                done.put(to, false);
                path.push(new Step(to));
            } else if (!state) {
                throw circular(step.schema);
            }
        }
    }

    private static ReferenceException circular(Located schema) {
        return new ReferenceException(
                "this schema applies to itself without going into a child value, which has no meaning", schema.place());
    }
}
