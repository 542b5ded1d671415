// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes documents that a schema may allow: it follows keywords, takes a way at each branch, and checks nothing. */
final class InstanceMaker {

    private static final int DEPTH = 5;

    private final SchemaParts parts;
    private final Dice dice;
    private final JsonNode root;

    InstanceMaker(SchemaParts parts, Dice dice, JsonNode root) {
        this.parts = parts;
        this.dice = dice;
        this.root = root;
    }

    /** A document. */
    JsonNode next() {
        return follow(root, DEPTH);
    }

    private JsonNode follow(JsonNode schema, int depth) {
        if (depth == 0 || !(schema instanceof ObjectNode) || dice.once(15)) {
            return any(depth);
        }
        String reference = schema.path("$ref").asString("");
        if (reference.startsWith("http")) {
            return parts.inner(dice); // a metaschema: schemas are what it allows
        } else if (!reference.isEmpty()) {
            return follow(
                    reference.equals("#") ? root : root.path("definitions").path("part"), depth - 1);
        }
        ObjectNode flat = flat((ObjectNode) schema.deepCopy());
        if (flat.has("const")) {
            return flat.path("const");
        } else if (flat.path("enum").size() > 0) {
            return flat.path("enum").path(dice.below(flat.path("enum").size()));
        }
        return switch (type(flat)) {
            case "object" -> object(flat, depth);
            case "array" -> array(flat, depth);
            case "string" -> Json.text(dice.once(2) ? parts.word(dice) : "abc/1.2-x_".substring(dice.below(9)));
            case "integer", "number" -> number(flat);
            case "null" -> Json.read("null");
            case "boolean" -> Json.bool(dice.once(2));
            default -> any(depth);
        };
    }

    /** The schema with one way through its branches taken. */
    private ObjectNode flat(ObjectNode schema) {
        for (String keyword : List.of("anyOf", "oneOf")) {
            JsonNode all = schema.remove(keyword);
            if (all != null && all.size() > 0) {
                add(all.path(dice.below(all.size())), schema);
            }
        }
        JsonNode all = schema.remove("allOf");
        if (all != null) {
            all.forEach(one -> add(one, schema));
        }
        if (schema.has("then")) {
            add(schema.path(dice.once(2) ? "then" : "else"), schema);
        }
        if (schema.path("not").has("uniqueItems")) {
            schema.set("uniqueItems", Json.bool(true));
        }
        return schema;
    }

    private static void add(JsonNode more, ObjectNode schema) {
        more.deepCopy().properties().forEach(member -> {
            if (schema.get(member.getKey()) instanceof ObjectNode own
                    && member.getValue() instanceof ObjectNode other) {
                other.properties().forEach(inner -> own.set(inner.getKey(), inner.getValue()));
            } else if (!schema.has(member.getKey())) {
                schema.set(member.getKey(), member.getValue());
            }
        });
    }

    private String type(ObjectNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray() && type.size() > 0) {
            return type.path(dice.below(type.size())).asString("");
        } else if (type.isString()) {
            return type.asString();
        }
        List<String> fit = new ArrayList<>();
        for (String keyword : schema.propertyNames()) {
            switch (keyword) {
                case "minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum" -> fit.add("number");
                case "pattern", "format", "maxLength", "minLength" -> fit.add("string");
                case "items", "uniqueItems", "contains", "maxItems", "minItems", "prefixItems" -> fit.add("array");
                case "properties", "required", "patternProperties", "minProperties", "propertyNames" ->
                    fit.add("object");
                default -> {}
            }
        }
        return fit.isEmpty() ? "" : dice.one(fit);
    }

    private JsonNode any(int depth) {
        return switch (dice.below(depth > 1 ? 7 : 5)) {
            case 0 -> Json.text(parts.word(dice));
            case 1 -> Json.number(BigDecimal.valueOf(dice.below(10)));
            case 2 -> Json.bool(dice.once(2));
            case 3 -> Json.number(new BigDecimal(dice.one(List.of("0", "1.5", "-2", "100", "1e3", "0.0", "25e-2"))));
            case 4 -> Json.read("null");
            case 5 -> Json.array(List.of(any(1), any(1)));
            default -> parts.value(dice);
        };
    }

    private JsonNode number(ObjectNode schema) {
        for (String keyword : List.of("multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")) {
            if (schema.path(keyword).isNumber() && dice.once(2)) {
                BigDecimal bound = schema.path(keyword).decimalValue();
                BigDecimal step = new BigDecimal(dice.one(List.of("0", "1", "-1", "0.5", "2")));
                return Json.number(keyword.equals("multipleOf") ? bound.multiply(step) : bound.add(step));
            }
        }
        return Json.number(BigDecimal.valueOf(dice.below(12)));
    }

    private JsonNode array(ObjectNode schema, int depth) {
        JsonNode row = schema.path(schema.has("prefixItems") ? "prefixItems" : "items");
        int least = Math.min(schema.path("minItems").asInt(0), 30);
        int most = schema.path("maxItems").asInt(30);
        int size = Math.min(Math.max(0, most), most < 6 && dice.once(2) ? most : least + dice.below(5));
        List<JsonNode> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (i > 0 && dice.once(schema.has("uniqueItems") ? 3 : 12)) {
                items.add(dice.one(items).deepCopy());
            } else if (schema.has("contains") && dice.once(3)) {
                items.add(follow(schema.path("contains"), depth - 1));
            } else {
                JsonNode of = row.isArray() && i < row.size() ? row.path(i) : schema.path("items");
                items.add(follow(of, depth - 1).deepCopy());
            }
        }
        return Json.array(items);
    }

    private JsonNode object(ObjectNode schema, int depth) {
        Set<String> names = new LinkedHashSet<>();
        schema.path("required").forEach(name -> names.add(name.asString("a")));
        schema.path("properties").propertyNames().stream()
                .filter(name -> dice.once(2))
                .limit(12)
                .forEach(names::add);
        int least = Math.min(schema.path("minProperties").asInt(0), 30);
        for (int i = dice.below(3); i > 0 || names.size() < least; i--) {
            names.add(
                    dice.once(3)
                            ? String.valueOf((char) ('a' + dice.below(26)))
                            : parts.words(1, dice).get(0));
        }
        ObjectNode object = Json.object();
        for (String name : names) {
            JsonNode of = schema.path("properties").path(name);
            if (of.isMissingNode()) {
                of = other(schema, name);
            }
            object.set(name, follow(of, depth - 1).deepCopy());
        }
        return object;
    }

    /** The schema of a member that is not named: that of a short pattern in it, or that of all others. */
    private static JsonNode other(ObjectNode schema, String name) {
        for (String pattern : schema.path("patternProperties").propertyNames()) {
            if (name.contains(pattern.replaceAll("[$^]", ""))) {
                return schema.path("patternProperties").path(pattern);
            }
        }
        return schema.path("additionalProperties");
    }
}
