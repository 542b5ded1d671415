// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value of a schema text, with its offset and its shape. Two values of one compilation have the same shape exactly when they are equal
 * by JSON Schema's equality: numbers by value, objects without order.
 */
public sealed interface JsonValue {

    /** The index of its first {@code char} in the text. */
    int offset();

    /** A number that equal values of one compilation share. */
    int shape();

    /** The name of its type in JSON Schema; {@code number} for integers, too. */
    String typeName();

    /** Whether a value is present and is {@code true}. */
    static boolean isTrue(@Nullable JsonValue value) {
        return value instanceof Literal literal && literal.isTrue();
    }

    /** {@code null}, {@code true} or {@code false}. */
    record Literal(String name, int offset, int shape) implements JsonValue {
        public boolean isNull() {
            return name.equals("null");
        }

        public boolean isTrue() {
            return name.equals("true");
        }

        @Override
        public String typeName() {
            return isNull() ? "null" : "boolean";
        }
    }

    /** An exact number, without trailing zeros. */
    record Numeral(BigDecimal value, int offset, int shape) implements JsonValue {
        public boolean isInteger() {
            return value.scale() <= 0;
        }

        @Override
        public String typeName() {
            return "number";
        }
    }

    /** A string, unescaped, without lone surrogates. */
    record Text(String value, int offset, int shape) implements JsonValue {
        @Override
        public String typeName() {
            return "string";
        }
    }

    /** An array. */
    record Items(List<JsonValue> items, int offset, int shape) implements JsonValue {
        @Override
        public String typeName() {
            return "array";
        }
    }

    /** An object, its members in the order of the text. */
    record Members(Map<String, JsonValue> members, int offset, int shape) implements JsonValue {
        @Override
        public String typeName() {
            return "object";
        }
    }
}
