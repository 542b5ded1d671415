package dev.espalier.schemas;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Validates a value against a schema, both as plain Java values (maps, lists, strings, {@code BigDecimal}, booleans, null),
 * by the letter of the 2020-12 draft. Written apart from the engine; slow and simple.
 */
@org.jspecify.annotations.NullUnmarked
final class NaiveValidator {

    private final Map<String, Object> root;

    NaiveValidator(Map<String, Object> root) {
        this.root = root;
    }

    boolean isValid(Object value) {
        return isValid(root, value);
    }

    @SuppressWarnings("unchecked")
    private boolean isValid(Object schemaOrTruth, Object value) {
        if (schemaOrTruth instanceof Boolean truth) {
            return truth;
        }
        Map<String, Object> schema = (Map<String, Object>) schemaOrTruth;
        for (Map.Entry<String, Object> keyword : schema.entrySet()) {
            if (!holds(schema, keyword.getKey(), keyword.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private boolean holds(Map<String, Object> schema, String keyword, Object wanted, Object value) {
        switch (keyword) {
            case "$ref" -> {
                String name = ((String) wanted).substring("#/$defs/".length());
                return isValid(((Map<String, Object>) root.get("$defs")).get(name), value);
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
            case "allOf" -> {
                return ((List<Object>) wanted).stream().allMatch(s -> isValid(s, value));
            }
            case "anyOf" -> {
                return ((List<Object>) wanted).stream().anyMatch(s -> isValid(s, value));
            }
            case "oneOf" -> {
                return ((List<Object>) wanted)
                                .stream().filter(s -> isValid(s, value)).count()
                        == 1;
            }
            case "not" -> {
                return !isValid(wanted, value);
            }
            case "if" -> {
                return isValid(wanted, value)
                        ? isValid(schema.getOrDefault("then", true), value)
                        : isValid(schema.getOrDefault("else", true), value);
            }
            default -> {
                if (value instanceof Map<?, ?> object) {
                    return objectHolds(schema, keyword, wanted, (Map<String, Object>) object);
                } else if (value instanceof List<?> array) {
                    return arrayHolds(schema, keyword, wanted, (List<Object>) array);
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

    @SuppressWarnings("unchecked")
    private boolean objectHolds(Map<String, Object> schema, String keyword, Object wanted, Map<String, Object> value) {
        Map<String, Object> named = wanted instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        switch (keyword) {
            case "properties" -> {
                return value.entrySet().stream()
                        .allMatch(e -> !named.containsKey(e.getKey()) || isValid(named.get(e.getKey()), e.getValue()));
            }
            case "patternProperties" -> {
                return value.entrySet().stream()
                        .allMatch(e -> named.entrySet().stream()
                                .allMatch(p -> !Pattern.compile(p.getKey())
                                                .matcher(e.getKey())
                                                .find()
                                        || isValid(p.getValue(), e.getValue())));
            }
            case "additionalProperties" -> {
                Map<String, Object> declared = (Map<String, Object>) schema.getOrDefault("properties", Map.of());
                Map<String, Object> patterns = (Map<String, Object>) schema.getOrDefault("patternProperties", Map.of());
                return value.entrySet().stream()
                        .allMatch(e -> declared.containsKey(e.getKey())
                                || patterns.keySet().stream()
                                        .anyMatch(p -> Pattern.compile(p)
                                                .matcher(e.getKey())
                                                .find())
                                || isValid(wanted, e.getValue()));
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
            case "dependentSchemas" -> {
                return named.entrySet().stream()
                        .allMatch(e -> !value.containsKey(e.getKey()) || isValid(e.getValue(), value));
            }
            default -> {
                return true;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private boolean arrayHolds(Map<String, Object> schema, String keyword, Object wanted, List<Object> value) {
        List<Object> prefix = (List<Object>) schema.getOrDefault("prefixItems", List.of());
        switch (keyword) {
            case "prefixItems" -> {
                boolean all = true;
                for (int i = 0; i < Math.min(prefix.size(), value.size()); i++) {
                    all &= isValid(prefix.get(i), value.get(i));
                }
                return all;
            }
            case "items" -> {
                return value.stream().skip(prefix.size()).allMatch(item -> isValid(wanted, item));
            }
            case "minItems" -> {
                return value.size() >= ((BigDecimal) wanted).intValue();
            }
            case "maxItems" -> {
                return value.size() <= ((BigDecimal) wanted).intValue();
            }
            case "contains" -> {
                long count =
                        value.stream().filter(item -> isValid(wanted, item)).count();
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
