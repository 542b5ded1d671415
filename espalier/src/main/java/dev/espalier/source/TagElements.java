// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.Tags;
import dev.espalier.tag.ValueStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as elements, a member each, in the order of {@code properties}: strings as they are, everything else as JSON. A string may hold anything but the text that closes its element; no escape
 * exists. Each member is a {@linkplain TagFormat.Span span} called {@code string:NAME} or {@code json:NAME}.
 */
final class TagElements {

    /** What a string's span is called, before its name. */
    static final String STRING = "string:";

    /** What any other value's span is called, before its name. */
    static final String JSON = "json:";

    private static final Set<String> OF_OBJECTS =
            Set.of("properties", "required", "additionalProperties", "$defs", "definitions");
    private static final Set<String> OF_STRINGS = Set.of("enum", "const", "pattern", "minLength", "maxLength");
    private static final Set<String> ANNOTATIONS =
            Set.of("type", "title", "description", "default", "examples", "$schema", "$id", "$comment", "deprecated");
    private static final Pattern NAME = Pattern.compile("[^<>&\"\\s]+");
    private static final Pattern SYNTAX = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}/]");

    private final ValueStyle style;
    private final JsonNode root;
    private final String at;

    private TagElements(ValueStyle style, JsonNode root, String at) {
        this.style = style;
        this.root = root;
        this.at = at;
    }

    /**
     * The elements of a schema.
     *
     * @throws UnsupportedFeatureException if the schema is not plainly one of an object, or a member may be a string or something else; with a JSON pointer
     */
    static TagFormat of(TagFormat.JsonSchema format, String at) {
        JsonNode schema = TagSchemas.MAPPER.readTree(format.schema());
        if (format.isAnyOrder() || !format.excludes().isEmpty()) {
            throw refused("any_order and excludes", "are for values in JSON", at);
        }
        return new TagElements(format.style(), schema, at).object();
    }

    private TagFormat object() {
        if (!root.isObject()
                || (root.has("type") && !root.get("type").asString("").equals("object"))) {
            throw refused("json_schema", "must be of an object to be written as elements", at + "/json_schema");
        }
        requireKeywords(root, OF_OBJECTS, at + "/json_schema");
        JsonNode additional = root.path("additionalProperties");
        if (!additional.isMissingNode() && !(additional.isBoolean() && !additional.booleanValue())) {
            throw refused(
                    "additionalProperties", "cannot be written as elements", at + "/json_schema/additionalProperties");
        }
        List<String> required = new ArrayList<>();
        root.path("required").forEach(name -> required.add(name.asString("")));
        List<TagFormat> all = new ArrayList<>(List.of(line()));
        for (Map.Entry<String, JsonNode> member : root.path("properties").properties()) {
            TagFormat element = Tags.sequence(element(member.getKey(), member.getValue()), line());
            all.add(required.contains(member.getKey()) ? element : Tags.optional(element));
            required.remove(member.getKey());
        }
        if (!required.isEmpty()) {
            throw refused(
                    "required",
                    "names \"" + required.get(0) + "\", which is no property",
                    at + "/json_schema/required");
        }
        return new TagFormat.Sequence(all);
    }

    /** Where a line may end between elements. */
    private TagFormat line() {
        return style == ValueStyle.GLM_XML ? Tags.text("") : Tags.optional(Tags.text("\n"));
    }

    private TagFormat element(String name, JsonNode schema) {
        String place = at + "/json_schema/properties/" + name;
        if (!NAME.matcher(name).matches()) {
            throw refused(name, "has characters that no name of an element can have", place);
        }
        JsonNode value = referred(schema, place);
        boolean isString = isString(value);
        if (!isString && mayBeString(value)) {
            throw refused(name, "may be a string or something else, which elements cannot tell apart", place);
        }
        TagFormat content = Tags.span((isString ? STRING : JSON) + name, isString ? string(value, place) : json(value));
        return Tags.tag(opening(name, isString), content, closing());
    }

    private String opening(String name, boolean isString) {
        return switch (style) {
            case QWEN_XML, JSON -> "<parameter=" + name + ">";
            case MINIMAX_XML -> "<parameter name=\"" + name + "\">";
            case DEEPSEEK_XML -> "<｜DSML｜parameter name=\"" + name + "\" string=\"" + isString + "\">";
            case DEEPSEEK_V4_1_XML -> "<｜DSML｜ parameter name=\"" + name + "\" string=\"" + isString + "\">";
            case GLM_XML -> "<arg_key>" + name + "</arg_key><arg_value>";
        };
    }

    private String closing() {
        return switch (style) {
            case QWEN_XML, MINIMAX_XML, JSON -> "</parameter>";
            case DEEPSEEK_XML -> "</｜DSML｜parameter>";
            case DEEPSEEK_V4_1_XML -> "</｜DSML｜ parameter>";
            case GLM_XML -> "</arg_value>";
        };
    }

    private JsonNode referred(JsonNode schema, String place) {
        JsonNode found = schema;
        for (int i = 0; found.path("$ref").isString(); i++) {
            String target = found.get("$ref").stringValue();
            JsonNode next = target.startsWith("#/") ? root.at(target.substring(1)) : TagSchemas.MAPPER.missingNode();
            if (next.isMissingNode() || i > 50) {
                throw refused("$ref", "leads nowhere in this schema", place);
            }
            found = next;
        }
        return found;
    }

    private static boolean isString(JsonNode schema) {
        JsonNode values = schema.has("const")
                ? TagSchemas.MAPPER.createArrayNode().add(schema.get("const"))
                : schema.path("enum");
        boolean areStrings = !values.isEmpty();
        for (JsonNode value : values) {
            areStrings &= value.isString();
        }
        return areStrings || schema.path("type").asString("").equals("string");
    }

    private static boolean mayBeString(JsonNode schema) {
        if (schema.has("enum") || schema.has("const")) {
            return schema.toString().contains("\"") && hasString(schema.path("enum"), schema.path("const"));
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            boolean may = false;
            for (JsonNode each : type) {
                may |= each.asString("").equals("string");
            }
            return may;
        }
        return !type.isString();
    }

    private static boolean hasString(JsonNode values, JsonNode one) {
        boolean has = one.isString();
        for (JsonNode value : values) {
            has |= value.isString();
        }
        return has;
    }

    /** A value that is no string, in which no string has the text that closes the element. */
    private TagFormat json(JsonNode schema) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        for (String definitions : List.of("$defs", "definitions")) {
            if (root.has(definitions) && !whole.has(definitions)) {
                whole.set(definitions, root.get(definitions));
            }
        }
        TagFormat value = new TagFormat.JsonSchema(
                whole.toString(), ValueStyle.JSON, false, OptionalInt.empty(), List.of(closing()));
        return Tags.sequence(line(), value, line());
    }

    private TagFormat string(JsonNode schema, String place) {
        requireKeywords(schema, OF_STRINGS, place);
        List<String> conditions = new ArrayList<>();
        if (schema.has("pattern")) {
            conditions.add("[\\s\\S]*(?:" + schema.get("pattern").stringValue() + ")");
        }
        if (schema.has("minLength") || schema.has("maxLength")) {
            String most = schema.has("maxLength") ? schema.get("maxLength").asString() : "";
            conditions.add("[\\s\\S]{" + schema.path("minLength").asInt(0) + "," + most + "}$");
        }
        JsonNode values = schema.has("const")
                ? TagSchemas.MAPPER.createArrayNode().add(schema.get("const"))
                : schema.path("enum");
        if (!values.isMissingNode()) {
            List<String> texts = new ArrayList<>();
            values.forEach(value -> texts.add(quoted(value.stringValue())));
            conditions.add("(?:" + String.join("|", texts) + ")$");
        }
        if (conditions.isEmpty()) {
            return Tags.anyText();
        }
        StringBuilder pattern = new StringBuilder("^(?![\\s\\S]*" + quoted(closing()) + ")");
        conditions.forEach(condition -> pattern.append("(?=").append(condition).append(')'));
        if (style == ValueStyle.GLM_XML) {
            return Tags.regex(pattern + "[\\s\\S]*$");
        }
        return Tags.or(
                Tags.sequence(Tags.text("\n"), Tags.regex(pattern + "[\\s\\S]*$"), Tags.text("\n")),
                Tags.regex(pattern + "(?!\\n[\\s\\S]*\\n$)[\\s\\S]*$"));
    }

    private static String quoted(String text) {
        return SYNTAX.matcher(text).replaceAll("\\\\$0");
    }

    private static void requireKeywords(JsonNode schema, Set<String> known, String place) {
        schema.propertyNames().stream()
                .filter(keyword -> !known.contains(keyword) && !ANNOTATIONS.contains(keyword))
                .findFirst()
                .ifPresent(keyword -> {
                    throw refused(keyword, "cannot be kept in elements", place + "/" + keyword);
                });
    }

    private static UnsupportedFeatureException refused(String what, String why, String place) {
        return new UnsupportedFeatureException(what, "\"" + what + "\" " + why, Place.pointer(place));
    }
}
