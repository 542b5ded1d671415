// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A small part of a {@code tokenizer.json}, with its place: what a step of the tokenizer is and how it is set. */
record JsonTree(String source, String pointer, Map<String, @Nullable Object> members) {

    private static final int DEEPEST = 100;

    /** Reads the object that a parser has begun. */
    static JsonTree read(String source, String pointer, JsonParser parser) {
        return new JsonTree(source, pointer, object(source, parser, 0));
    }

    private static @Nullable Object value(String source, JsonParser parser, int depth) {
        if (depth > DEEPEST) {
            throw new InvalidInputException(source + ": a part is nested more than " + DEEPEST + " deep");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(source, parser, depth);
        } else if (token == JsonToken.START_ARRAY) {
            List<Object> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Object item = value(source, parser, depth + 1);
                items.add(item == null ? "" : item);
            }
            return items;
        } else if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        } else if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        return token.isNumeric() ? (Object) parser.getDoubleValue() : null;
    }

    private static Map<String, @Nullable Object> object(String source, JsonParser parser, int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(source, parser, depth + 1));
        }
        return members;
    }

    String type() {
        return text("type").orElseThrow(() -> wrong("type", "a name"));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(get(name, String.class, "a string"));
    }

    /** A member that is an integer from 0 to below {@code end}. */
    Optional<Integer> index(String name, int end) {
        return number(name).map(value -> {
            if (!(value >= 0 && value < end && value == Math.rint(value))) {
                throw wrong(name, "an integer from 0 to " + (end - 1));
            }
            return value.intValue();
        });
    }

    boolean flag(String name, boolean otherwise) {
        Boolean value = get(name, Boolean.class, "true or false");
        return value == null ? otherwise : value;
    }

    Optional<Boolean> flag(String name) {
        return Optional.ofNullable(get(name, Boolean.class, "true or false"));
    }

    Optional<Double> number(String name) {
        return Optional.ofNullable(get(name, Double.class, "a number"));
    }

    Optional<JsonTree> child(String name) {
        Map<?, ?> value = get(name, Map.class, "an object");
        return value == null ? Optional.empty() : Optional.of(tree(pointer + "/" + name, value));
    }

    List<JsonTree> children(String name) {
        List<?> value = get(name, List.class, "a list");
        List<JsonTree> children = new ArrayList<>();
        for (Object item : value == null ? List.of() : value) {
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            children.add(tree(pointer + "/" + name + "/" + children.size(), map));
        }
        return children;
    }

    @SuppressWarnings("unchecked")
    private JsonTree tree(String childPointer, Map<?, ?> map) {
        return new JsonTree(source, childPointer, (Map<String, @Nullable Object>) map);
    }

    private <T> @Nullable T get(String name, Class<T> type, String expected) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name, expected);
        }
        return type.cast(value);
    }

    Place place() {
        return new Place(source, 0, 0, pointer, "");
    }

    /** An error: a member is not what was expected. */
    InvalidInputException wrong(String name, String expected) {
        return new InvalidInputException(source + " at " + pointer + "/" + name + ": expected " + expected);
    }

    /** An error: a feature is not supported. */
    UnsupportedFeatureException refused(String feature, String message) {
        return new UnsupportedFeatureException(feature, message, place());
    }
}
