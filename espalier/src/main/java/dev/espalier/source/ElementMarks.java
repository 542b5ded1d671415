// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.tag.ValueStyle;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What stands around the value of a member, or of an item of a list, in a style of elements.
 *
 * @param style the style
 * @param name the member's name; empty for items
 */
record ElementMarks(ValueStyle style, Optional<String> name) {

    private static final String MINIMAX = "]<]minimax[>[";

    /** What a value is, as far as elements tell. */
    enum Kind {
        /** A string, written as it is. */
        STRING("raw"),
        /** What is written in JSON. */
        JSON("json"),
        /** An object, of which each member is an element. */
        OBJECT("dict"),
        /** A list, of which each item is an element. */
        ARRAY("list");

        private final String cohere;

        Kind(String cohere) {
            this.cohere = cohere;
        }

        /** What the span of a value is called, before its JSON pointer. */
        String span() {
            return name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    /** Whether objects and lists inside are elements, too. */
    boolean isNested() {
        return style == ValueStyle.MINIMAX_M3_XML || style == ValueStyle.COHERE_XML;
    }

    private String key() {
        return name.orElse("item");
    }

    /** What stands before a value; empty if it has to name the type and the schema has not one. */
    Optional<String> opening(Kind kind, JsonNode schema) {
        boolean isString = kind == Kind.STRING;
        return switch (style) {
            case QWEN_XML -> Optional.of("<parameter=" + key() + ">");
            case MINIMAX_XML -> Optional.of("<parameter name=\"" + key() + "\">");
            case DEEPSEEK_XML -> Optional.of("<｜DSML｜parameter name=\"" + key() + "\" string=\"" + isString + "\">");
            case DEEPSEEK_V4_1_XML ->
                Optional.of("<｜DSML｜ parameter name=\"" + key() + "\" string=\"" + isString + "\">");
            case GLM_XML -> Optional.of("<arg_key>" + key() + "</arg_key><arg_value>");
            case MINIMAX_M3_XML -> Optional.of(MINIMAX + "<" + key() + ">");
            case COHERE_XML ->
                Optional.of("<cofl:value"
                        + name.map(own -> " name=\"" + own + "\"").orElse("") + " type=\"" + kind.cohere + "\">");
            case KIMI_K3_XML ->
                type(kind, schema).map(type -> "<|open|>argument key=\"" + key() + "\" type=\"" + type + "\"<|sep|>");
            case JSON, PYTHON, KEYWORDS -> throw new IllegalStateException("no style of elements: " + style);
        };
    }

    private static Optional<String> type(Kind kind, JsonNode schema) {
        if (kind == Kind.STRING) {
            return Optional.of("string");
        }
        return switch (schema.path("type").asString("")) {
            case "integer", "number" -> Optional.of("number");
            case "boolean", "object", "array", "null" ->
                Optional.of(schema.get("type").stringValue());
            default -> Optional.empty();
        };
    }

    /** What stands behind a value. */
    String closing() {
        return switch (style) {
            case QWEN_XML, MINIMAX_XML -> "</parameter>";
            case DEEPSEEK_XML -> "</｜DSML｜parameter>";
            case DEEPSEEK_V4_1_XML -> "</｜DSML｜ parameter>";
            case GLM_XML -> "</arg_value>";
            case MINIMAX_M3_XML -> MINIMAX + "</" + key() + ">";
            case COHERE_XML -> "</cofl:value>";
            case KIMI_K3_XML -> "<|close|>argument<|sep|>";
            case JSON, PYTHON, KEYWORDS -> throw new IllegalStateException("no style of elements: " + style);
        };
    }
}
