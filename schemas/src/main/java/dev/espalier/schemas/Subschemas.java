package dev.espalier.schemas;

import java.util.Map;
import java.util.Set;

/** Where a schema holds other schemas, whatever the draft. */
final class Subschemas {

    /** Keywords whose value is a schema, or an array of schemas. */
    static final Set<String> DIRECT = Set.of(
            "additionalItems",
            "additionalProperties",
            "allOf",
            "anyOf",
            "contains",
            "contentSchema",
            "else",
            "if",
            "items",
            "not",
            "oneOf",
            "prefixItems",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");

    /** Keywords whose value is an object of schemas. */
    static final Set<String> NAMED =
            Set.of("dependencies", "dependentSchemas", "patternProperties", "properties", "$defs", "definitions");

    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions", "contentSchema");

    private Subschemas() {}

    /** Receives a schema, the keyword that holds it, and where it is. */
    interface Visitor {
        void visit(String keyword, JsonValue schema, Pointer pointer);
    }

    /** Visits the schemas directly inside one; definitions only if asked for. */
    static void forEach(JsonValue schema, Pointer pointer, boolean definitions, Visitor visitor) {
        if (!(schema instanceof JsonValue.Members object)) {
            return;
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String keyword = member.getKey();
            if (DEFINITIONS.contains(keyword) && !definitions) {
                continue;
            }
            if (DIRECT.contains(keyword)) {
                direct(keyword, member.getValue(), pointer.then(keyword), visitor);
            } else if (NAMED.contains(keyword) && member.getValue() instanceof JsonValue.Members named) {
                Pointer base = pointer.then(keyword);
                named.members().forEach((name, value) -> visitor.visit(keyword, value, base.then(name)));
            }
        }
    }

    private static void direct(String keyword, JsonValue value, Pointer pointer, Visitor visitor) {
        if (value instanceof JsonValue.Items array) {
            for (int i = 0; i < array.items().size(); i++) {
                visitor.visit(keyword, array.items().get(i), pointer.then(Integer.toString(i)));
            }
        } else {
            visitor.visit(keyword, value, pointer);
        }
    }
}
