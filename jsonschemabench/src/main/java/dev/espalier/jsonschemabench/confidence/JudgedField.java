// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.confidence;

import dev.espalier.confidence.Confidence;
import dev.espalier.jsonschemabench.fields.FieldCase;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A field that a model wrote, how sure it was, and whether the field is right.
 *
 * @param id of the text
 * @param pointer where the field is
 * @param kind {@code string}, {@code number}, {@code choice} (an enum or a boolean) or {@code null}
 * @param text what was written
 * @param lower the probability of that, at least
 * @param upper and at most
 * @param prefixes how many questions to the model that took
 * @param right whether the expected value has the same there; numbers by their value
 */
public record JudgedField(
        String id, String pointer, String kind, String text, double lower, double upper, int prefixes, boolean right) {

    /** Judges a field of a JSON text. */
    static JudgedField of(FieldCase one, JsonNode schema, JsonNode value, Confidence confidence) {
        JsonNode actual = value.at(confidence.pointer());
        JsonNode expected = one.expected().at(confidence.pointer());
        return new JudgedField(
                one.id(),
                confidence.pointer(),
                kind(schema, confidence.pointer(), actual),
                confidence.value().text(),
                confidence.value().lower(),
                confidence.value().upper(),
                confidence.prefixes(),
                same(expected, actual));
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        return expected.isNumber() && actual.isNumber()
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }

    /** What the field's schema is; that of an item is its array's. */
    private static String kind(JsonNode schema, String pointer, JsonNode actual) {
        JsonNode at = schema;
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
            at = at.has("items") ? at.path("items") : at.path("properties").path(step);
        }
        if (at.has("enum") || actual.isBoolean()) {
            return "choice";
        }
        return actual.isNumber() ? "number" : actual.isString() ? "string" : "null";
    }

    /** The members of a line of JSON, in order. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("pointer", pointer);
        members.put("kind", kind);
        members.put("text", text);
        members.put("lower", lower);
        members.put("upper", upper);
        members.put("prefixes", prefixes);
        members.put("right", right);
        return members;
    }
}
