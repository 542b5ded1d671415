// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import dev.espalier.core.name.NearestName;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.SchemaDocument;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.span.SpanRule;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** A check that the values of keywords have the form that the drafts require. */
final class KeywordForms {

    private static final int LONGEST_SHOWN = 60;

    private static final Set<String> TYPES =
            Set.of("null", "boolean", "integer", "number", "string", "array", "object");

    private final SchemaDocument document;

    KeywordForms(SchemaDocument document) {
        this.document = document;
    }

    /** Throws if a value is not a schema. Booleans pass in every draft; draft 4 has them in some places only. */
    void checkSchema(JsonValue value, Pointer pointer) {
        boolean truth = value instanceof JsonValue.Literal literal && !literal.isNull();
        if (!(value instanceof JsonValue.Members) && !truth) {
            throw wrong("a schema: an object or a boolean", value, pointer);
        }
    }

    /** Throws if the value of a keyword is malformed. */
    void check(Keyword keyword, JsonValue value, Pointer pointer, Draft draft) {
        switch (keyword.form()) {
            case ARRAY -> require(value instanceof JsonValue.Items, "an array", value, pointer);
            case BOOLEAN -> require(isBoolean(value), "true or false", value, pointer);
            case BOUND -> {
                boolean isNumber = value instanceof JsonValue.Numeral;
                if (draft == Draft.DRAFT_4) {
                    require(isBoolean(value), "true or false", value, pointer, isNumber ? "drafts from 6 on" : "");
                } else {
                    require(isNumber, "a number", value, pointer, isBoolean(value) ? "draft 4" : "");
                }
            }
            case COUNT ->
                require(
                        value instanceof JsonValue.Numeral n
                                && n.isInteger()
                                && n.value().signum() >= 0,
                        "an integer that is not negative",
                        value,
                        pointer);
            case NAMED_SCHEMAS -> named(value, pointer, this::checkSchema);
            case SCHEMAS_BY_VALUE -> named(value, pointer, (member, at) -> named(member, at, this::checkSchema));
            case NAMED_STRINGS -> named(value, pointer, this::strings);
            case DEPENDENCIES ->
                named(value, pointer, (member, at) -> {
                    if (member instanceof JsonValue.Items) {
                        strings(member, at);
                    } else {
                        checkSchema(member, at);
                    }
                });
            case NUMBER -> require(value instanceof JsonValue.Numeral, "a number", value, pointer);
            case POSITIVE ->
                require(
                        value instanceof JsonValue.Numeral n && n.value().signum() > 0,
                        "a number greater than 0",
                        value,
                        pointer);
            case SCHEMA -> checkSchema(value, pointer);
            case SCHEMAS -> schemas(value, pointer);
            case SCHEMA_OR_SCHEMAS -> {
                if (value instanceof JsonValue.Items && !draft.since(Draft.DRAFT_2020_12)) {
                    each((JsonValue.Items) value, pointer);
                } else {
                    boolean isList = value instanceof JsonValue.Items;
                    require(
                            !isList,
                            "a schema: an object or a boolean",
                            value,
                            pointer,
                            isList ? "drafts up to 2019-09" : "");
                    checkSchema(value, pointer);
                }
            }
            case SPAN_RULE -> {
                String expected = SpanRule.expected(value);
                require(expected.isEmpty(), expected, value, pointer);
            }
            case STRING -> require(value instanceof JsonValue.Text, "a string", value, pointer);
            case STRINGS -> strings(value, pointer);
            case TYPE -> type(value, pointer);
            default -> {}
        }
    }

    private static boolean isBoolean(JsonValue value) {
        return value instanceof JsonValue.Literal literal && !literal.isNull();
    }

    private void named(JsonValue value, Pointer pointer, BiConsumer<JsonValue, Pointer> check) {
        if (!(value instanceof JsonValue.Members object)) {
            throw wrong("an object", value, pointer);
        }
        object.members().forEach((name, member) -> check.accept(member, pointer.then(name)));
    }

    private void schemas(JsonValue value, Pointer pointer) {
        if (!(value instanceof JsonValue.Items array) || array.items().isEmpty()) {
            throw wrong("an array of schemas, at least one", value, pointer);
        }
        each(array, pointer);
    }

    private void each(JsonValue.Items array, Pointer pointer) {
        for (int i = 0; i < array.items().size(); i++) {
            checkSchema(array.items().get(i), pointer.then(Integer.toString(i)));
        }
    }

    private void strings(JsonValue value, Pointer pointer) {
        boolean good = value instanceof JsonValue.Items array
                && array.items().stream().allMatch(item -> item instanceof JsonValue.Text);
        require(good, "an array of strings", value, pointer);
    }

    private void type(JsonValue value, Pointer pointer) {
        List<JsonValue> names = value instanceof JsonValue.Items array ? array.items() : List.of(value);
        boolean good = !names.isEmpty()
                && names.stream().allMatch(name -> name instanceof JsonValue.Text t && TYPES.contains(t.value()));
        if (!good) {
            String expected =
                    "null, boolean, integer, number, string, array or object, or an array of these, at least one";
            throw document.malformed(
                    "expected " + expected + ", found " + shown(value)
                            + (value instanceof JsonValue.Text text ? NearestName.question(text.value(), TYPES) : ""),
                    value,
                    pointer);
        }
    }

    private void require(boolean good, String expected, JsonValue value, Pointer pointer) {
        if (!good) {
            throw wrong(expected, value, pointer);
        }
    }

    /**
     * Throws if a value is malformed, and says where it would not be.
     *
     * @param drafts those in which it is well-formed; empty if in none
     */
    private void require(boolean good, String expected, JsonValue value, Pointer pointer, String drafts) {
        if (!good && !drafts.isEmpty()) {
            throw document.malformed(
                    "expected " + expected + ", found " + shown(value) + ", which is right in " + drafts + ": "
                            + Draft.ADVICE,
                    value,
                    pointer);
        }
        require(good, expected, value, pointer);
    }

    private dev.espalier.core.error.SyntaxException wrong(String expected, JsonValue value, Pointer pointer) {
        return document.malformed("expected " + expected + ", found " + shown(value), value, pointer);
    }

    private static String shown(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            String shown = text.value();
            return '"' + (shown.length() <= LONGEST_SHOWN ? shown : shown.substring(0, LONGEST_SHOWN) + "…") + '"';
        }
        return value instanceof JsonValue.Literal literal
                ? literal.name()
                : value instanceof JsonValue.Numeral number ? number.value().toString() : "an " + value.typeName();
    }
}
