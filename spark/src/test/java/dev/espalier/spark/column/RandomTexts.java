// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random schemas, and random texts of their values. */
final class RandomTexts {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final List<String> SCALARS = List.of(
            "{\"type\":\"string\"}",
            "{\"type\":\"boolean\"}",
            "{\"type\":\"integer\"}",
            "{\"type\":\"integer\",\"minimum\":-5,\"maximum\":5}",
            "{\"type\":\"integer\",\"minimum\":0,\"maximum\":1e45}",
            "{\"type\":\"number\"}",
            "{\"type\":\"number\",\"minimum\":-10,\"maximum\":10,\"multipleOf\":0.001}",
            "{\"type\":\"string\",\"format\":\"date\"}",
            "{\"type\":\"string\",\"format\":\"date-time\"}",
            "{\"type\":\"string\",\"contentEncoding\":\"base64\"}",
            "{\"type\":\"null\"}",
            "{\"enum\":[\"a\",\"b\"]}",
            "{\"enum\":[1,2.5]}",
            "{\"enum\":[3,null]}",
            "{\"const\":\"x\"}",
            "true");

    private final Random random;

    RandomTexts(Random random) {
        this.random = random;
    }

    String schema(int depth) {
        return node(depth).toString();
    }

    private JsonNode node(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return MAPPER.readTree(SCALARS.get(random.nextInt(SCALARS.size())));
        }
        ObjectNode schema = MAPPER.createObjectNode();
        switch (random.nextInt(6)) {
            case 0 -> schema.put("type", "array").set("items", node(depth - 1));
            case 1 -> tuple(schema, depth);
            case 2 -> schema.put("type", "object").set("additionalProperties", node(depth - 1));
            case 3 -> schema.putArray("anyOf").add(node(depth - 1)).add(node(depth - 1));
            default -> object(schema, depth);
        }
        return schema;
    }

    private void tuple(ObjectNode schema, int depth) {
        ArrayNode places = schema.put("type", "array").putArray("prefixItems");
        for (int i = 0; i <= random.nextInt(3); i++) {
            places.add(node(depth - 1));
        }
        schema.put("minItems", random.nextInt(places.size() + 1));
        if (random.nextBoolean()) {
            schema.put("items", false);
        }
    }

    private void object(ObjectNode schema, int depth) {
        ObjectNode properties = schema.put("type", "object").putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            properties.set("m" + i, node(depth - 1));
            if (random.nextBoolean()) {
                required.add("m" + i);
            }
        }
        if (random.nextBoolean()) {
            schema.put("additionalProperties", false);
        }
    }

    String value(String schema) {
        return text(MAPPER.readTree(schema));
    }

    private String text(JsonNode schema) {
        if (!schema.isObject()) {
            return List.of("null", "1.50", "\"a\\n\"", "[1, {}]", "{\"k\":[]}").get(random.nextInt(5));
        } else if (schema.has("const")) {
            return schema.get("const").toString();
        } else if (schema.has("enum")) {
            return schema.get("enum")
                    .get(random.nextInt(schema.get("enum").size()))
                    .toString();
        } else if (schema.has("anyOf")) {
            return text(schema.get("anyOf").get(random.nextInt(2)));
        }
        return switch (schema.path("type").asString("")) {
            case "null" -> "null";
            case "boolean" -> String.valueOf(random.nextBoolean());
            case "integer" -> integer(schema);
            case "number" -> number(schema);
            case "string" -> MAPPER.writeValueAsString(string(schema));
            case "array" -> array(schema);
            default -> object(schema);
        };
    }

    private String integer(JsonNode schema) {
        if (schema.path("maximum").asString("").equals("5")) {
            return String.valueOf(random.nextInt(11) - 5);
        }
        return new BigInteger(schema.has("maximum") ? 140 : 126, random) + (random.nextInt(4) == 0 ? ".0" : "");
    }

    private String number(JsonNode schema) {
        if (schema.has("multipleOf")) {
            return BigDecimal.valueOf(random.nextInt(20_001) - 10_000L, 3).toString();
        }
        return List.of("0.1", "-0", "1e-7", "12345678901234567890.125", "4.940").get(random.nextInt(5));
    }

    private String string(JsonNode schema) {
        if (schema.path("format").asString("").equals("date")) {
            return List.of("2024-02-29", "0001-01-01", "1582-10-04", "9999-12-31")
                    .get(random.nextInt(4));
        } else if (schema.has("format")) {
            return List.of("2024-02-29t12:00:00.000001z", "1999-12-31T23:59:59+05:30", "1900-01-01T00:00:00Z")
                    .get(random.nextInt(3));
        } else if (schema.has("contentEncoding")) {
            byte[] bytes = new byte[random.nextInt(5)];
            random.nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        return List.of("", "plain", "\"quoted\" \\ é \uD83D\uDE00", "\u0001").get(random.nextInt(4));
    }

    private String array(JsonNode schema) {
        JsonNode places = schema.path("prefixItems");
        boolean isClosed = places.isArray() && schema.has("items");
        int least = schema.path("minItems").asInt(0);
        int most = isClosed ? places.size() : 3;
        int size = least + random.nextInt(Math.max(1, most - least + 1));
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            JsonNode item = i < places.size()
                    ? places.get(i)
                    : places.isArray() ? MAPPER.readTree("true") : schema.path("items");
            text.append(i == 0 ? "" : ",").append(text(item));
        }
        return text.append(']').toString();
    }

    private String object(JsonNode schema) {
        StringBuilder text = new StringBuilder("{");
        schema.path("properties").propertyStream().forEach(property -> {
            boolean isRequired = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.asString("").equals(property.getKey()));
            if (isRequired || random.nextBoolean()) {
                text.append(text.length() == 1 ? "" : ",");
                text.append('"').append(property.getKey()).append("\":").append(text(property.getValue()));
            }
        });
        JsonNode others = schema.path("additionalProperties");
        boolean isOpen = !(others.isBoolean() && !others.booleanValue());
        if (isOpen && random.nextBoolean()) {
            text.append(text.length() == 1 ? "" : ",");
            text.append("\"other\":").append(text(others.isMissingNode() ? MAPPER.readTree("true") : others));
        }
        return text.append('}').toString();
    }
}
