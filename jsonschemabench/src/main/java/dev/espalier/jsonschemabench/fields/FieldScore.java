// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.fields;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How many leaves of an expected value another value has, at the same place and exactly the same; numbers by their value.
 *
 * @param right leaves that are the same
 * @param fields leaves that are expected
 */
public record FieldScore(int right, int fields) {

    /** Says whether a leaf that is no number is right. */
    @FunctionalInterface
    public interface Leaves {

        /**
         * Whether it is right.
         *
         * @param pointer where it is, a JSON pointer without escapes
         * @param actual what is there; missing if nothing is
         */
        boolean same(String pointer, JsonNode expected, JsonNode actual);
    }

    static FieldScore of(JsonNode expected, JsonNode actual) {
        return of(expected, actual, (pointer, one, other) -> one.equals(other));
    }

    /** The score where leaves that are no numbers are compared in a way of the caller's. */
    public static FieldScore of(JsonNode expected, JsonNode actual, Leaves leaves) {
        return of("", expected, actual, leaves);
    }

    private static FieldScore of(String pointer, JsonNode expected, JsonNode actual, Leaves leaves) {
        FieldScore sum = new FieldScore(0, 0);
        if (expected.isObject()) {
            for (Map.Entry<String, JsonNode> member : expected.properties()) {
                String key = member.getKey();
                sum = sum.plus(of(pointer + "/" + key, member.getValue(), actual.path(key), leaves));
            }
            return sum;
        }
        if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                sum = sum.plus(of(pointer + "/" + i, expected.get(i), actual.path(i), leaves));
            }
            return sum;
        }
        boolean same = expected.isNumber() ? sameNumber(expected, actual) : leaves.same(pointer, expected, actual);
        return new FieldScore(same ? 1 : 0, 1);
    }

    FieldScore plus(FieldScore other) {
        return new FieldScore(right + other.right, fields + other.fields);
    }

    private static boolean sameNumber(JsonNode expected, JsonNode actual) {
        return actual.isNumber() && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
}
