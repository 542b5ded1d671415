// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.JsonNode;

/** Compares values of Spark with JSON trees: slow, and by Spark's types alone. */
final class RowOracle {

    private RowOracle() {}

    static void check(JsonNode tree, @Nullable Object value, DataType type, boolean nullable, String why) {
        if (value == null) {
            assertTrue(nullable, why);
            assertTrue(tree.isNull() || tree.isMissingNode(), why);
        } else if (type instanceof StructType struct) {
            struct(tree, (Row) value, struct, why);
        } else if (type instanceof ArrayType array) {
            Object[] items = (Object[]) value;
            assertEquals(tree.size(), items.length, why);
            for (int i = 0; i < items.length; i++) {
                check(tree.get(i), items[i], array.elementType(), array.containsNull(), why);
            }
        } else if (type instanceof MapType map) {
            Map<?, ?> entries = CollectionConverters.asJava((scala.collection.Map<?, ?>) value);
            assertEquals(tree.size(), entries.size(), why);
            entries.forEach((key, entry) ->
                    check(tree.get((String) key), entry, map.valueType(), map.valueContainsNull(), why));
        } else {
            scalar(tree, value, type, why);
        }
    }

    private static void struct(JsonNode tree, Row row, StructType type, String why) {
        assertEquals(type.length(), row.length(), why);
        int named = 0;
        for (int i = 0; i < row.length(); i++) {
            StructField field = type.apply(i);
            if (field.name().equals(SchemaColumns.REST)) {
                Map<?, ?> rest = CollectionConverters.asJava((scala.collection.Map<?, ?>) row.get(i));
                rest.keySet()
                        .forEach(key ->
                                assertTrue(type.getFieldIndex((String) key).isEmpty(), why));
                rest.forEach((key, entry) -> check(
                        tree.get((String) key),
                        entry,
                        ((MapType) field.dataType()).valueType(),
                        ((MapType) field.dataType()).valueContainsNull(),
                        why));
                named += rest.size();
            } else {
                JsonNode part = tree.isArray() ? tree.path(i) : tree.path(field.name());
                named += part.isMissingNode() ? 0 : 1;
                check(part, row.get(i), field.dataType(), field.nullable(), why);
            }
        }
        assertEquals(tree.size(), named, why);
    }

    private static void scalar(JsonNode tree, Object value, DataType type, String why) {
        switch (type.simpleString().replaceAll("\\(.*", "")) {
            case "boolean" -> assertEquals(tree.booleanValue(), value, why);
            case "bigint" -> assertEquals(0, tree.decimalValue().compareTo(BigDecimal.valueOf((Long) value)), why);
            case "decimal" -> assertEquals(0, tree.decimalValue().compareTo((BigDecimal) value), why);
            case "double" ->
                assertEquals(Double.parseDouble(tree.toString()), (Double) value + 0.0, why); // a tree has no -0
            case "date" ->
                assertEquals(
                        tree.stringValue(),
                        value instanceof Date date ? date.toLocalDate().toString() : value.toString(),
                        why);
            case "timestamp" ->
                assertEquals(
                        OffsetDateTime.parse(tree.stringValue().toUpperCase(Locale.ROOT))
                                .toInstant(),
                        value instanceof Timestamp time ? time.toInstant() : value,
                        why);
            case "binary" -> assertArrayEquals(Base64.getDecoder().decode(tree.stringValue()), (byte[]) value, why);
            default -> string(tree, (String) value, why);
        }
    }

    /** A string is what the value says, its digits, or its JSON text. */
    private static void string(JsonNode tree, String value, String why) {
        List<String> right = tree.isString()
                ? List.of(tree.stringValue(), tree.toString())
                : List.of(
                        tree.toString(),
                        tree.isNumber() ? tree.decimalValue().toPlainString().replaceAll("\\.0$", "") : "");
        assertTrue(right.contains(value) || same(tree, value), why + ": " + value);
    }

    private static boolean same(JsonNode tree, String value) {
        return RandomTexts.MAPPER.readTree(value).equals(tree);
    }
}
