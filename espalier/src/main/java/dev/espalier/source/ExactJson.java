// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A reader of JSON that keeps numbers exactly, where {@code double}s are out of range: {@code 1e400}. */
final class ExactJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Exponents further from 0 are read as this one: no bound of a schema is there. */
    private static final int FAR = 4_000;

    private ExactJson() {}

    /**
     * The value of a text.
     *
     * @param numbers receives the numbers as they stand in the text, by their JSON pointers
     * @throws tools.jackson.core.JacksonException if the text is not JSON
     */
    static JsonNode read(String text, Map<String, String> numbers) {
        try (JsonParser parser = JsonMapper.shared().createParser(text)) {
            parser.nextToken();
            JsonNode value = value(parser, numbers);
            parser.nextToken();
            return value;
        }
    }

    private static JsonNode value(JsonParser parser, Map<String, String> numbers) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return NODES.missingNode();
        }
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, value(parser, numbers));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, numbers));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> {
                keep(parser, numbers);
                BigInteger read = parser.getBigIntegerValue();
                yield read.bitLength() < Integer.SIZE ? NODES.numberNode(read.intValue()) : NODES.numberNode(read);
            }
            case VALUE_NUMBER_FLOAT -> {
                keep(parser, numbers);
                yield NODES.numberNode(decimal(parser.getString()));
            }
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            default -> NODES.nullNode();
        };
    }

    private static void keep(JsonParser parser, Map<String, String> numbers) {
        numbers.put(parser.streamReadContext().pathAsPointer().toString(), parser.getString());
    }

    private static BigDecimal decimal(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (e < 0) {
            return new BigDecimal(number);
        }
        String digits = number.substring(e + 1).replaceFirst("^([+-]?)0+(?=.)", "$1");
        boolean isNear = digits.length() < 9 && Math.abs(Integer.parseInt(digits)) < FAR;
        BigDecimal read = new BigDecimal(number.substring(0, e));
        return read.signum() == 0
                ? read
                : read.scaleByPowerOfTen(isNear ? Integer.parseInt(digits) : digits.startsWith("-") ? -FAR : FAR);
    }
}
