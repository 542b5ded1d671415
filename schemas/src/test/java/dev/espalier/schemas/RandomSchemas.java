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
final class RandomSchemas {

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

    RandomSchemas(Random random, List<Object> values, boolean recursive) {
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
    Map<String, Object> root(Object bounding, int depth) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("allOf", List.of(bounding, schema(depth)));
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("x", schema(depth - 1));
        definitions.put("y", schema(depth - 1));
        root.put("$defs", definitions);
        return root;
    }

    /** Any schema. */
    Object schema(int depth) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return random.nextInt(3) > 0;
        }
        if (kind == 1 && recursive) {
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
                some(keys).forEach(key -> properties.put(key, schema(depth)));
                schema.put("properties", properties);
            }
            case "patternProperties" -> {
                Map<String, Object> properties = new TreeMap<>();
                properties.put(pattern(), schema(depth));
                if (random.nextBoolean()) {
                    properties.put(pattern(), schema(depth));
                }
                schema.put("patternProperties", properties);
            }
            case "dependentSchemas" -> schema.put("dependentSchemas", Map.of(key(), schema(depth)));
            case "contains" -> {
                schema.put("contains", schema(depth));
                if (random.nextBoolean()) {
                    schema.put("minContains", number(3));
                }
                if (random.nextBoolean()) {
                    schema.put("maxContains", number(3));
                }
            }
            case "prefixItems", "allOf", "anyOf" -> schema.put(keyword, List.of(schema(depth), schema(depth)));
            case "oneOf" -> schema.put("oneOf", List.of(schema(depth), schema(depth), schema(depth)));
            case "if" -> {
                schema.put("if", schema(depth));
                schema.put("then", schema(depth));
                if (random.nextBoolean()) {
                    schema.put("else", schema(depth));
                }
            }
            default -> schema.put(keyword, schema(depth));
        }
    }

    /** The JSON text of a value. */
    static String json(Object value) {
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
