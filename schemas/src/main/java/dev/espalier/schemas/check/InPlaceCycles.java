// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A search for schemas that apply to themselves without going into a child value. The drafts give that no meaning. Where a schema says
 * of itself that it must hold, by nothing but {@code allOf} and references, there is one reading that leaves out nothing else: the loop
 * adds nothing. Below other keywords there is none, or several.
 */
final class InPlaceCycles {

    private final Map<Located, List<Edge>> edges = new HashMap<>();
    private final List<Edge> loops = new ArrayList<>();

    /** One schema applies another. */
    record Edge(Located from, Keyword keyword, Located to) {}

    /** Notes that one schema applies another, if the keyword does so in place. */
    void add(Located from, Keyword keyword, Located to) {
        if (keyword.isInPlace()) {
            edges.computeIfAbsent(from, k -> new ArrayList<>()).add(new Edge(from, keyword, to));
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

    /**
     * The edges that close a cycle.
     *
     * @param allowed whether there may be cycles that can be read as if they added nothing
     * @throws ReferenceException if there is another one
     */
    List<Edge> check(boolean allowed, WorkBudget budget) {
        Map<Located, Boolean> done = new HashMap<>();
        for (Located start : edges.keySet()) {
            if (!done.containsKey(start)) {
                walk(start, done);
            }
        }
        if (!loops.isEmpty() && !allowed) {
            throw circular(loops.get(0).from);
        }
        for (List<Edge> some : loops.isEmpty() ? List.<List<Edge>>of() : edges.values()) {
            for (Edge edge : some) {
                if (!edge.keyword.isConjunction() && leadsTo(edge.to, edge.from, budget)) {
                    throw circular(edge.from);
                }
            }
        }
        return loops;
    }

    private boolean leadsTo(Located from, Located to, WorkBudget budget) {
        Set<Located> seen = new HashSet<>(Set.of(from));
        ArrayDeque<Located> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            budget.step();
            Located at = open.pop();
            if (at.equals(to)) {
                return true;
            }
            for (Edge edge : edges.getOrDefault(at, List.of())) {
                if (seen.add(edge.to)) {
                    open.push(edge.to);
                }
            }
        }
        return false;
    }

    private void walk(Located start, Map<Located, Boolean> done) {
        ArrayDeque<Step> path = new ArrayDeque<>();
        path.push(new Step(start));
        done.put(start, false);
        while (!path.isEmpty()) {
            Step step = path.element();
            List<Edge> next = edges.getOrDefault(step.schema, List.of());
            if (step.followed == next.size()) {
                done.put(step.schema, true);
                path.pop();
                continue;
            }
            Edge edge = next.get(step.followed++);
            Boolean state = done.get(edge.to);
            if (state == null) {
                done.put(edge.to, false);
                path.push(new Step(edge.to));
            } else if (!state) {
                loops.add(edge);
            }
        }
    }

    private static ReferenceException circular(Located schema) {
        return new ReferenceException(
                "this schema applies to itself without going into a child value, which has no meaning", schema.place());
    }
}
