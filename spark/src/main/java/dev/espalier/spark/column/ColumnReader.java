// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON texts into values of a column, as rows of Spark have them: numbers by their digits, never by way of a double. A value that the
 * column's type does not hold is an error. Thread-safe. Cost: linear in the text.
 */
public final class ColumnReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Column column;
    private final ScalarValues scalars;

    /**
     * A reader.
     *
     * @param javaTime whether dates and times are {@code LocalDate} and {@code Instant}, as with {@code spark.sql.datetime.java8API.enabled}, or those of
     *     {@code java.sql}
     */
    public ColumnReader(Column column, boolean javaTime) {
        this.column = column;
        this.scalars = new ScalarValues(javaTime);
    }

    /**
     * The value that a text says.
     *
     * @throws InvalidInputException if the column's type does not hold it, naming the place; or if the text is no JSON of the column's schema
     */
    public @Nullable Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return value(column, parser, text);
        } catch (JacksonException e) {
            throw new InvalidInputException("the text is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private @Nullable Object value(Column wanted, JsonParser parser, String text) {
        if (parser.currentToken() == JsonToken.VALUE_NULL && wanted.nullable()) {
            return null;
        }
        ColumnType type = wanted.type();
        if (type instanceof ColumnType.Members members) {
            return members(members, parser, text);
        } else if (type instanceof ColumnType.Tuple tuple) {
            return tuple(tuple, parser, text);
        } else if (type instanceof ColumnType.Items items) {
            require(parser, JsonToken.START_ARRAY);
            List<@Nullable Object> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(items.column(), parser, text));
            }
            return values.toArray();
        } else if (type instanceof ColumnType.Entries entries) {
            require(parser, JsonToken.START_OBJECT);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                values.put(key, value(entries.column(), parser, text));
            }
            return CollectionConverters.asScala(values);
        } else if (type == ColumnType.Scalar.JSON) {
            return json(parser, text);
        }
        return scalars.value(type, parser);
    }

    private Object members(ColumnType.Members members, JsonParser parser, String text) {
        require(parser, JsonToken.START_OBJECT);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < members.fields().size(); i++) {
            places.put(members.fields().get(i).name(), i);
        }
        @Nullable Object[] values = new Object[places.size() + (members.rest() != null ? 1 : 0)];
        Map<String, @Nullable Object> others = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Integer place = places.get(key);
            parser.nextToken();
            if (place != null) {
                values[place] = value(members.fields().get(place).column(), parser, text);
            } else if (members.rest() != null && members.rest().column().type() instanceof ColumnType.Entries entries) {
                others.put(key, value(entries.column(), parser, text));
            } else {
                throw misfit(parser, "a member that the schema does not allow");
            }
        }
        if (members.rest() != null) {
            values[places.size()] = CollectionConverters.asScala(others);
        }
        return RowFactory.create(values);
    }

    private Object tuple(ColumnType.Tuple tuple, JsonParser parser, String text) {
        require(parser, JsonToken.START_ARRAY);
        @Nullable Object[] values = new Object[tuple.fields().size()];
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == values.length) {
                throw misfit(parser, "an item that the schema does not allow");
            }
            values[i] = value(tuple.fields().get(i).column(), parser, text);
        }
        return RowFactory.create(values);
    }

    /** The text of a value, as it is written. */
    private static String json(JsonParser parser, String text) {
        long from = parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken() != null && parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.getString(); // reads it to its end
        }
        return text.substring((int) from, (int) parser.currentLocation().getCharOffset());
    }

    private static void require(JsonParser parser, JsonToken token) {
        if (parser.currentToken() != token) {
            throw misfit(parser, parser.currentToken() + " where " + token + " was expected");
        }
    }

    /** The error of a value that a column does not hold. */
    static InvalidInputException misfit(JsonParser parser, String what) {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return new InvalidInputException(
                "the column does not hold the value" + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + what);
    }
}
