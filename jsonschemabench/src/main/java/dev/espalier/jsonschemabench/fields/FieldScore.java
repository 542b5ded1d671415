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
record FieldScore(int right, int fields) {

    static FieldScore of(JsonNode expected, JsonNode actual) {
        if (expected.isObject()) {
            FieldScore sum = new FieldScore(0, 0);
            for (Map.Entry<String, JsonNode> member : expected.properties()) {
                sum = sum.plus(of(member.getValue(), actual.path(member.getKey())));
            }
            return sum;
        }
        if (expected.isArray()) {
            FieldScore sum = new FieldScore(0, 0);
            for (int i = 0; i < expected.size(); i++) {
                sum = sum.plus(of(expected.get(i), actual.path(i)));
            }
            return sum;
        }
        return new FieldScore(same(expected, actual) ? 1 : 0, 1);
    }

    FieldScore plus(FieldScore other) {
        return new FieldScore(right + other.right, fields + other.fields);
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        if (expected.isNumber()) {
            return actual.isNumber() && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }
}
