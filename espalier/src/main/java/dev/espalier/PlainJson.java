// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the plain values that templates see: maps, lists, strings, numbers, booleans and null. */
final class PlainJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PlainJson() {}

    /**
     * The objects of a JSON array.
     *
     * @param name what errors call the text
     * @throws SyntaxException if it is not JSON, with line and column; or no array of objects, with a JSON pointer
     */
    static List<Map<String, @Nullable Object>> objects(String json, String name) {
        Object value = read(json, name);
        if (!(value instanceof List<?> list)) {
            throw expected("an array", name, "#");
        }
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Object item : list) {
            objects.add(object(item, name, "#/" + objects.size()));
        }
        return objects;
    }

    /** The value of a JSON text. */
    static @Nullable Object read(String json, String name) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            int column =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
            String why = Optional.ofNullable(e.getOriginalMessage())
                    .flatMap(text -> text.lines().findFirst())
                    .orElse("unreadable");
            throw new SyntaxException("this is not JSON: " + why, new Place(name, line, column, "", ""));
        }
    }

    /** A value that must be an object. */
    static Map<String, @Nullable Object> object(@Nullable Object value, String name, String pointer) {
        if (!(value instanceof Map<?, ?> map)) {
            throw expected("an object", name, pointer);
        }
        return copy(map);
    }

    /** A member that must be a text; empty if there is none. */
    static Optional<String> text(Map<String, @Nullable Object> object, String member, String name, String pointer) {
        if (!object.containsKey(member)) {
            return Optional.empty();
        }
        if (object.get(member) instanceof String text) {
            return Optional.of(text);
        }
        throw expected("a string", name, pointer + "/" + member);
    }

    static SyntaxException expected(String what, String name, String pointer) {
        return new SyntaxException("expected " + what, new Place(name, 0, 0, pointer, ""));
    }

    /** A map that nobody can change, nor anything in it. */
    static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new InvalidInputException("the names of members are strings, but " + key + " is none");
            }
            copy.put(name, copy(value));
        });
        return Collections.unmodifiableMap(copy);
    }

    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copy(item)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
