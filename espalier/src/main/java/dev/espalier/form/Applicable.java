// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The subschemas that apply to one value, references followed: a guide to what it may be, not a rule.
 *
 * @param first those that apply, and the first alternative of each choice
 * @param others the other alternatives
 */
record Applicable(List<JsonNode> first, List<JsonNode> others) {

    /** Collects the subschemas of one value. */
    private static final class Collector {
        private final JsonNode root;
        private final Set<JsonNode> path;
        private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<JsonNode> first = new ArrayList<>();
        private final List<JsonNode> others = new ArrayList<>();

        Collector(JsonNode root, Set<JsonNode> path) {
            this.root = root;
            this.path = path;
        }

        void collect(JsonNode schema, List<JsonNode> into) {
            if (!schema.isObject() || !seen.add(schema)) {
                return;
            }
            into.add(schema);
            JsonNode target = SchemaTree.target(root, schema.path("$ref").asString(""));
            if (target != null) {
                collect(target, into);
            }
            schema.path("allOf").forEach(part -> collect(part, into));
            for (String choice : List.of("anyOf", "oneOf")) {
                JsonNode options = schema.path(choice);
                JsonNode best = best(options);
                if (best != null) {
                    collect(best, into);
                }
                options.forEach(option -> collect(option, others));
            }
            for (String conditional : List.of("then", "else")) {
                collect(schema.path(conditional), others);
            }
            schema.path("dependentSchemas").forEach(part -> collect(part, others));
        }

        /** The first alternative that is neither null nor around the value itself. */
        private @Nullable JsonNode best(JsonNode options) {
            JsonNode best = null;
            int bestRank = 3;
            for (JsonNode option : options) {
                JsonNode target = SchemaTree.target(root, option.path("$ref").asString(""));
                JsonNode meant = target == null ? option : target;
                int rank = path.contains(meant)
                        ? 2
                        : meant.path("type").asString("").equals("null") ? 1 : 0;
                if (rank < bestRank) {
                    best = option;
                    bestRank = rank;
                }
            }
            return best;
        }
    }

    /** The subschemas that apply where some do, inside those of a path. */
    static Applicable of(JsonNode root, Collection<JsonNode> schemas, Set<JsonNode> path) {
        Collector collector = new Collector(root, path);
        schemas.forEach(schema -> collector.collect(schema, collector.first));
        return new Applicable(collector.first, collector.others);
    }

    /** All of them. */
    List<JsonNode> all() {
        return Stream.concat(first.stream(), others.stream()).toList();
    }

    /** Whether one of them is on a path, so that the value contains one like itself. */
    boolean isOn(Set<JsonNode> path) {
        return first.stream().anyMatch(path::contains);
    }

    /** The values of a keyword, first those that apply. */
    List<JsonNode> values(String keyword) {
        return all().stream()
                .map(schema -> schema.get(keyword))
                .filter(value -> value != null)
                .toList();
    }

    /** The names of types in order, null last. */
    Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        for (JsonNode schema : all()) {
            JsonNode type = schema.path("type");
            if (type.isString()) {
                types.add(type.asString());
            }
            type.forEach(one -> types.add(one.asString("")));
            if (!schema.has("type") && schema.has("properties")) {
                types.add("object");
            }
            if (!schema.has("type") && (schema.has("items") || schema.has("prefixItems"))) {
                types.add("array");
            }
        }
        if (types.remove("null")) {
            types.add("null");
        }
        return types;
    }

    /** The names of members in the order of the schema, those of {@code first} first. */
    Set<String> names(boolean ofAll) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode schema : ofAll ? all() : first) {
            names.addAll(schema.path("properties").propertyNames());
        }
        for (JsonNode schema : ofAll ? all() : first) {
            schema.path("required").forEach(name -> names.add(name.asString("")));
        }
        return names;
    }

    /** The schemas of a member. */
    List<JsonNode> member(String name) {
        return each(schema -> {
            JsonNode named = schema.path("properties").get(name);
            return named != null ? named : schema.get("additionalProperties");
        });
    }

    /** The schemas of an item. */
    List<JsonNode> item(int index) {
        return each(schema -> {
            JsonNode items = schema.path("items");
            JsonNode prefix = schema.has("prefixItems") ? schema.path("prefixItems") : items;
            return prefix.isArray() && index < prefix.size()
                    ? prefix.get(index)
                    : items.isArray() ? schema.get("additionalItems") : items;
        });
    }

    /** How many items have schemas of their own. */
    int places() {
        return first.stream()
                .mapToInt(schema -> Math.max(
                        schema.path("prefixItems").size(),
                        schema.path("items").isArray() ? schema.path("items").size() : 0))
                .max()
                .orElse(0);
    }

    private List<JsonNode> each(Function<JsonNode, @Nullable JsonNode> inside) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode schema : all()) {
            JsonNode one = inside.apply(schema);
            if (one != null && one.isObject()) {
                found.add(one);
            }
        }
        return found;
    }
}
