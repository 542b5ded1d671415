// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.Draft;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places in a schema that hold other schemas. */
final class Subschemas {

    /** The members that hold schemas by name, for references only. Both names are known in every draft, since schemas of all drafts use both. */
    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

    /** The role of a value in the schema that contains it. */
    enum Position {
        /** A schema. */
        SCHEMA,
        /** The value of a keyword that holds a schema, or an array of them. */
        DIRECT,
        /** An object of schemas. */
        NAMED,
        /** An object of objects of schemas. */
        NAMED_TWICE,
        /** A value that is not read as a schema. */
        OTHER;

        /** The position of a member or item. */
        Position inside(JsonValue value, String name, Dialect dialect) {
            return switch (this) {
                case SCHEMA -> value instanceof JsonValue.Members ? Subschemas.position(name, dialect) : OTHER;
                case DIRECT -> value instanceof JsonValue.Items ? SCHEMA : SCHEMA.inside(value, name, dialect);
                case NAMED -> SCHEMA;
                case NAMED_TWICE -> NAMED;
                case OTHER -> OTHER;
            };
        }

        /** Whether a value in this position is a schema. */
        boolean isSchema(JsonValue value) {
            return this == SCHEMA || (this == DIRECT && !(value instanceof JsonValue.Items));
        }
    }

    private Subschemas() {}

    private static Position position(String name, Dialect dialect) {
        Keyword keyword = Keyword.named(name);
        if (keyword == null) {
            return DEFINITIONS.contains(name) ? Position.NAMED : Position.OTHER;
        }
        return dialect.knows(keyword) || isIdle(keyword, dialect.draft()) ? position(keyword) : Position.OTHER;
    }

    private static Position position(Keyword keyword) {
        return switch (keyword.form()) {
            case SCHEMA, SCHEMAS, SCHEMA_OR_SCHEMAS, IDLE_SCHEMA -> Position.DIRECT;
            case NAMED_SCHEMAS, DEPENDENCIES -> Position.NAMED;
            case SCHEMAS_BY_VALUE -> Position.NAMED_TWICE;
            default -> Position.OTHER;
        };
    }

    /** Whether a keyword holds a schema that no keyword applies. */
    private static boolean isIdle(Keyword keyword, Draft draft) {
        return keyword.form() == Keyword.Form.IDLE_SCHEMA && keyword.isIn(draft);
    }

    /** A receiver of schemas, each with the keyword that applies it, or null if only references may, and its place. */
    interface Visitor {
        void visit(@Nullable Keyword keyword, JsonValue schema, Pointer pointer);
    }

    /** A receiver of applied schemas, each with the keyword that applies it, and its place. */
    interface AppliedVisitor {
        void visit(Keyword keyword, JsonValue schema, Pointer pointer);
    }

    /** Visits the schemas directly inside one that its keywords apply. */
    static void forEachApplied(JsonValue schema, Dialect dialect, Pointer pointer, AppliedVisitor visitor) {
        forEach(schema, dialect, pointer, (keyword, value, at) -> {
            if (keyword != null) {
                visitor.visit(keyword, value, at);
            }
        });
    }

    /** Visits the schemas directly inside one. */
    static void forEach(JsonValue schema, Dialect dialect, Pointer pointer, Visitor visitor) {
        if (!(schema instanceof JsonValue.Members object)) {
            return;
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String name = member.getKey();
            Position position = position(name, dialect);
            if (position == Position.OTHER) {
                continue;
            }
            Keyword keyword = Keyword.named(name);
            Keyword applied = keyword == null || isIdle(keyword, dialect.draft()) ? null : keyword;
            Pointer at = pointer.then(name);
            if (position == Position.DIRECT) {
                direct(applied, member.getValue(), at, visitor);
            } else {
                named(applied, member.getValue(), position, at, visitor);
            }
        }
    }

    private static void named(
            @Nullable Keyword keyword, JsonValue value, Position position, Pointer pointer, Visitor visitor) {
        if (value instanceof JsonValue.Members object) {
            object.members().forEach((name, member) -> {
                if (position == Position.NAMED_TWICE) {
                    named(keyword, member, Position.NAMED, pointer.then(name), visitor);
                } else {
                    visitor.visit(keyword, member, pointer.then(name));
                }
            });
        }
    }

    private static void direct(@Nullable Keyword keyword, JsonValue value, Pointer pointer, Visitor visitor) {
        if (value instanceof JsonValue.Items array) {
            for (int i = 0; i < array.items().size(); i++) {
                visitor.visit(keyword, array.items().get(i), pointer.then(Integer.toString(i)));
            }
        } else {
            visitor.visit(keyword, value, pointer);
        }
    }
}
