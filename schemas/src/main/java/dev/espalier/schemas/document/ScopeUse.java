// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of dynamic anchors that references in each schema, or in schemas that it applies, look up. The rest of a scope does not matter
 * there: paths whose scopes differ in nothing else lead to one lane.
 */
public final class ScopeUse {

    private final Map<JsonValue, Set<String>> names = new IdentityHashMap<>();

    /** The use of names by all schemas that the root reaches; empty if no name is ever looked up. */
    public static ScopeUse of(SchemaDocuments documents, boolean lookedUp, WorkBudget budget) {
        ScopeUse use = new ScopeUse();
        if (lookedUp) {
            use.collect(documents, budget);
        }
        return use;
    }

    private void collect(SchemaDocuments documents, WorkBudget budget) {
        Successors successors = new Successors(documents);
        Map<JsonValue, List<JsonValue>> holders = new IdentityHashMap<>();
        Set<Located> seen = new HashSet<>(Set.of(documents.root()));
        ArrayDeque<Located> open = new ArrayDeque<>(seen);
        ArrayDeque<JsonValue> grown = new ArrayDeque<>();
        while (!open.isEmpty()) {
            budget.step();
            Located at = open.pop();
            for (Keyword keyword : List.of(Keyword.DYNAMIC_REF, Keyword.RECURSIVE_REF)) {
                String name = documents.dynamicName(keyword, at);
                if (name != null && of(at.value()).add(name)) {
                    grown.add(at.value());
                }
            }
            successors.forEach(at, (keyword, to) -> {
                holders.computeIfAbsent(to.value(), k -> new ArrayList<>()).add(at.value());
                if (seen.add(to)) {
                    open.push(to);
                }
            });
        }
        while (!grown.isEmpty()) {
            budget.step();
            JsonValue value = grown.pop();
            for (JsonValue holder : holders.getOrDefault(value, List.of())) {
                if (of(holder).addAll(of(value))) {
                    grown.add(holder);
                }
            }
        }
    }

    private Set<String> of(JsonValue value) {
        return names.computeIfAbsent(value, k -> new HashSet<>());
    }

    /** A schema with its scope reduced to the names that are looked up. */
    public Located reduced(Located at) {
        return at.scope() == DynamicScope.EMPTY
                ? at
                : at.with(at.scope().only(names.getOrDefault(at.value(), Set.of())));
    }
}
