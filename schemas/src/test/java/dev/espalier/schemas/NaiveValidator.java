// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Validates a value against a schema, both as plain Java values (maps, lists, strings, {@code BigDecimal}, booleans, null),
 * by the letter of the 2020-12 draft: it collects which members and items are evaluated, and keeps the resources on the
 * way for {@code $dynamicRef}. Written apart from the engine; slow and simple.
 */
@org.jspecify.annotations.NullUnmarked
final class NaiveValidator {

    private final Map<String, Object> root;
    private final Map<String, Map<String, Object>> resources = new HashMap<>();
    private final List<Map<String, Object>> way = new ArrayList<>();

    NaiveValidator(Map<String, Object> root) {
        this.root = root;
        findResources(root);
    }

    /** What evaluating one schema object has found out so far; worth nothing if it turns out invalid. */
    private static final class Evaluation {
        final Set<String> keys = new HashSet<>();
        final Set<Integer> items = new HashSet<>();
    }

    boolean isValid(Object value) {
        way.clear();
        way.add(root);
        return isValid(root, value);
    }

    private boolean isValid(Object schema, Object value) {
        return evaluate(schema, value) != null;
    }

    /** Null if the value is invalid. */
    @SuppressWarnings("unchecked")
    private Evaluation evaluate(Object schemaOrTruth, Object value) {
        Evaluation found = new Evaluation();
        if (schemaOrTruth instanceof Boolean truth) {
            return truth ? found : null;
        }
        Map<String, Object> schema = (Map<String, Object>) schemaOrTruth;
        if (schema.containsKey("$id")) {
            way.add(schema);
        }
        boolean valid = true;
        for (Map.Entry<String, Object> keyword : schema.entrySet()) {
            valid = valid
                    && (keyword.getKey().startsWith("unevaluated")
                            || holds(schema, keyword.getKey(), keyword.getValue(), value, found));
        }
        valid = valid && unevaluatedHolds(schema, value, found);
        if (schema.containsKey("$id")) {
            way.remove(way.size() - 1);
        }
        return valid ? found : null;
    }

    /** Applies a schema to the same value; if it is valid, what it has evaluated counts. */
    private boolean apply(Object schema, Object value, Evaluation into) {
        Evaluation part = evaluate(schema, value);
        if (part != null) {
            into.keys.addAll(part.keys);
            into.items.addAll(part.items);
        }
        return part != null;
    }

    @SuppressWarnings("unchecked")
    private boolean unevaluatedHolds(Map<String, Object> schema, Object value, Evaluation found) {
        boolean valid = true;
        if (value instanceof Map<?, ?> object && schema.containsKey("unevaluatedProperties")) {
            for (Map.Entry<String, Object> member : ((Map<String, Object>) object).entrySet()) {
                if (!found.keys.contains(member.getKey())) {
                    valid &= isValid(schema.get("unevaluatedProperties"), member.getValue());
                }
            }
            found.keys.addAll(((Map<String, Object>) object).keySet());
        }
        if (value instanceof List<?> array && schema.containsKey("unevaluatedItems")) {
            for (int i = 0; i < array.size(); i++) {
                if (found.items.add(i)) {
                    valid &= isValid(schema.get("unevaluatedItems"), array.get(i));
                }
            }
        }
        return valid;
    }

    /** The schemas with an {@code $id}, by what is written there. */
    private void findResources(Object value) {
        if (value instanceof Map<?, ?> object) {
            if (object.get("$id") instanceof String id) {
                resources.put(id.substring(id.lastIndexOf('/') + 1), cast(object));
            }
            object.values().forEach(this::findResources);
        } else if (value instanceof List<?> array) {
            array.forEach(this::findResources);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object object) {
        return (Map<String, Object>) object;
    }

    /** The schema with an anchor inside a resource, but not inside one that lies in it; null if there is none. */
    private static Object anchored(Map<String, Object> resource, Object value, String name) {
        Object found = null;
        if (value instanceof Map<?, ?> object && (value == resource || !object.containsKey("$id"))) {
            if (name.equals(object.get("$dynamicAnchor")) || name.equals(object.get("$anchor"))) {
                return object;
            }
            for (Object inner : object.values()) {
                found = found == null ? anchored(resource, inner, name) : found;
            }
        } else if (value instanceof List<?> array) {
            for (Object inner : array) {
                found = found == null ? anchored(resource, inner, name) : found;
            }
        }
        return found;
    }

    private boolean referenceHolds(String reference, boolean dynamic, Object value, Evaluation found) {
        String[] parts = reference.split("#", 2);
        Map<String, Object> resource = parts[0].isEmpty() ? way.get(way.size() - 1) : resources.get(parts[0]);
        String fragment = parts.length == 1 ? "" : parts[1];
        Object target = resource;
        if (fragment.startsWith("/")) {
            for (String token : fragment.substring(1).split("/")) {
                target = cast(target).get(token);
            }
        } else if (!fragment.isEmpty()) {
            target = anchored(resource, resource, fragment);
            if (dynamic && fragment.equals(cast(target).get("$dynamicAnchor"))) {
                for (int i = way.size() - 1; i >= 0; i--) {
                    Object outer = anchored(way.get(i), way.get(i), fragment);
                    if (outer != null && fragment.equals(cast(outer).get("$dynamicAnchor"))) {
                        resource = way.get(i);
                        target = outer;
                    }
                }
            }
        }
        boolean enters = target != resource;
        if (enters) {
            way.add(resource);
        }
        boolean valid = apply(target, value, found);
        if (enters) {
            way.remove(way.size() - 1);
        }
        return valid;
    }

    @SuppressWarnings("unchecked")
    private boolean holds(Map<String, Object> schema, String keyword, Object wanted, Object value, Evaluation found) {
        switch (keyword) {
            case "$ref", "$dynamicRef" -> {
                return referenceHolds((String) wanted, keyword.equals("$dynamicRef"), value, found);
            }
            case "type" -> {
                return (wanted instanceof List<?> list ? list : List.of(wanted))
                        .stream().anyMatch(type -> isOf((String) type, value));
            }
            case "const" -> {
                return same(wanted, value);
            }
            case "enum" -> {
                return ((List<Object>) wanted).stream().anyMatch(one -> same(one, value));
            }
            case "allOf", "anyOf", "oneOf" -> {
                List<Object> parts = (List<Object>) wanted;
                long valid = parts.stream().filter(s -> apply(s, value, found)).count();
                return keyword.equals("allOf")
                        ? valid == parts.size()
                        : keyword.equals("anyOf") ? valid > 0 : valid == 1;
            }
            case "not" -> {
                return !isValid(wanted, value);
            }
            case "if" -> {
                return apply(wanted, value, found)
                        ? apply(schema.getOrDefault("then", true), value, found)
                        : apply(schema.getOrDefault("else", true), value, found);
            }
            default -> {
                if (value instanceof Map<?, ?> object) {
                    return objectHolds(schema, keyword, wanted, (Map<String, Object>) object, found);
                } else if (value instanceof List<?> array) {
                    return arrayHolds(schema, keyword, wanted, (List<Object>) array, found);
                } else if (value instanceof String text) {
                    return textHolds(keyword, wanted, text);
                } else if (value instanceof BigDecimal number) {
                    return numberHolds(keyword, wanted, number);
                }
                return true;
            }
        }
    }

    static boolean isOf(String type, Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            case "integer" ->
                value instanceof BigDecimal n && n.stripTrailingZeros().scale() <= 0;
            default -> value instanceof BigDecimal;
        };
    }

    static boolean same(Object a, Object b) {
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y) == 0;
        } else if (a instanceof List<?> x && b instanceof List<?> y) {
            boolean all = x.size() == y.size();
            for (int i = 0; all && i < x.size(); i++) {
                all = same(x.get(i), y.get(i));
            }
            return all;
        } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(key -> same(x.get(key), y.get(key)));
        }
        return Objects.equals(a, b);
    }

    /** Applies a schema to the value of each key that is meant; these keys are then evaluated. */
    private boolean membersHold(Object schema, Map<String, Object> value, Predicate<String> meant, Evaluation found) {
        boolean all = true;
        for (Map.Entry<String, Object> member : value.entrySet()) {
            if (meant.test(member.getKey())) {
                all &= isValid(schema, member.getValue());
                found.keys.add(member.getKey());
            }
        }
        return all;
    }

    private static boolean matches(String pattern, String key) {
        return Pattern.compile(pattern).matcher(key).find();
    }

    @SuppressWarnings("unchecked")
    private boolean objectHolds(
            Map<String, Object> schema, String keyword, Object wanted, Map<String, Object> value, Evaluation found) {
        Map<String, Object> named = wanted instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        switch (keyword) {
            case "properties", "patternProperties" -> {
                boolean exactly = keyword.equals("properties");
                return named.entrySet().stream()
                        .filter(e -> !membersHold(
                                e.getValue(),
                                value,
                                key -> exactly ? key.equals(e.getKey()) : matches(e.getKey(), key),
                                found))
                        .toList()
                        .isEmpty();
            }
            case "additionalProperties" -> {
                Map<String, Object> declared = (Map<String, Object>) schema.getOrDefault("properties", Map.of());
                Map<String, Object> patterns = (Map<String, Object>) schema.getOrDefault("patternProperties", Map.of());
                return membersHold(
                        wanted,
                        value,
                        key -> !declared.containsKey(key)
                                && patterns.keySet().stream().noneMatch(p -> matches(p, key)),
                        found);
            }
            case "propertyNames" -> {
                return value.keySet().stream().allMatch(key -> isValid(wanted, key));
            }
            case "required" -> {
                return value.keySet().containsAll((List<Object>) wanted);
            }
            case "minProperties" -> {
                return value.size() >= ((BigDecimal) wanted).intValue();
            }
            case "maxProperties" -> {
                return value.size() <= ((BigDecimal) wanted).intValue();
            }
            case "dependentRequired" -> {
                return named.entrySet().stream()
                        .allMatch(e -> !value.containsKey(e.getKey())
                                || value.keySet().containsAll((List<Object>) e.getValue()));
            }
            case "propertyDependencies" -> {
                return named.entrySet().stream()
                        .filter(e -> value.get(e.getKey()) instanceof String text
                                && ((Map<String, Object>) e.getValue()).containsKey(text)
                                && !apply(((Map<String, Object>) e.getValue()).get(text), value, found))
                        .toList()
                        .isEmpty();
            }
            case "dependentSchemas" -> {
                return named.entrySet().stream()
                        .filter(e -> value.containsKey(e.getKey()) && !apply(e.getValue(), value, found))
                        .toList()
                        .isEmpty();
            }
            default -> {
                return true;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private boolean arrayHolds(
            Map<String, Object> schema, String keyword, Object wanted, List<Object> value, Evaluation found) {
        List<Object> prefix = (List<Object>) schema.getOrDefault("prefixItems", List.of());
        switch (keyword) {
            case "prefixItems" -> {
                boolean all = true;
                for (int i = 0; i < Math.min(prefix.size(), value.size()); i++) {
                    all &= isValid(prefix.get(i), value.get(i));
                    found.items.add(i);
                }
                return all;
            }
            case "items" -> {
                boolean all = true;
                for (int i = prefix.size(); i < value.size(); i++) {
                    all &= isValid(wanted, value.get(i));
                    found.items.add(i);
                }
                return all;
            }
            case "minItems" -> {
                return value.size() >= ((BigDecimal) wanted).intValue();
            }
            case "maxItems" -> {
                return value.size() <= ((BigDecimal) wanted).intValue();
            }
            case "contains" -> {
                int count = 0;
                for (int i = 0; i < value.size(); i++) {
                    if (isValid(wanted, value.get(i))) {
                        count++;
                        found.items.add(i);
                    }
                }
                return count >= ((BigDecimal) schema.getOrDefault("minContains", BigDecimal.ONE)).intValue()
                        && count
                                <= ((BigDecimal) schema.getOrDefault("maxContains", BigDecimal.valueOf(99))).intValue();
            }
            case "uniqueItems" -> {
                boolean unique = true;
                for (int i = 0; i < value.size(); i++) {
                    for (int j = 0; j < i; j++) {
                        unique &= !same(value.get(i), value.get(j));
                    }
                }
                return unique || wanted.equals(false);
            }
            default -> {
                return true;
            }
        }
    }

    private static boolean textHolds(String keyword, Object wanted, String value) {
        int length = value.codePointCount(0, value.length());
        return switch (keyword) {
            case "minLength" -> length >= ((BigDecimal) wanted).intValue();
            case "maxLength" -> length <= ((BigDecimal) wanted).intValue();
            case "pattern" -> Pattern.compile((String) wanted).matcher(value).find();
            default -> true;
        };
    }

    private static boolean numberHolds(String keyword, Object wanted, BigDecimal value) {
        return switch (keyword) {
            case "minimum" -> value.compareTo((BigDecimal) wanted) >= 0;
            case "maximum" -> value.compareTo((BigDecimal) wanted) <= 0;
            case "exclusiveMinimum" -> value.compareTo((BigDecimal) wanted) > 0;
            case "exclusiveMaximum" -> value.compareTo((BigDecimal) wanted) < 0;
            case "multipleOf" -> value.remainder((BigDecimal) wanted).signum() == 0;
            default -> true;
        };
    }
}
