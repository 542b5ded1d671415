// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The types that a schema names, each with its bounds: {@code string (date)}, {@code integer (>= 1, <= 10)}.
 *
 * @param declaration what writes the types inside
 * @param schema has {@code type}
 * @param rest the keywords that are not written yet; those that are written are taken out
 */
record TypeTexts(SchemaRecord declaration, JsonNode schema, String pointer, String indent, Set<String> rest) {

    /** Names that definitions do not get. */
    static final Set<String> NAMES = Set.of(
            "string", "integer", "number", "boolean", "null", "object", "array", "any", "never", "exactly", "one",
            "of");

    private static final List<String> STRINGS = List.of("format", "pattern", "minLength", "maxLength");
    private static final List<String> NUMBERS =
            List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf");
    private static final List<String> ARRAYS =
            List.of("minItems", "maxItems", "uniqueItems", "items", "prefixItems", "additionalItems");
    private static final List<String> OBJECTS = List.of(
            "properties", "patternProperties", "required", "additionalProperties", "minProperties", "maxProperties");
    private static final Map<String, List<String>> KEYWORDS =
            Map.of("string", STRINGS, "number", NUMBERS, "array", ARRAYS, "object", OBJECTS);

    private static final Map<String, String> UNITS = Map.of(
            "minLength", "characters",
            "maxLength", "characters",
            "minItems", "items",
            "maxItems", "items",
            "minProperties", "members",
            "maxProperties", "members");

    /** Whether a value is of a type, or of one of several. */
    static boolean isOf(JsonNode value, JsonNode type) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(one -> isOf(value, one));
        }
        return switch (type.asString("")) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> false;
        };
    }

    /** All of them, and takes their keywords out of the rest. */
    List<String> all() {
        Set<String> types = new LinkedHashSet<>();
        JsonNode named = schema.get("type");
        if (named.isArray()) {
            named.forEach(one -> types.add(one.asString("")));
        } else {
            types.add(named.asString(""));
        }
        if (types.contains("number")) {
            types.remove("integer");
        }
        rest.remove("type");
        List<String> texts = new ArrayList<>();
        Set<String> said = new LinkedHashSet<>();
        for (String type : types) {
            texts.add(text(type, said));
        }
        rest.removeAll(said);
        KEYWORDS.forEach((type, keywords) -> {
            boolean applies = types.contains(type) || (type.equals("number") && types.contains("integer"));
            if (!applies) {
                rest.removeAll(keywords); // they are about other values
            }
        });
        return texts;
    }

    private String text(String type, Set<String> said) {
        return switch (type) {
            case "array" -> array(said);
            case "object" -> object(said);
            case "string" -> type + bounds(said, STRINGS);
            case "integer", "number" -> type + bounds(said, NUMBERS);
            default -> type;
        };
    }

    private String array(Set<String> said) {
        String items = items(said);
        return items + bounds(said, List.of("minItems", "maxItems", "uniqueItems"));
    }

    private String items(Set<String> said) {
        JsonNode items = schema.path("items");
        JsonNode first = schema.has("prefixItems") ? schema.path("prefixItems") : items;
        if (!first.isArray()) {
            said.addAll(List.of("items", "additionalItems"));
            return "[" + (items.isMissingNode() ? "any" : declaration.type(items, pointer + "/items", indent)) + "]";
        }
        if (schema.path("minItems").asInt(0) < first.size()) {
            return "[any]"; // the places that may be missing are left to the schema
        }
        said.addAll(List.of("items", "prefixItems", "additionalItems"));
        List<String> texts = new ArrayList<>();
        String keyword = items.isArray() ? "items" : "prefixItems";
        for (JsonNode item : first) {
            texts.add(declaration.type(item, pointer + "/" + keyword + "/" + texts.size(), indent));
        }
        String after = items.isArray() ? "additionalItems" : "items";
        JsonNode others = schema.path(after);
        String other = others.isMissingNode() ? "any" : declaration.type(others, pointer + "/" + after, indent);
        if (!other.equals("never")) {
            texts.add("..." + other);
        }
        return "[" + String.join(", ", texts) + "]";
    }

    private String object(Set<String> said) {
        said.addAll(List.of("properties", "patternProperties", "required", "additionalProperties"));
        return declaration.members(schema, pointer, indent) + bounds(said, List.of("minProperties", "maxProperties"));
    }

    /** The bounds that are there, in brackets. */
    private String bounds(Set<String> said, List<String> keywords) {
        List<String> texts = new ArrayList<>();
        int bits = keywords.contains("minimum") ? bits() : 0;
        if (bits > 0) {
            said.addAll(List.of("minimum", "maximum"));
            texts.add(bits + " bits");
        }
        for (String keyword : keywords) {
            JsonNode value = said.contains(keyword) ? null : schema.get(keyword);
            if (value != null && rest.contains(keyword)) {
                said.add(keyword);
                texts.add(bound(keyword, value));
            }
        }
        texts.removeIf(String::isEmpty);
        return texts.isEmpty() ? "" : " (" + String.join(", ", texts) + ")";
    }

    /** The size of the machine's integers that the bounds are those of; 0 if there are none. */
    private int bits() {
        for (int bits = 8; bits <= 64; bits *= 2) {
            BigInteger end = BigInteger.ONE.shiftLeft(bits - 1);
            if (isNumber("minimum", end.negate()) && isNumber("maximum", end.subtract(BigInteger.ONE))) {
                return bits;
            }
        }
        return 0;
    }

    private boolean isNumber(String keyword, BigInteger number) {
        JsonNode value = schema.path(keyword);
        return value.isIntegralNumber() && value.bigIntegerValue().equals(number) && !isExclusive(keyword);
    }

    /** Whether a bound of draft 4 does not belong to what it bounds. */
    private boolean isExclusive(String keyword) {
        return (keyword.equals("minimum") && schema.path("exclusiveMinimum").asBoolean(false))
                || (keyword.equals("maximum") && schema.path("exclusiveMaximum").asBoolean(false));
    }

    /** A bound in words; empty if it bounds nothing. */
    private String bound(String keyword, JsonNode value) {
        String unit = UNITS.containsKey(keyword) ? " " + UNITS.get(keyword) : "";
        if (isExclusive(keyword)) {
            return (keyword.equals("minimum") ? "> " : "< ") + value;
        }
        if (keyword.startsWith("min") || keyword.startsWith("max")) {
            return (keyword.startsWith("min") ? ">= " : "<= ") + value + unit;
        }
        return switch (keyword) {
            case "exclusiveMinimum" -> value.isNumber() ? "> " + value : "";
            case "exclusiveMaximum" -> value.isNumber() ? "< " + value : "";
            case "multipleOf" -> "a multiple of " + value;
            case "uniqueItems" -> value.asBoolean(false) ? "unique" : "";
            case "format" -> value.asString("");
            case "pattern" -> "matching " + value;
            default -> "";
        };
    }
}
