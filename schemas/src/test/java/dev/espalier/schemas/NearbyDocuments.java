// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.schemas.options.Draft;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/**
 * Makes documents that a schema nearly allows: it follows the keywords with a random choice at each branch, without checking
 * the result, and changes some of them afterwards.
 */
@NullUnmarked
final class NearbyDocuments {

    private final Random random;
    private final Map<String, Object> root;
    private final DraftSchemas values;

    NearbyDocuments(Random random, Map<String, Object> root, Draft draft) {
        this.random = random;
        this.root = root;
        this.values = new DraftSchemas(random, draft);
    }

    /** A document. */
    Object next() {
        Object value = follow(root, 6);
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            value = changed(value);
        }
        return value;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @SuppressWarnings("unchecked")
    private Object follow(Object at, int depth) {
        if (depth <= 0 || !(at instanceof Map<?, ?>) || random.nextInt(12) == 0) {
            return values.value(Math.min(Math.max(depth, 0), 2));
        }
        Map<String, Object> schema = merged((Map<String, Object>) at);
        if (schema.containsKey("const")) {
            return schema.get("const");
        } else if (schema.get("enum") instanceof List<?> all && !all.isEmpty()) {
            return one((List<Object>) all);
        }
        return switch (type(schema)) {
            case "null" -> null;
            case "boolean" -> random.nextBoolean();
            case "integer", "number" -> number(schema);
            case "string" -> string(schema);
            case "array" -> array(schema, depth);
            default -> object(schema, depth);
        };
    }

    /** A schema with one way through its in-place branches taken. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> merged(Map<String, Object> at) {
        Map<String, Object> schema = new LinkedHashMap<>(at);
        for (int i = 0; i < 4; i++) {
            List<Object> more = new ArrayList<>();
            for (String keyword : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
                Object reference = schema.remove(keyword);
                if (reference != null) {
                    more.add(target((String) reference));
                }
            }
            if (schema.remove("allOf") instanceof List<?> all) {
                more.addAll(all);
            }
            for (String keyword : List.of("anyOf", "oneOf")) {
                if (schema.remove(keyword) instanceof List<?> all) {
                    more.add(one(all));
                }
            }
            Object condition = schema.remove("if");
            if (condition != null) {
                boolean holds = random.nextBoolean();
                more.add(holds ? condition : true);
                more.add(schema.getOrDefault(holds ? "then" : "else", true));
            }
            if (more.isEmpty()) {
                break;
            }
            for (Object one : more) {
                if (one instanceof Map<?, ?> map) {
                    map.forEach((key, value) ->
                            schema.put((String) key, schema.containsKey(key) ? both(schema.get(key), value) : value));
                }
            }
        }
        return schema;
    }

    private static Object both(Object a, Object b) {
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            Map<Object, Object> union = new LinkedHashMap<>(y);
            union.putAll(x);
            return union;
        }
        return a;
    }

    private Object target(String reference) {
        Object definitions = root.getOrDefault("$defs", root.get("definitions"));
        String name = reference.equals("#here") ? "z" : reference.substring(reference.lastIndexOf('/') + 1);
        return ((Map<?, ?>) definitions).containsKey(name) ? ((Map<?, ?>) definitions).get(name) : root;
    }

    private String type(Map<String, Object> schema) {
        Object type = schema.get("type");
        if (type != null && random.nextInt(8) > 0) {
            return type instanceof List<?> all ? (String) one(all) : (String) type;
        }
        List<String> fit = new ArrayList<>();
        for (String keyword : schema.keySet()) {
            switch (keyword) {
                case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" -> fit.add("number");
                case "minLength", "maxLength", "pattern", "format" -> fit.add("string");
                case "items", "prefixItems", "additionalItems", "contains", "minItems", "maxItems", "uniqueItems" ->
                    fit.add("array");
                case "unevaluatedItems" -> fit.add("array");
                case "type", "not", "$schema", "$defs", "definitions" -> {}
                default -> fit.add("object");
            }
        }
        return fit.isEmpty() || random.nextInt(10) == 0 ? one(DraftSchemas.TYPES) : one(fit);
    }

    private BigDecimal number(Map<String, Object> schema) {
        BigDecimal best = BigDecimal.ZERO;
        for (int i = 0; i < 6; i++) {
            best = new BigDecimal(one(DraftSchemas.NUMBERS));
            Object bound = schema.get(
                    one(List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")));
            if (bound instanceof BigDecimal near) {
                best = near.add(new BigDecimal(one(List.of("0", "0", "1", "-1", "0.1", "-0.1"))));
            }
            if (schema.get("multipleOf") instanceof BigDecimal step && random.nextInt(3) > 0) {
                best = best.subtract(best.remainder(step));
            }
            if (holds(schema, best)) {
                return best;
            }
        }
        return best;
    }

    private static boolean holds(Map<String, Object> schema, BigDecimal number) {
        return !(schema.get("minimum") instanceof BigDecimal low && number.compareTo(low) < 0)
                && !(schema.get("maximum") instanceof BigDecimal high && number.compareTo(high) > 0)
                && !(schema.get("exclusiveMinimum") instanceof BigDecimal above && number.compareTo(above) <= 0)
                && !(schema.get("exclusiveMaximum") instanceof BigDecimal below && number.compareTo(below) >= 0);
    }

    private static int count(Map<String, Object> schema, String keyword, int otherwise) {
        return schema.get(keyword) instanceof BigDecimal count ? count.intValue() : otherwise;
    }

    private String string(Map<String, Object> schema) {
        List<String> samples = DraftSchemas.FORMATS.get(String.valueOf(schema.get("format")));
        String text = samples != null && random.nextInt(4) > 0 ? one(samples) : one(DraftSchemas.STRINGS);
        if (schema.get("pattern") instanceof String pattern) {
            java.util.regex.Pattern compiled = java.util.regex.Pattern.compile(pattern);
            for (int i = 0; i < 8 && !compiled.matcher(text).find(); i++) {
                text = one(DraftSchemas.STRINGS) + (random.nextBoolean() ? one(DraftSchemas.STRINGS) : "");
            }
        }
        while (text.codePointCount(0, text.length()) < count(schema, "minLength", 0) && random.nextInt(12) > 0) {
            text += random.nextBoolean() ? "a" : one(DraftSchemas.STRINGS);
        }
        int most = count(schema, "maxLength", 1000);
        return text.codePointCount(0, text.length()) > most && random.nextInt(6) > 0
                ? text.substring(0, text.offsetByCodePoints(0, most))
                : text;
    }

    private List<Object> array(Map<String, Object> schema, int depth) {
        List<?> prefix = schema.get("items") instanceof List<?> list
                ? list
                : (List<?>) schema.getOrDefault("prefixItems", List.of());
        Object rest = schema.get("items") instanceof List<?>
                ? schema.get("additionalItems")
                : schema.getOrDefault("items", schema.get("unevaluatedItems"));
        int least = Math.min(count(schema, "minItems", 0), 6);
        int size = Math.min(least + random.nextInt(4), Math.max(least, count(schema, "maxItems", 9)));
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Object next = i < prefix.size() ? prefix.get(i) : rest;
            boolean contained = schema.containsKey("contains") && random.nextInt(3) == 0;
            items.add(follow(contained ? schema.get("contains") : next, depth - 1));
            if (i > 0 && random.nextInt(10) == 0) {
                items.set(i, items.get(random.nextInt(i)));
            }
        }
        return items;
    }

    private Map<String, Object> object(Map<String, Object> schema, int depth) {
        Map<?, ?> properties = (Map<?, ?>) schema.getOrDefault("properties", Map.of());
        Map<?, ?> patterns = (Map<?, ?>) schema.getOrDefault("patternProperties", Map.of());
        List<String> keys = new ArrayList<>();
        if (schema.get("required") instanceof List<?> required) {
            required.forEach(key -> keys.add((String) key));
        }
        properties.keySet().forEach(key -> keys.add((String) key));
        if (schema.get("dependentRequired") instanceof Map<?, ?> dependent) {
            dependent.forEach((key, wanted) -> {
                keys.add((String) key);
                ((List<?>) wanted).forEach(name -> keys.add((String) name));
            });
        }
        keys.removeIf(key -> random.nextInt(4) == 0);
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(random.nextBoolean() ? one(DraftSchemas.KEYS) : one(DraftSchemas.STRINGS));
        }
        while (keys.size() < count(schema, "minProperties", 0) && random.nextInt(10) > 0) {
            keys.add(one(DraftSchemas.KEYS));
        }
        java.util.Collections.shuffle(keys, random);
        Map<String, Object> members = new LinkedHashMap<>();
        for (String key : keys) {
            Object next = properties.containsKey(key)
                    ? properties.get(key)
                    : patterns.entrySet().stream()
                            .filter(p -> java.util.regex.Pattern.compile((String) p.getKey())
                                    .matcher(key)
                                    .find())
                            .map(p -> (Object) p.getValue())
                            .findFirst()
                            .orElse(schema.getOrDefault(
                                    "additionalProperties", schema.getOrDefault("unevaluatedProperties", true)));
            members.put(key, follow(next, depth - 1));
        }
        return members;
    }

    @SuppressWarnings("unchecked")
    private Object changed(Object value) {
        if (value instanceof List<?> list && random.nextInt(5) > 0) {
            return changedItems(new ArrayList<>((List<Object>) list));
        } else if (value instanceof Map<?, ?> map && random.nextInt(5) > 0) {
            return changedMembers(new LinkedHashMap<>((Map<String, Object>) map));
        } else if (value instanceof BigDecimal number && random.nextBoolean()) {
            return number.add(new BigDecimal(one(List.of("1", "-1", "0.5", "0.1", "-0.01", "0.0"))));
        } else if (value instanceof String text && random.nextBoolean()) {
            return text.isEmpty() || random.nextBoolean()
                    ? text + one(DraftSchemas.STRINGS)
                    : text.substring(text.offsetByCodePoints(0, 1));
        }
        return values.value(1);
    }

    private Object changedItems(List<Object> items) {
        int at = items.isEmpty() ? 0 : random.nextInt(items.size());
        switch (items.isEmpty() ? 0 : random.nextInt(5)) {
            case 0 -> items.add(at, values.value(1));
            case 1 -> items.add(items.get(at));
            case 2 -> items.remove(at);
            case 3 -> java.util.Collections.shuffle(items, random);
            default -> items.set(at, changed(items.get(at)));
        }
        return items;
    }

    private Object changedMembers(Map<String, Object> members) {
        if (members.isEmpty() || random.nextInt(4) == 0) {
            members.put(one(DraftSchemas.KEYS), values.value(1));
            return members;
        }
        String key = one(new ArrayList<>(members.keySet()));
        if (random.nextInt(3) == 0) {
            members.remove(key);
        } else {
            members.put(key, changed(members.get(key)));
        }
        return members;
    }
}
