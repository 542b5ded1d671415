// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Cuts JSON text into the texts of its members and items, without changing a byte of them. */
public final class RawJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNumberLength(1_000_000)
                    .build())
            .build();

    private RawJson() {}

    /** The members of an object. */
    static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser, object));
            }
        }
        return members;
    }

    /** The items of an array. */
    static List<String> items(String array) {
        List<String> items = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), array)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, array));
            }
        }
        return items;
    }

    private static String value(JsonParser parser, String text) {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.getString();
        } else {
            return text.substring(from, from + parser.getString().length());
        }
        return text.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    /** The text of a JSON string. */
    public static String string(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return parser.getString();
        }
    }
}
