// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes random schemas over a small world of values, as plain Java values. */
@org.jspecify.annotations.NullUnmarked
public final class RandomSchemas {

    private static final List<String> ASSERTIONS = List.of(
            "type",
            "type",
            "const",
            "enum",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "exclusiveMaximum",
            "multipleOf",
            "required",
            "minProperties",
            "maxProperties",
            "minItems",
            "maxItems",
            "uniqueItems",
            "dependentRequired",
            "exclusiveMinimum");
    private static final List<String> APPLICATORS = List.of(
            "properties",
            "properties",
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "dependentSchemas",
            "items",
            "prefixItems",
            "contains",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if");
    private static final List<String> PATTERNS = List.of("a", "^[ab]$", "^b", "c$", "^.$", "^..");
    private static final List<String> TYPES =
            List.of("null", "boolean", "integer", "number", "string", "array", "object");

    private final Random random;
    private final List<Object> values;
    private final boolean recursive;
    private List<String> keys = List.of("a", "b", "c");
    private List<String> favourites = List.of();
    private boolean evaluating;
    /** How far down the definitions the schema lies that is being made: in place it refers only further down. */
    private int level;

    public RandomSchemas(Random random, List<Object> values, boolean recursive) {
        this.random = random;
        this.values = values;
        this.recursive = recursive;
    }

    /** Other keys than a, b and c; {@code properties} keeps their order. */
    RandomSchemas withKeys(List<String> others) {
        keys = others;
        return this;
    }

    /** Keywords that are chosen about every second time. */
    RandomSchemas withFavourites(String... keywords) {
        favourites = List.of(keywords);
        return this;
    }

    /** A schema with definitions, beside a schema that bounds the world. */
    public Map<String, Object> root(Object bounding, int depth) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("allOf", List.of(bounding, schema(depth)));
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("x", schema(depth - 1));
        definitions.put("y", schema(depth - 1));
        root.put("$defs", definitions);
        return root;
    }

    /**
     * A schema with {@code unevaluated*} here and there, and with resources inside that refer to each other's dynamic
     * anchors, beside a schema that bounds the world.
     */
    Map<String, Object> evaluatingRoot(Object bounding, int depth) {
        evaluating = true;
        Object main = schema(depth);
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (String name : List.of("x", "y")) {
            level++;
            definitions.put(name, schema(depth - 1));
        }
        level++;
        definitions.put("p", resource("p", "d", Map.of(), depth - 1));
        level++;
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("$dynamicAnchor", "d");
        inner.put("anyOf", List.of(schema(depth - 1), schema(depth - 1)));
        definitions.put("q", resource("q", "e", Map.of("inner", inner), depth - 1));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$id", "http://localhost/root");
        root.put("allOf", List.of(bounding, main));
        root.put("$defs", definitions);
        return root;
    }

    private Map<String, Object> resource(String id, String anchor, Map<String, Object> definitions, int depth) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("$id", id);
        resource.put("$dynamicAnchor", anchor);
        resource.put("$defs", definitions);
        applicator(resource, APPLICATORS.get(random.nextInt(APPLICATORS.size())), depth);
        return resource;
    }

    private Map<String, Object> reference() {
        int kind = level + random.nextInt(7 - level);
        if (level == 4 || kind == 4) {
            return Map.of("type", TYPES.get(random.nextInt(TYPES.size())));
        }
        return switch (kind) {
            case 0 -> Map.of("$ref", "root#/$defs/x");
            case 1 -> Map.of("$ref", "root#/$defs/y");
            case 2 -> random.nextBoolean() ? Map.of("$ref", "p") : Map.of("$dynamicRef", "p#d");
            case 3 -> Map.of("$ref", "q");
            default -> level < 3 && random.nextBoolean() ? Map.of("$dynamicRef", "q#d") : Map.of("$dynamicRef", "q#e");
        };
    }

    /** A schema for a value inside: it may refer to anything. */
    private Object child(int depth) {
        int before = level;
        level = 0;
        Object child = schema(depth);
        level = before;
        return child;
    }

    private Map<String, Object> unevaluated(int depth) {
        Map<String, Object> schema = new LinkedHashMap<>(random.nextInt(4) == 0 ? reference() : Map.of());
        for (int i = random.nextInt(3); i >= 0; i--) {
            applicator(schema, APPLICATORS.get(random.nextInt(APPLICATORS.size())), depth);
        }
        Object rest = random.nextInt(3) > 0 ? (Object) false : child(Math.min(depth, 1));
        schema.put(random.nextBoolean() ? "unevaluatedProperties" : "unevaluatedItems", rest);
        return schema;
    }

    /** A union of objects that a key may tell apart, beside a schema that bounds the world. */
    Map<String, Object> union(Object bounding, List<String> keys, int depth) {
        List<Object> branches = new ArrayList<>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            Map<String, Object> properties = new TreeMap<>();
            keys.forEach(key -> properties.put(key, random.nextInt(4) == 0 ? true : schema(depth)));
            String key = keys.get(random.nextInt(keys.size()));
            properties.put(key, Map.of(random.nextBoolean() ? "const" : "minimum", number(3)));
            Map<String, Object> branch = new LinkedHashMap<>(Map.of("properties", properties));
            branch.put("required", random.nextInt(3) > 0 ? List.of(keys.get(0)) : some(keys));
            branches.add(branch);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("allOf", List.of(bounding, Map.of("type", "object")));
        root.put(random.nextBoolean() ? "oneOf" : "anyOf", branches);
        root.put("$defs", Map.of("x", schema(depth), "y", schema(depth)));
        return root;
    }

    /** A union of many objects, nearly all of which a key's value tells apart, beside a schema that bounds the world. */
    Map<String, Object> toldApart(Object bounding, String key, List<String> words, List<String> others) {
        List<Object> branches = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Map<String, Object> properties = new TreeMap<>();
            others.forEach(other -> properties.put(other, random.nextInt(3) == 0 ? true : schema(1)));
            String word = words.get(random.nextInt(30) == 0 ? random.nextInt(words.size()) : i);
            boolean two = random.nextInt(8) == 0 && ++i < words.size();
            Object one = two ? Map.of("enum", List.of(word, words.get(i))) : Map.of("const", word);
            properties.put(key, random.nextInt(30) == 0 ? Map.of("enum", words) : one);
            Map<String, Object> branch = new LinkedHashMap<>(Map.of("properties", properties));
            List<Object> required = new ArrayList<>(some(others));
            if (random.nextInt(6) > 0) {
                required.add(key);
            }
            branch.put("required", required);
            if (random.nextInt(4) == 0) {
                branch.put("patternProperties", Map.of(random.nextBoolean() ? "a|b" : "b", schema(1)));
            }
            branches.add(branch);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        Object beside =
                random.nextBoolean() ? Map.of("type", "object") : Map.of("patternProperties", Map.of("a|c", schema(1)));
        root.put("allOf", List.of(bounding, beside));
        root.put(random.nextInt(4) == 0 ? "oneOf" : "anyOf", branches);
        root.put("$defs", Map.of("x", schema(1), "y", schema(1)));
        return root;
    }

    /** Any schema. */
    Object schema(int depth) {
        if (evaluating && random.nextInt(8) == 0) {
            return reference();
        }
        if (evaluating && depth > 0 && random.nextInt(3) == 0) {
            return unevaluated(depth - 1);
        }
        int kind = random.nextInt(12);
        if (kind == 0) {
            return random.nextInt(3) > 0;
        }
        if (kind == 1 && recursive && !evaluating) {
            return Map.of("$ref", random.nextBoolean() ? "#/$defs/x" : "#/$defs/y");
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        int keywords = 1 + random.nextInt(3);
        for (int i = 0; i < keywords; i++) {
            List<String> usual = depth > 0 && random.nextInt(3) > 0 ? APPLICATORS : ASSERTIONS;
            List<String> from = favourites.isEmpty() || random.nextBoolean() ? usual : favourites;
            String keyword = from.get(random.nextInt(from.size()));
            if (ASSERTIONS.contains(keyword)) {
                assertion(schema, keyword);
            } else if (depth > 0) {
                applicator(schema, keyword, depth - 1);
            }
        }
        return schema;
    }

    private BigDecimal number(int bound) {
        return BigDecimal.valueOf(random.nextInt(bound));
    }

    private Object value() {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> some(List<T> all) {
        List<T> some = new ArrayList<>();
        all.forEach(one -> {
            if (random.nextInt(2) == 0) {
                some.add(one);
            }
        });
        return some;
    }

    private void assertion(Map<String, Object> schema, String keyword) {
        switch (keyword) {
            case "type" -> {
                List<String> types = some(TYPES);
                schema.put("type", types.isEmpty() ? TYPES.get(random.nextInt(7)) : types);
            }
            case "const" -> schema.put("const", value());
            case "enum" ->
                schema.put(
                        "enum",
                        new ArrayList<>(List.of(some(values), List.of("b")).get(random.nextInt(2))));
            case "pattern" -> schema.put("pattern", pattern());
            case "minimum" -> schema.put("minimum", number(13).subtract(BigDecimal.ONE));
            case "exclusiveMinimum", "exclusiveMaximum" -> schema.put(keyword, number(13));
            case "multipleOf" -> schema.put("multipleOf", number(3).add(BigDecimal.ONE));
            case "required" -> schema.put("required", some(keys));
            case "uniqueItems" -> schema.put("uniqueItems", random.nextInt(8) > 0);
            case "dependentRequired" -> schema.put("dependentRequired", new TreeMap<>(Map.of(key(), some(keys))));
            default -> schema.put(keyword, number(4));
        }
    }

    private String key() {
        return keys.get(random.nextInt(keys.size()));
    }

    private String pattern() {
        return PATTERNS.get(random.nextInt(PATTERNS.size()));
    }

    private void applicator(Map<String, Object> schema, String keyword, int depth) {
        switch (keyword) {
            case "properties" -> {
                Map<String, Object> properties = new LinkedHashMap<>();
                some(keys).forEach(key -> properties.put(key, child(depth)));
                schema.put("properties", properties);
            }
            case "patternProperties" -> {
                Map<String, Object> properties = new TreeMap<>();
                properties.put(pattern(), child(depth));
                if (random.nextBoolean()) {
                    properties.put(pattern(), child(depth));
                }
                schema.put("patternProperties", properties);
            }
            case "dependentSchemas" -> schema.put("dependentSchemas", Map.of(key(), schema(depth)));
            case "contains" -> {
                schema.put("contains", child(depth));
                if (random.nextBoolean()) {
                    schema.put("minContains", number(3));
                }
                if (random.nextBoolean()) {
                    schema.put("maxContains", number(3));
                }
            }
            case "prefixItems" -> schema.put(keyword, List.of(child(depth), child(depth)));
            case "allOf", "anyOf" -> schema.put(keyword, List.of(schema(depth), schema(depth)));
            case "oneOf" -> schema.put("oneOf", List.of(schema(depth), schema(depth), schema(depth)));
            case "if" -> {
                schema.put("if", schema(depth));
                schema.put("then", schema(depth));
                if (random.nextBoolean()) {
                    schema.put("else", schema(depth));
                }
            }
            case "not", "propertyNames" -> schema.put(keyword, schema(depth));
            default -> schema.put(keyword, child(depth));
        }
    }

    /** The JSON text of a value. */
    public static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((key, member) -> text.append(text.length() == 1 ? "" : ",")
                    .append(json(key))
                    .append(':')
                    .append(json(member)));
            return text.append('}').toString();
        } else if (value instanceof List<?> list) {
            StringBuilder text = new StringBuilder("[");
            list.forEach(item -> text.append(text.length() == 1 ? "" : ",").append(json(item)));
            return text.append(']').toString();
        }
        return value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
    }
}
