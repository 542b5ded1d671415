// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The columns of JSON Schemas. A column is chosen by keywords that every value must keep, so that it holds all values of the schema; keywords that
 * are not looked at allow less, never more. What has no type of its own in Spark is JSON text.
 */
public final class SchemaColumns {

    /** The field for members that the schema does not name. */
    public static final String REST = "_other";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final List<String> APPLICATORS =
            List.of("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "dependencies");

    /**
     * How schemas are read.
     *
     * @param formats whether they are asserted, as dates are
     * @param contents whether {@code contentEncoding} is asserted
     * @param decimals what numbers without bounds and steps are; doubles if empty
     * @param patterns what strings of some patterns are
     */
    public record Reading(
            boolean formats,
            boolean contents,
            Optional<ColumnType.Decimal> decimals,
            Map<String, ColumnType.Scalar> patterns) {
        public Reading {
            patterns = Map.copyOf(patterns);
        }
    }

    private final JsonNode root;
    private final Reading reading;
    private final NumberColumns numbers;
    private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private SchemaColumns(JsonNode root, Reading reading) {
        this.root = root;
        this.reading = reading;
        this.numbers = new NumberColumns(reading.decimals());
    }

    /**
     * The column of a schema that is known to be valid.
     *
     * @throws InvalidInputException if it is no JSON
     */
    public static Column of(String schema, Reading reading) {
        try {
            JsonNode root = MAPPER.readTree(schema);
            return new SchemaColumns(root, reading).document();
        } catch (JacksonException e) {
            throw new InvalidInputException("the schema is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The pattern of a schema that is one of strings with a pattern. */
    public static Optional<String> pattern(String schema) {
        return MAPPER.readTree(schema).path("pattern").stringValueOpt();
    }

    private Column document() {
        open.add(root);
        return ownColumn(root);
    }

    private Column column(JsonNode schema) {
        if (!schema.isObject() || schema.has("$id") || !open.add(schema)) {
            return Column.JSON; // anything, a document of its own, or a schema inside of itself
        }
        try {
            Column column = ownColumn(schema);
            return schema.path("nullable").asBoolean(false) ? column.orNull() : column;
        } finally {
            open.remove(schema);
        }
    }

    private Column ownColumn(JsonNode schema) {
        if (schema.has("$ref")) {
            return column(target(schema.get("$ref").asString("")));
        } else if (schema.has("const")) {
            return constant(schema.get("const"));
        } else if (schema.path("enum").isArray()) {
            return Column.holding(
                    schema.get("enum").valueStream().map(this::constant).toList());
        } else if (schema.path("type").isString()) {
            return typed(schema, schema.get("type").stringValue());
        } else if (schema.path("type").isArray()) {
            return Column.holding(schema.get("type")
                    .valueStream()
                    .map(type -> typed(schema, type.asString("")))
                    .toList());
        }
        return applied(schema);
    }

    /** The column of a schema that says by others what it allows. */
    private Column applied(JsonNode schema) {
        for (String name : List.of("anyOf", "oneOf")) {
            if (schema.path(name).isArray()) {
                Column column = Column.holding(
                        schema.get(name).valueStream().map(this::column).toList());
                if (!column.equals(Column.JSON)) {
                    return column;
                }
            }
        }
        return schema.path("allOf")
                .valueStream()
                .map(this::column)
                .filter(column -> !column.equals(Column.JSON))
                .findFirst()
                .orElse(Column.JSON);
    }

    /** What a reference leads to; a missing node if that is in another document, or has a name. */
    private JsonNode target(String reference) {
        if (reference.equals("#")) {
            return root;
        } else if (!reference.startsWith("#/") || reference.contains("%")) {
            return MAPPER.missingNode();
        }
        JsonNode at = root;
        JsonPointer pointer = JsonPointer.compile(reference.substring(1));
        for (; !pointer.matches(); pointer = pointer.tail()) {
            at = at.isArray() ? at.path(pointer.getMatchingIndex()) : at.path(pointer.getMatchingProperty());
            if (at.has("$id") || at.has("id")) {
                return MAPPER.missingNode(); // pointers into it are of another document
            }
        }
        return at;
    }

    private Column constant(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> Column.NULL;
            case STRING -> Column.of(ColumnType.Scalar.STRING);
            case BOOLEAN -> Column.of(ColumnType.Scalar.BOOLEAN);
            case NUMBER -> Column.of(numbers.constant(value));
            default -> Column.JSON;
        };
    }

    private Column typed(JsonNode schema, String type) {
        return switch (type) {
            case "null" -> Column.NULL;
            case "boolean" -> Column.of(ColumnType.Scalar.BOOLEAN);
            case "integer" -> Column.of(numbers.integer(schema));
            case "number" -> Column.of(numbers.number(schema));
            case "string" -> Column.of(string(schema));
            case "array" -> Column.of(array(schema));
            case "object" -> Column.of(object(schema));
            default -> Column.JSON;
        };
    }

    private ColumnType string(JsonNode schema) {
        String format = schema.path("format").asString("");
        if (reading.formats() && format.equals("date")) {
            return ColumnType.Scalar.DATE;
        } else if (reading.formats() && format.equals("date-time")) {
            return ColumnType.Scalar.TIMESTAMP;
        } else if (reading.contents()
                && schema.path("contentEncoding").asString("").equalsIgnoreCase("base64")) {
            return ColumnType.Scalar.BINARY;
        }
        ColumnType.Scalar known = reading.patterns().get(schema.path("pattern").asString(""));
        return known == null ? ColumnType.Scalar.STRING : known;
    }

    private ColumnType array(JsonNode schema) {
        boolean isNew = schema.has("prefixItems");
        JsonNode places = isNew ? schema.get("prefixItems") : schema.path("items");
        if (!places.isArray()) {
            return new ColumnType.Items(column(schema.path("items")));
        }
        JsonNode behind = schema.path(isNew ? "items" : "additionalItems");
        boolean isClosed = (behind.isBoolean() && !behind.booleanValue())
                || (schema.path("maxItems").isNumber()
                        && schema.get("maxItems").asInt(Integer.MAX_VALUE) <= places.size());
        if (!isClosed || places.isEmpty()) {
            List<Column> columns =
                    new ArrayList<>(places.valueStream().map(this::column).toList());
            columns.add(column(behind));
            return new ColumnType.Items(Column.holding(columns));
        }
        List<ColumnType.Field> fields = new ArrayList<>();
        int least = schema.path("minItems").asInt(0);
        for (int i = 0; i < places.size(); i++) {
            fields.add(new ColumnType.Field("_" + (i + 1), column(places.get(i)), i < least));
        }
        return new ColumnType.Tuple(fields);
    }

    private ColumnType object(JsonNode schema) {
        Set<String> required = new HashSet<>();
        schema.path("required").valueStream().forEach(name -> required.add(name.asString("")));
        List<ColumnType.Field> fields = new ArrayList<>();
        schema.path("properties")
                .propertyStream()
                .forEach(property -> fields.add(new ColumnType.Field(
                        property.getKey(), column(property.getValue()), required.contains(property.getKey()))));
        List<Column> rest = rest(schema);
        boolean isTaken = fields.stream().anyMatch(field -> field.name().equals(REST));
        if (fields.isEmpty()) {
            return rest.isEmpty() ? ColumnType.Scalar.JSON : new ColumnType.Entries(Column.holding(rest));
        } else if (rest.isEmpty()) {
            return new ColumnType.Members(fields, null);
        } else if (isTaken) {
            return ColumnType.Scalar.JSON;
        }
        ColumnType others = new ColumnType.Entries(Column.holding(rest));
        return new ColumnType.Members(fields, new ColumnType.Field(REST, Column.of(others), true));
    }

    /** The columns of members that have no name in the schema; none if there are no such members. */
    private List<Column> rest(JsonNode schema) {
        List<Column> rest = new ArrayList<>();
        schema.path("patternProperties").valueStream().map(this::column).forEach(rest::add);
        JsonNode others = schema.path("additionalProperties");
        if (others.isMissingNode() && APPLICATORS.stream().noneMatch(schema::has)) {
            others = schema.path("unevaluatedProperties");
        }
        if (!others.isBoolean() || others.booleanValue()) {
            rest.add(column(others));
        }
        return rest;
    }
}
