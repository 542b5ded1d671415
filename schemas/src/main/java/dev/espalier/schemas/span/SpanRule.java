// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import dev.espalier.schemas.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * What a string must be a span of, and what differences do not matter. The span is never empty.
 *
 * @param source the name of the source
 * @param folded whether upper and lower case are one, and all runs of white space
 * @param words whether the span must begin and end at boundaries of words
 */
public record SpanRule(String source, boolean folded, boolean words) {

    /** The name of the source that a schema does not name. */
    public static final String DEFAULT_SOURCE = "";

    private static final String SOURCE = "source";
    private static final String MATCH = "match";
    private static final String WORDS = "words";
    private static final String FOLDED = "folded";

    /** The members that the value of the keyword may have. */
    public static final List<String> MEMBERS = List.of(SOURCE, MATCH, WORDS);

    /** The ways in which a string may match. */
    public static final List<String> MATCHES = List.of("exact", FOLDED);

    /** The form that a value must have, in words for messages; empty if it has that form. */
    public static String expected(JsonValue value) {
        if (value instanceof JsonValue.Literal literal && !literal.isNull()) {
            return "";
        }
        if (!(value instanceof JsonValue.Members object)) {
            return "true, false or an object";
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            boolean isGood = switch (member.getKey()) {
                case SOURCE -> member.getValue() instanceof JsonValue.Text;
                case MATCH -> member.getValue() instanceof JsonValue.Text text && MATCHES.contains(text.value());
                case WORDS -> member.getValue() instanceof JsonValue.Literal literal && !literal.isNull();
                default -> false;
            };
            if (!isGood) {
                return "an object with no members but \"source\", a string, \"match\", which is \"exact\" or \"folded\", and \"words\", true or false";
            }
        }
        return "";
    }

    /** Whether a value of the keyword says anything: {@code false} does not. */
    public static boolean asks(JsonValue value) {
        return value instanceof JsonValue.Members || JsonValue.isTrue(value);
    }

    /** The rule that a well-formed value says, which says something. */
    public static SpanRule of(JsonValue value) {
        Map<String, JsonValue> members = value instanceof JsonValue.Members object ? object.members() : Map.of();
        String source = members.get(SOURCE) instanceof JsonValue.Text text ? text.value() : DEFAULT_SOURCE;
        boolean isFolded = members.get(MATCH) instanceof JsonValue.Text text
                && text.value().equals(FOLDED);
        return new SpanRule(source, isFolded, JsonValue.isTrue(members.get(WORDS)));
    }
}
