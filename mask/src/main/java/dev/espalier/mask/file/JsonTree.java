// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.file;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A small part of a {@code tokenizer.json}, with its place: what a step of the tokenizer is and how it is set. */
public record JsonTree(String source, String pointer, Map<String, @Nullable Object> members) {

    private static final int DEEPEST = 100;

    /**
     * Reads the object that a parser has begun.
     *
     * @throws LimitExceededException if it has more values than a tokenizer may have tokens
     */
    static JsonTree read(String source, String pointer, JsonParser parser, Limits limits) {
        Reading reading = new Reading(source, limits.maxTokenizerTokens());
        return new JsonTree(source, pointer, reading.object(parser, 0));
    }

    /** One reading, which counts values. */
    private static final class Reading {

        private final String source;
        private final int most;
        private int values;

        Reading(String source, int most) {
            this.source = source;
            this.most = most;
        }

        private @Nullable Object value(JsonParser parser, int depth) {
            if (++values > most) {
                throw new LimitExceededException("maxTokenizerTokens", most, values, place(source, parser));
            }
            if (depth > DEEPEST) {
                throw new InvalidInputException(
                        place(source, parser) + ": a part is nested more than " + DEEPEST + " deep");
            }
            JsonToken token = parser.currentToken();
            if (token == JsonToken.START_OBJECT) {
                return object(parser, depth);
            } else if (token == JsonToken.START_ARRAY) {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    Object item = value(parser, depth + 1);
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

        private Map<String, @Nullable Object> object(JsonParser parser, int depth) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser, depth + 1));
            }
            return members;
        }
    }

    /** Where a parser stands. */
    static Place place(String source, JsonParser parser) {
        var at = parser.currentTokenLocation();
        return new Place(source, at.getLineNr(), at.getColumnNr(), "", "");
    }

    /** The member {@code type}. */
    public String type() {
        return text("type").orElseThrow(() -> wrong("type", "a name"));
    }

    /** A member that is a string. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(get(name, String.class, "a string"));
    }

    /** Whether some string, however deep, passes a test of the name of its member and itself; items of lists have the list's name. */
    public boolean hasText(BiPredicate<String, String> test) {
        return members.entrySet().stream().anyMatch(member -> hasText(member.getKey(), member.getValue(), test));
    }

    private static boolean hasText(String name, @Nullable Object value, BiPredicate<String, String> test) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .anyMatch(member -> hasText(String.valueOf(member.getKey()), member.getValue(), test));
        } else if (value instanceof Collection<?> items) {
            return items.stream().anyMatch(item -> hasText(name, item, test));
        }
        return value instanceof String text && test.test(name, text);
    }

    /** A member that is an integer from 0 to below {@code end}. */
    public Optional<Integer> index(String name, int end) {
        return number(name).map(value -> index(name, value, end));
    }

    private int index(String name, Object value, int end) {
        if (!(value instanceof Double number && number >= 0 && number < end && number == Math.rint(number))) {
            throw wrong(name, "an integer from 0 to " + (end - 1));
        }
        return number.intValue();
    }

    /** A member that is a list of integers from 0 to below {@code end}. */
    public List<Integer> indices(String name, int end) {
        return list(name).stream().map(item -> index(name, item, end)).toList();
    }

    /** A member that is a pair of a text and an integer from 0 to below {@code end}: the integer. */
    public int indexOfPair(String name, int end) {
        List<?> pair = list(name);
        if (pair.size() != 2 || !(pair.get(0) instanceof String)) {
            throw wrong(name, "a token and its id");
        }
        return index(name, pair.get(1), end);
    }

    /** A member that is true or false. */
    public boolean flag(String name, boolean otherwise) {
        return flag(name).orElse(otherwise);
    }

    /** A member that is true or false, if it is there. */
    public Optional<Boolean> flag(String name) {
        return Optional.ofNullable(get(name, Boolean.class, "true or false"));
    }

    /** A member that is a number. */
    public Optional<Double> number(String name) {
        return Optional.ofNullable(get(name, Double.class, "a number"));
    }

    /** A member that is an object. */
    public Optional<JsonTree> child(String name) {
        Map<?, ?> value = get(name, Map.class, "an object");
        return value == null ? Optional.empty() : Optional.of(tree("/" + escaped(name), value));
    }

    /** A member that is a list of objects; empty without it. */
    public List<JsonTree> children(String name) {
        List<JsonTree> children = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            children.add(tree("/" + escaped(name) + "/" + children.size(), map));
        }
        return children;
    }

    private List<?> list(String name) {
        List<?> value = get(name, List.class, "a list");
        return value == null ? List.of() : value;
    }

    @SuppressWarnings("unchecked")
    private JsonTree tree(String below, Map<?, ?> map) {
        return new JsonTree(source, pointer + below, (Map<String, @Nullable Object>) map);
    }

    private <T> @Nullable T get(String name, Class<T> type, String expected) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name, expected);
        }
        return type.cast(value);
    }

    /** A name in a JSON pointer. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Where it stands in the file. */
    public Place place() {
        return new Place(source, 0, 0, pointer, "");
    }

    /** An error: a member is not what was expected. */
    public InvalidInputException wrong(String name, String expected) {
        return new InvalidInputException(source + " at " + pointer + "/" + escaped(name) + ": expected " + expected);
    }

    /** An error: a feature is not supported. */
    public UnsupportedFeatureException refused(String feature, String message) {
        return new UnsupportedFeatureException(feature, message, place());
    }
}
