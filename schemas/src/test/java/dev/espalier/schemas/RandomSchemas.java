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

    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final List<String> PATTERNS = List.of("a", "^[ab]$", "^b", "c$", "^.$", "^..");
    private static final List<String> TYPES =
            List.of("null", "boolean", "integer", "number", "string", "array", "object");

    private final Random random;
    private final List<Object> values;
    private final boolean recursive;

    RandomSchemas(Random random, List<Object> values, boolean recursive) {
        this.random = random;
        this.values = values;
        this.recursive = recursive;
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

    private Object schema(int depth) {
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
            if (depth > 0 && random.nextInt(3) > 0) {
                applicator(schema, depth - 1);
            } else {
                assertion(schema);
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

    private void assertion(Map<String, Object> schema) {
        switch (random.nextInt(17)) {
            case 0, 1 -> {
                List<String> types = some(TYPES);
                schema.put("type", types.isEmpty() ? TYPES.get(random.nextInt(7)) : types);
            }
            case 2 -> schema.put("const", value());
            case 3 ->
                schema.put(
                        "enum",
                        new ArrayList<>(List.of(some(values), List.of("b")).get(random.nextInt(2))));
            case 4 -> schema.put("minLength", number(4));
            case 5 -> schema.put("maxLength", number(3));
            case 6 -> schema.put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
            case 7 -> schema.put("minimum", number(13).subtract(BigDecimal.ONE));
            case 8 -> schema.put("exclusiveMaximum", number(13));
            case 9 -> schema.put("multipleOf", number(3).add(BigDecimal.ONE));
            case 10 -> schema.put("required", some(KEYS));
            case 11 -> schema.put("minProperties", number(4));
            case 12 -> schema.put("maxProperties", number(4));
            case 13 -> schema.put("minItems", number(4));
            case 14 -> schema.put("maxItems", number(4));
            case 15 -> schema.put("dependentRequired", new TreeMap<>(Map.of(KEYS.get(random.nextInt(3)), some(KEYS))));
            default -> schema.put("exclusiveMinimum", number(12));
        }
    }

    private void applicator(Map<String, Object> schema, int depth) {
        switch (random.nextInt(15)) {
            case 0, 1, 2 -> {
                Map<String, Object> properties = new TreeMap<>();
                some(KEYS).forEach(key -> properties.put(key, schema(depth)));
                schema.put("properties", properties);
            }
            case 3 -> {
                Map<String, Object> properties = new TreeMap<>();
                properties.put(PATTERNS.get(random.nextInt(PATTERNS.size())), schema(depth));
                schema.put("patternProperties", properties);
            }
            case 4 -> schema.put("additionalProperties", schema(depth));
            case 5 -> schema.put("propertyNames", schema(Math.min(depth, 1)));
            case 6 -> schema.put("dependentSchemas", Map.of(KEYS.get(random.nextInt(3)), schema(depth)));
            case 7 -> schema.put("items", schema(depth));
            case 8 -> schema.put("prefixItems", List.of(schema(depth), schema(depth)));
            case 9 -> {
                schema.put("contains", schema(depth));
                if (random.nextBoolean()) {
                    schema.put("minContains", number(3));
                }
                if (random.nextBoolean()) {
                    schema.put("maxContains", number(3));
                }
            }
            case 10 -> schema.put("allOf", List.of(schema(depth), schema(depth)));
            case 11 -> schema.put("anyOf", List.of(schema(depth), schema(depth)));
            case 12 -> schema.put("oneOf", List.of(schema(depth), schema(depth), schema(depth)));
            case 13 -> schema.put("not", schema(depth));
            default -> {
                schema.put("if", schema(depth));
                schema.put("then", schema(depth));
                if (random.nextBoolean()) {
                    schema.put("else", schema(depth));
                }
            }
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
