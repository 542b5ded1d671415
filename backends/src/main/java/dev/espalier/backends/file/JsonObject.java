// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.file;

import dev.espalier.core.error.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * An object of a JSON file that belongs to a model, with typed access to its members. Immutable.
 *
 * <p>Members that are {@code null} count as absent. Every failure is a {@link ModelException} with the file and the JSON
 * pointer.
 */
public final class JsonObject {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(100)
                    .maxDocumentLength(32 << 20)
                    .build())
            .build();

    private static final int LONGEST_POINTER = 1000;

    private final String source;
    private final String pointer;
    private final Map<String, Object> members;
    private final Set<String> nulls;

    private JsonObject(String source, String pointer, Map<String, Object> members, Set<String> nulls) {
        this.source = source;
        this.pointer = pointer;
        this.members = members;
        this.nulls = nulls;
    }

    /**
     * Reads a file.
     *
     * @throws ModelException if it cannot be read or is not one JSON object
     */
    public static JsonObject read(FileSource files, String name) {
        String source = files.describe(name);
        try (InputStream stream = files.open(name)) {
            return parse(source, stream);
        } catch (NoSuchFileException e) {
            throw new ModelException(source + ": there is no such file", e);
        } catch (IOException e) {
            throw new ModelException(source + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Parses a text.
     *
     * @param source the name of the text
     * @throws ModelException if it is not one JSON object
     */
    static JsonObject parse(String source, InputStream stream) {
        try (JsonParser parser = FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), stream)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelException(source + ": expected a JSON object");
            }
            JsonObject object = object(parser, source, "#");
            if (parser.nextToken() != null) {
                throw new ModelException(source + ": expected nothing after the JSON object");
            }
            return object;
        } catch (JacksonException e) {
            throw new ModelException(source + ": " + place(e) + "not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Where a file is not JSON, as the beginning of a message. */
    static String place(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : "line " + at.getLineNr() + ", column " + Math.max(1, at.getColumnNr()) + ": ";
    }

    private static JsonObject object(JsonParser parser, String source, String pointer) {
        Map<String, Object> members = new LinkedHashMap<>();
        Set<String> nulls = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            Object value = value(parser, token, source, pointer, name);
            if (token == JsonToken.VALUE_NULL) {
                nulls.add(name);
            } else if (members.put(name, value) != null) {
                throw new ModelException(source + ": member " + pointer + "/" + name + " appears twice");
            }
        }
        return new JsonObject(source, pointer, Collections.unmodifiableMap(members), nulls);
    }

    private static Object value(JsonParser parser, JsonToken token, String source, String pointer, Object name) {
        return switch (token) {
            case START_OBJECT -> object(parser, source, inner(pointer, name));
            case START_ARRAY -> array(parser, source, inner(pointer, name));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> parser.getString() == null ? "" : parser.getString();
        };
    }

    private static List<Object> array(JsonParser parser, String source, String pointer) {
        List<Object> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, source, pointer, items.size()));
        }
        return List.copyOf(items);
    }

    /** The pointer of what is in a container; that of the container if it is long, for it is made as often as a file wants. */
    private static String inner(String pointer, Object name) {
        return pointer.length() > LONGEST_POINTER ? pointer : pointer + "/" + name;
    }

    /** The name of the file. */
    public String source() {
        return source;
    }

    /** The JSON pointer of a member, as a URI fragment. */
    public String pointer(String name) {
        return pointer + "/" + name;
    }

    /** The names of the members that are not null, in their order. */
    public Set<String> names() {
        return members.keySet();
    }

    /** Whether a member is there and is null. */
    public boolean isNull(String name) {
        return nulls.contains(name);
    }

    /** The member's value: a {@link JsonObject}, {@link List}, {@link String}, {@link BigDecimal} or {@link Boolean}. */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** A member that is an object. */
    public Optional<JsonObject> object(String name) {
        return get(name, JsonObject.class, "an object");
    }

    /** A member that is a text. */
    public Optional<String> text(String name) {
        return get(name, String.class, "a string");
    }

    /** A member that is a list. */
    public Optional<List<?>> list(String name) {
        return get(name, List.class, "an array").map(items -> (List<?>) items);
    }

    /** A member that is true or false. */
    public boolean flag(String name, boolean otherwise) {
        return get(name, Boolean.class, "true or false").orElse(otherwise);
    }

    /** A member that is a number. */
    public Optional<Double> number(String name) {
        return get(name, BigDecimal.class, "a number").map(BigDecimal::doubleValue);
    }

    /** A member that is an integer from {@code least} to {@code most}. */
    public Optional<Integer> integer(String name, int least, int most) {
        return get(name, BigDecimal.class, "an integer").map(value -> integer(name, value, least, most));
    }

    /** A member that is a list of integers from 0 to {@code Long.MAX_VALUE}. */
    Optional<long[]> sizes(String name) {
        return list(name)
                .map(items -> items.stream()
                        .mapToLong(item -> {
                            if (item instanceof BigDecimal value
                                    && value.signum() >= 0
                                    && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                                    && value.compareTo(BigDecimal.valueOf(value.longValue())) == 0) {
                                return value.longValue();
                            }
                            throw wrong(name, "non-negative integers");
                        })
                        .toArray());
    }

    private int integer(String name, BigDecimal value, int least, int most) {
        boolean fits = value.compareTo(BigDecimal.valueOf(least)) >= 0
                && value.compareTo(BigDecimal.valueOf(most)) <= 0
                && value.compareTo(BigDecimal.valueOf(value.intValue())) == 0;
        if (!fits) {
            throw wrong(name, "an integer from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** The exception for a missing member. */
    public ModelException missing(String name) {
        return new ModelException(source + ": " + pointer(name) + " is missing");
    }

    /** The exception for a member with an unexpected value. */
    public ModelException wrong(String name, String expected) {
        return new ModelException(source + ": expected " + expected + " at " + pointer(name));
    }

    private <T> Optional<T> get(String name, Class<T> type, String expected) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name, expected);
        }
        return Optional.ofNullable(value).map(type::cast);
    }
}
