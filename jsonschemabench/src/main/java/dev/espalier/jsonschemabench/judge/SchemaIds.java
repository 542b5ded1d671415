// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The identifiers of a schema: what {@code id} and {@code $id} say. */
final class SchemaIds {

    private static final Set<String> KEYWORDS = Set.of("id", "$id");
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

    /** Keywords whose values are no schemas, whatever they look like. */
    private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples", "example");

    private SchemaIds() {}

    /**
     * Removes the identifiers of a schema where that cannot change its meaning: where no reference leads anywhere but from
     * the root on by pointer, and only the root has an identifier that is one, or there is no reference at all.
     *
     * @return whether something was removed
     */
    static boolean remove(JsonNode schema) {
        List<Identifier> all = new ArrayList<>();
        collect(schema, false, all);
        if (!arePointers(schema) || (hasReferences(schema) && isDivided(schema, all))) {
            return false;
        }
        all.forEach(identifier -> identifier.schema.remove(identifier.keyword));
        return !all.isEmpty();
    }

    private record Identifier(ObjectNode schema, String keyword) {}

    private static void collect(JsonNode node, boolean named, List<Identifier> all) {
        if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames()) {
                if (!named && KEYWORDS.contains(name) && object.path(name).isString()) {
                    all.add(new Identifier(object, name));
                } else if (named || !VALUES.contains(name)) {
                    collect(object.path(name), !named && isNaming(name), all);
                }
            }
        } else if (node.isArray()) {
            node.forEach(item -> collect(item, false, all));
        }
    }

    /** Whether the members of a keyword's value have names of their own choice. */
    private static boolean isNaming(String keyword) {
        return Set.of("properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas")
                .contains(keyword);
    }

    private static boolean hasReferences(JsonNode node) {
        return REFERENCES.stream().anyMatch(name -> !node.findValues(name).isEmpty());
    }

    private static boolean arePointers(JsonNode schema) {
        return REFERENCES.stream()
                .flatMap(name -> schema.findValues(name).stream())
                .allMatch(target -> !target.isString()
                        || target.stringValue().equals("#")
                        || target.stringValue().startsWith("#/"));
    }

    /** Whether a part of a schema has an identifier that makes pointers in it begin there. */
    private static boolean isDivided(JsonNode root, List<Identifier> all) {
        String keyword = root.path("$schema").asString("").contains("draft-04") ? "id" : "$id";
        return all.stream()
                .anyMatch(identifier -> identifier.schema != root
                        && identifier.keyword.equals(keyword)
                        && !identifier.schema.path(keyword).stringValue().startsWith("#"));
    }
}
