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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as elements, a member each, in the order of {@code properties}: strings as they are, everything else as JSON. A string may hold anything but the text that closes its element; no escape
 * exists. Each value is a {@linkplain TagFormat.Span span} called by its kind and its JSON pointer, such as {@code string:/city}; {@code -} stands for the next item of an array.
 */
final class TagElements {

    private static final Set<String> OF_OBJECTS =
            Set.of("properties", "required", "additionalProperties", "$defs", "definitions");
    private static final Set<String> OF_ARRAYS = Set.of("items", "minItems", "maxItems");
    private static final Set<String> OF_STRINGS = Set.of("enum", "const", "pattern", "minLength", "maxLength");
    private static final Set<String> ANNOTATIONS =
            Set.of("type", "title", "description", "default", "examples", "$schema", "$id", "$comment", "deprecated");
    private static final Pattern NAME = Pattern.compile("[^<>&\"\\s]+");
    private static final Pattern SYNTAX = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}/]");

    private final ValueStyle style;
    private final JsonNode root;
    private final String at;
    private final OptionalInt maxWhiteSpace;

    private TagElements(TagFormat.JsonSchema format, JsonNode root, String at) {
        this.style = format.style();
        this.root = root;
        this.at = at;
        this.maxWhiteSpace = format.maxWhiteSpace();
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
        return new TagElements(format, schema, at).object(schema, "", at + "/json_schema");
    }

    private TagFormat object(JsonNode schema, String path, String place) {
        if (!schema.isObject()
                || (schema.has("type") && !schema.get("type").asString("").equals("object"))) {
            throw refused("json_schema", "must be of an object to be written as elements", place);
        }
        requireKeywords(schema, OF_OBJECTS, place);
        JsonNode additional = schema.path("additionalProperties");
        if (!additional.isMissingNode() && !(additional.isBoolean() && !additional.booleanValue())) {
            throw refused("additionalProperties", "cannot be written as elements", place + "/additionalProperties");
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        List<TagFormat> all = new ArrayList<>(List.of(line()));
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            String name = member.getKey();
            String at = place + "/properties/" + name;
            if (!NAME.matcher(name).matches()) {
                throw refused(name, "has characters that no name of an element can have", at);
            }
            TagFormat element = Tags.sequence(
                    element(
                            new ElementMarks(style, Optional.of(name)),
                            member.getValue(),
                            path + "/" + escaped(name),
                            at),
                    line());
            all.add(required.contains(name) ? element : Tags.optional(element));
            required.remove(name);
        }
        if (!required.isEmpty()) {
            throw refused("required", "names \"" + required.get(0) + "\", which is no property", place + "/required");
        }
        return new TagFormat.Sequence(all);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Where a line may end between elements. */
    private TagFormat line() {
        return style == ValueStyle.GLM_XML || style == ValueStyle.KIMI_K3_XML
                ? Tags.text("")
                : Tags.optional(Tags.text("\n"));
    }

    private TagFormat element(ElementMarks marks, JsonNode schema, String path, String place) {
        JsonNode value = referred(schema, place);
        String what = path.substring(path.lastIndexOf('/') + 1);
        if (isString(value)) {
            return element(marks, ElementMarks.Kind.STRING, value, path, string(value, marks.closing(), place));
        } else if (mayBeString(value)) {
            throw refused(what, "may be a string or something else, which elements cannot tell apart", place);
        } else if (marks.isNested() && value.path("type").asString("").equals("object")) {
            return element(marks, ElementMarks.Kind.OBJECT, value, path, object(value, path, place));
        } else if (marks.isNested() && value.path("type").asString("").equals("array")) {
            return element(marks, ElementMarks.Kind.ARRAY, value, path, array(value, path, place));
        } else if (marks.isNested() && mayHaveParts(value)) {
            throw refused(
                    what, "may be a list, an object or something else, which these elements cannot tell apart", place);
        }
        return element(marks, ElementMarks.Kind.JSON, value, path, json(value, marks.closing()));
    }

    private TagFormat element(
            ElementMarks marks, ElementMarks.Kind kind, JsonNode schema, String path, TagFormat content) {
        String opening = marks.opening(kind, schema)
                .orElseThrow(() -> refused(
                        path.substring(path.lastIndexOf('/') + 1),
                        "must have one type, which its element says",
                        at + path));
        return Tags.tag(opening, Tags.span(kind.span() + path, content), marks.closing());
    }

    private TagFormat array(JsonNode schema, String path, String place) {
        requireKeywords(schema, OF_ARRAYS, place);
        if (!schema.has("items")) {
            throw refused("items", "must say what the elements of a list are", place);
        }
        ElementMarks marks = new ElementMarks(style, Optional.empty());
        TagFormat item = Tags.sequence(element(marks, schema.get("items"), path + "/-", place + "/items"), line());
        int most = schema.path("maxItems").asInt(TagFormat.UNBOUNDED);
        return Tags.sequence(
                line(), new TagFormat.Repeat(item, schema.path("minItems").asInt(0), most));
    }

    private static boolean hasParts(JsonNode values, JsonNode one) {
        boolean has = one.isContainer();
        for (JsonNode value : values) {
            has |= value.isContainer();
        }
        return has;
    }

    private static boolean mayHaveParts(JsonNode schema) {
        if (schema.has("enum") || schema.has("const")) {
            return hasParts(schema.path("enum"), schema.path("const"));
        }
        boolean may = false;
        for (JsonNode type : schema.path("type").isArray() ? schema.get("type") : TagSchemas.MAPPER.createArrayNode()) {
            may |= type.asString("").equals("object") || type.asString("").equals("array");
        }
        return may;
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
    private TagFormat json(JsonNode schema, String closing) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        for (String definitions : List.of("$defs", "definitions")) {
            if (root.has(definitions) && !whole.has(definitions)) {
                whole.set(definitions, root.get(definitions));
            }
        }
        TagFormat value =
                new TagFormat.JsonSchema(whole.toString(), ValueStyle.JSON, false, maxWhiteSpace, List.of(closing));
        return Tags.sequence(line(), value, line());
    }

    private TagFormat string(JsonNode schema, String closing, String place) {
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
        StringBuilder pattern = new StringBuilder("^(?![\\s\\S]*" + quoted(closing) + ")");
        conditions.forEach(condition -> pattern.append("(?=").append(condition).append(')'));
        if (!style.isWrapped()) {
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
