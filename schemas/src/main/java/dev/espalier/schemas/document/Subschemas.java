package dev.espalier.schemas.document;

import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Pointer;
import java.util.Map;
import java.util.Set;

/** Where a schema holds other schemas. */
final class Subschemas {

    /** Keywords whose value is a schema, or an array of schemas. */
    private static final Set<String> DIRECT = Set.of(
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
    private static final Set<String> NAMED =
            Set.of("dependencies", "dependentSchemas", "patternProperties", "properties", "$defs", "definitions");

    /** What a value is, seen from the schema that it lies in. */
    enum Position {
        /** A schema. */
        SCHEMA,
        /** The value of a keyword that holds a schema, or an array of them. */
        DIRECT,
        /** An object of schemas. */
        NAMED,
        /** Nothing that is read as a schema. */
        OTHER;

        /** The position of a member or item. */
        Position inside(JsonValue value, String name, Dialect dialect) {
            return switch (this) {
                case SCHEMA -> value instanceof JsonValue.Members ? Subschemas.position(name, dialect) : OTHER;
                case DIRECT -> value instanceof JsonValue.Items ? SCHEMA : SCHEMA.inside(value, name, dialect);
                case NAMED -> SCHEMA;
                case OTHER -> OTHER;
            };
        }

        /** Whether a value in this position is a schema. */
        boolean isSchema(JsonValue value) {
            return this == SCHEMA || (this == DIRECT && !(value instanceof JsonValue.Items));
        }
    }

    private Subschemas() {}

    private static Position position(String keyword, Dialect dialect) {
        boolean held = isDefinitions(keyword, dialect.draft()) || dialect.keyword(keyword) != null;
        return held && DIRECT.contains(keyword)
                ? Position.DIRECT
                : held && NAMED.contains(keyword) ? Position.NAMED : Position.OTHER;
    }

    /** Both names in every draft: schemas of all drafts are met that use the other one. */
    private static boolean isDefinitions(String keyword, Draft draft) {
        return keyword.equals("$defs")
                || keyword.equals("definitions")
                || (keyword.equals("contentSchema") && draft.since(Draft.DRAFT_2019_09));
    }

    /** Receives a schema, the keyword that holds it, and where it is. */
    interface Visitor {
        void visit(String keyword, JsonValue schema, Pointer pointer);
    }

    /** Visits the schemas directly inside one; those that only lie there to be referred to if asked for. */
    static void forEach(JsonValue schema, Dialect dialect, Pointer pointer, boolean definitions, Visitor visitor) {
        if (!(schema instanceof JsonValue.Members object)) {
            return;
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String keyword = member.getKey();
            if (!definitions && isDefinitions(keyword, dialect.draft())) {
                continue;
            }
            Position position = position(keyword, dialect);
            if (position == Position.DIRECT) {
                direct(keyword, member.getValue(), pointer.then(keyword), visitor);
            } else if (position == Position.NAMED && member.getValue() instanceof JsonValue.Members named) {
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
