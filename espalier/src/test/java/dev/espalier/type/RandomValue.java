// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random values of the schemas that Java types have, made from the keywords and nothing else. */
final class RandomValue {

    private static final int DEEP = 5;
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();
    private static final String LETTERS = "abcXYZ019 -_\"\\/\n\té€";

    private final JsonNode root;
    private final Random random;

    private RandomValue(JsonNode root, Random random) {
        this.root = root;
        this.random = random;
    }

    static JsonNode of(JsonNode schema, Random random) {
        return new RandomValue(schema, random).value(schema, 0);
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return value(root.at(schema.get("$ref").asString().substring(1)), depth);
        }
        if (schema.has("anyOf")) {
            return value(alternative(schema.get("anyOf"), depth), depth + 1);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (schema.get("type").asString()) {
            case "string" -> JsonNodeFactory.instance.stringNode(text(schema));
            case "integer" -> spelled(integer(schema), schema.has("minimum") || schema.has("maximum"));
            case "number" -> JsonNodeFactory.instance.numberNode(number(schema));
            case "boolean" -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case "array" -> array(schema, depth);
            default -> object(schema, depth);
        };
    }

    /** Any alternative; deep down the one that refers to others least. */
    private JsonNode alternative(JsonNode alternatives, int depth) {
        JsonNode drawn = alternatives.get(random.nextInt(alternatives.size()));
        if (depth > DEEP) {
            for (JsonNode one : alternatives) {
                if (references(one) < references(drawn)) {
                    drawn = one;
                }
            }
        }
        return drawn;
    }

    private int references(JsonNode node) {
        JsonNode target = node.has("$ref") ? root.at(node.get("$ref").asString().substring(1)) : node;
        return target.toString().split("\"\\$ref\"", -1).length;
    }

    private String text(JsonNode schema) {
        List<String> patterns = new ArrayList<>();
        if (schema.has("pattern")) {
            patterns.add(schema.get("pattern").asString());
        }
        schema.path("allOf").forEach(part -> patterns.add(part.get("pattern").asString()));
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        for (int trial = 0; trial < 100_000; trial++) {
            String text = candidate(patterns, least, most);
            int length = text.codePointCount(0, text.length());
            if (length >= least
                    && length <= most
                    && patterns.stream()
                            .allMatch(one -> COMPILED.computeIfAbsent(one, Pattern::compile)
                                    .matcher(text)
                                    .find())) {
                return text;
            }
        }
        throw new IllegalStateException("no text of " + schema);
    }

    private String candidate(List<String> patterns, int least, int most) {
        for (String pattern : patterns) {
            if (pattern.startsWith("^") && !pattern.startsWith("^[\\u0000-\\ud7ff\\ue000-\\uffff]*")) {
                return RandomText.of(pattern, random);
            }
        }
        int length = least + random.nextInt(Math.min(most - least, 8) + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(
                    patterns.isEmpty() && random.nextInt(20) == 0
                            ? "\ud83d\ude00"
                            : String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))));
        }
        return text.toString();
    }

    private BigInteger integer(JsonNode schema) {
        BigInteger least = schema.has("minimum")
                ? schema.get("minimum").bigIntegerValue()
                : BigInteger.TEN.pow(30).negate();
        BigInteger most = schema.has("maximum") ? schema.get("maximum").bigIntegerValue() : BigInteger.TEN.pow(30);
        BigInteger drawn = switch (random.nextInt(4)) {
            case 0 -> random.nextBoolean() ? least : most;
            case 1 -> BigInteger.valueOf(random.nextInt(21) - 10);
            default ->
                least.add(new BigInteger(most.subtract(least).bitLength() + 1, random)
                        .mod(most.subtract(least).add(BigInteger.ONE)));
        };
        return drawn.max(least).min(most);
    }

    /** An integer in a spelling that it may have: with a fraction of zeros, or with an exponent if it has no bounds. */
    private JsonNode spelled(BigInteger value, boolean bounded) {
        return switch (value.bitLength() < 63 ? random.nextInt(10) : 9) {
            case 0 -> JsonNodeFactory.instance.numberNode(new BigDecimal(value).setScale(1));
            case 1 ->
                JsonNodeFactory.instance.numberNode(
                        bounded ? new BigDecimal(value) : new BigDecimal(value, -random.nextInt(40)));
            default -> JsonNodeFactory.instance.numberNode(value);
        };
    }

    private BigDecimal number(JsonNode schema) {
        BigDecimal step = schema.has("multipleOf") ? schema.get("multipleOf").decimalValue() : new BigDecimal("0.001");
        BigDecimal least = bound(schema, "minimum", "exclusiveMinimum", step, new BigDecimal(-1000));
        BigDecimal most = bound(schema, "maximum", "exclusiveMaximum", step.negate(), new BigDecimal(1000));
        BigDecimal from = least.max(most.subtract(new BigDecimal(2000)));
        BigDecimal drawn = from.add(most.subtract(from).multiply(BigDecimal.valueOf(random.nextDouble())));
        if (random.nextInt(4) == 0) {
            drawn = random.nextBoolean() ? from : most;
        }
        BigDecimal whole = drawn.divide(step, 0, RoundingMode.DOWN).multiply(step);
        return whole.compareTo(from) >= 0 && whole.compareTo(most) <= 0 ? whole : from;
    }

    private static BigDecimal bound(
            JsonNode schema, String keyword, String strict, BigDecimal step, BigDecimal otherwise) {
        if (schema.has(keyword)) {
            return schema.get(keyword).decimalValue();
        }
        return schema.has(strict) ? schema.get(strict).decimalValue().add(step) : otherwise;
    }

    private JsonNode array(JsonNode schema, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (schema.has("prefixItems")) {
            schema.get("prefixItems").forEach(item -> array.add(value(item, depth + 1)));
            return array;
        }
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(least + 3), least + 3);
        int size = depth > DEEP ? least : least + random.nextInt(most - least + 1);
        boolean unique = schema.path("uniqueItems").asBoolean(false);
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < size * 20 && array.size() < size; i++) {
            JsonNode item = value(schema.get("items"), depth + 1);
            if (!unique || seen.add(item.isNumber() ? item.decimalValue().stripTrailingZeros() : item)) {
                array.add(item);
            }
        }
        return array;
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (required.contains(property.getKey()) || (depth <= DEEP && random.nextBoolean())) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        }
        JsonNode others = schema.get("additionalProperties");
        if (others != null && others.isObject()) {
            JsonNode names = schema.path("propertyNames");
            int least = schema.path("minProperties").asInt(0);
            int most = Math.min(schema.path("maxProperties").asInt(least + 3), least + 3);
            int size = depth > DEEP ? least : least + random.nextInt(most - least + 1);
            for (int i = 0; i < size * 20 && object.size() < size; i++) {
                String name = names.has("enum")
                        ? names.get("enum")
                                .get(random.nextInt(names.get("enum").size()))
                                .asString()
                        : text(names);
                object.set(name, value(others, depth + 1));
            }
        }
        return object;
    }
}
