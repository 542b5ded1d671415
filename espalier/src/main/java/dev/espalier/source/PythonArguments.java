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
 * Objects as the arguments of a call in Python, {@code city="Oslo", days=3}, in the order of {@code properties}. Values are literals of Python, or JSON in the style {@link ValueStyle#KEYWORDS}.
 * Each value is a {@linkplain TagFormat.Span span} called {@code python:} or {@code json:} and its JSON pointer.
 *
 * <p>A string stands in double quotes, spelled as JSON spells it in the shortest way, which Python reads alike. If it is any string or one of some, it may stand in single quotes, too, unless it has
 * such a quote, a backslash or a control character in it.
 */
final class PythonArguments {

    private static final Set<String> OF_OBJECTS =
            Set.of("properties", "required", "additionalProperties", "$defs", "definitions");
    private static final Set<String> OF_ARRAYS = Set.of("items", "minItems", "maxItems");
    /** Keywords that say nothing of what is neither text, number, list nor object. */
    private static final Set<String> OF_OTHERS = Set.of(
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "items",
            "minItems",
            "maxItems",
            "properties",
            "required");

    private static final Set<String> ANNOTATIONS =
            Set.of("type", "title", "description", "default", "examples", "$schema", "$id", "$comment", "deprecated");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");
    private static final int DEEPEST = 50;

    private static final String DOUBLED = "\"([^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\nrtbf]|\\\\u00[01][0-9a-f])*\"";

    private static final String SINGLE = "'[^'\\\\\\x00-\\x1f]*'";

    private final ValueStyle style;
    private final JsonNode root;
    private final OptionalInt maxWhiteSpace;

    private PythonArguments(TagFormat.JsonSchema format, JsonNode root) {
        this.style = format.style();
        this.root = root;
        this.maxWhiteSpace = format.maxWhiteSpace();
    }

    /**
     * The arguments of a schema.
     *
     * @throws UnsupportedFeatureException if the schema is not plainly one of an object, or has what these cannot keep; with a JSON pointer
     */
    static TagFormat of(TagFormat.JsonSchema format, String at) {
        if (format.isAnyOrder() || !format.excludes().isEmpty()) {
            throw refused("any_order and excludes", "are for values in JSON", at);
        }
        JsonNode schema = TagSchemas.MAPPER.readTree(format.schema());
        return new PythonArguments(format, schema).arguments(schema, at + "/json_schema");
    }

    /** Whether a text can name an argument or a function. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !KEYWORDS.contains(text);
    }

    private TagFormat arguments(JsonNode schema, String place) {
        List<Member> members = members(schema, place);
        List<TagFormat> items = new ArrayList<>();
        for (Member member : members) {
            if (!isName(member.name)) {
                throw refused(member.name, "is no name of an argument in Python", member.place);
            }
            String path = "/" + member.name;
            TagFormat value = style == ValueStyle.PYTHON
                    ? Tags.span("python:" + path, value(member.schema, member.place, 0))
                    : Tags.span("json:" + path, json(member.schema));
            items.add(Tags.sequence(Tags.text(member.name + "="), value));
        }
        return listed(items, members, 0);
    }

    /**
     * A member of an object.
     *
     * @param place where its schema is
     */
    private record Member(String name, JsonNode schema, boolean isRequired, String place) {}

    private List<Member> members(JsonNode schema, String place) {
        if (!schema.isObject()
                || (schema.has("type") && !schema.get("type").asString("").equals("object"))) {
            throw refused("json_schema", "must be of an object to be written as arguments", place);
        }
        requireKeywords(schema, OF_OBJECTS, place);
        JsonNode additional = schema.path("additionalProperties");
        if (!additional.isMissingNode() && !(additional.isBoolean() && !additional.booleanValue())) {
            throw refused("additionalProperties", "cannot be written in Python", place + "/additionalProperties");
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        List<Member> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            members.add(new Member(
                    member.getKey(),
                    member.getValue(),
                    required.remove(member.getKey()),
                    place + "/properties/" + member.getKey()));
        }
        if (!required.isEmpty()) {
            throw refused("required", "names \"" + required.get(0) + "\", which is no property", place + "/required");
        }
        return members;
    }

    /** Items from one on, of which some may be missing, with commas between. */
    private static TagFormat listed(List<TagFormat> items, List<Member> members, int from) {
        List<TagFormat> ways = new ArrayList<>();
        int first = from;
        boolean isOptional = true;
        while (first < items.size() && isOptional) {
            List<TagFormat> all = new ArrayList<>(List.of(items.get(first)));
            for (int i = first + 1; i < items.size(); i++) {
                TagFormat next = Tags.sequence(comma(), items.get(i));
                all.add(members.get(i).isRequired ? next : Tags.optional(next));
            }
            ways.add(new TagFormat.Sequence(all));
            isOptional = !members.get(first).isRequired;
            first++;
        }
        if (isOptional) {
            ways.add(Tags.text(""));
        }
        return ways.size() == 1 ? ways.get(0) : new TagFormat.Or(ways);
    }

    private static TagFormat comma() {
        return Tags.sequence(Tags.text(","), Tags.optional(Tags.text(" ")));
    }

    private JsonNode referred(JsonNode schema, String place) {
        JsonNode found = schema;
        for (int i = 0; found.path("$ref").isString(); i++) {
            String target = found.get("$ref").stringValue();
            JsonNode next = target.startsWith("#/") ? root.at(target.substring(1)) : TagSchemas.MAPPER.missingNode();
            if (next.isMissingNode() || i > DEEPEST) {
                throw refused("$ref", "leads nowhere in this schema", place);
            }
            found = next;
        }
        return found;
    }

    private TagFormat value(JsonNode schema, String place, int depth) {
        if (depth > DEEPEST) {
            throw refused("$ref", "leads to itself, which literals of Python cannot be written by", place);
        }
        JsonNode value = referred(schema, place);
        if (value.has("enum") || value.has("const")) {
            return constants(value, place);
        } else if (value.has("anyOf")) {
            requireAlone(value, place);
            List<TagFormat> all = new ArrayList<>();
            for (JsonNode each : value.get("anyOf")) {
                all.add(value(each, place + "/anyOf/" + all.size(), depth + 1));
            }
            return new TagFormat.Or(all);
        } else if (value.path("type").isArray()) {
            List<TagFormat> all = new ArrayList<>();
            for (JsonNode type : value.get("type")) {
                ObjectNode one = (ObjectNode) value.deepCopy();
                one.set("type", type);
                all.add(value(one, place, depth + 1));
            }
            return new TagFormat.Or(all);
        }
        return switch (value.path("type").asString("")) {
            case "string" -> string(value);
            case "integer", "number" -> json(value);
            case "boolean" -> plain(value, place, Tags.or(Tags.text("True"), Tags.text("False")));
            case "null" -> plain(value, place, Tags.text("None"));
            case "array" -> list(value, place, depth);
            case "object" -> dictionary(value, place, depth);
            default -> throw refused("type", "must say what is written in Python", place);
        };
    }

    private static void requireAlone(JsonNode schema, String place) {
        requireKeywords(schema, Set.of("anyOf"), place);
        if (schema.has("type")) {
            throw refused("type", "cannot stand beside \"anyOf\" in literals of Python", place + "/type");
        }
    }

    private static TagFormat plain(JsonNode schema, String place, TagFormat format) {
        requireKeywords(schema, OF_OTHERS, place);
        return format;
    }

    private TagFormat list(JsonNode schema, String place, int depth) {
        requireKeywords(schema, OF_ARRAYS, place);
        if (!schema.has("items")) {
            throw refused("items", "must say what a list in Python has", place);
        }
        TagFormat item = value(schema.get("items"), place + "/items", depth + 1);
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(TagFormat.UNBOUNDED);
        TagFormat more = new TagFormat.Repeat(
                Tags.sequence(comma(), item),
                Math.max(0, least - 1),
                most == TagFormat.UNBOUNDED ? most : Math.max(0, most - 1));
        TagFormat some = Tags.sequence(item, more);
        TagFormat inside = most == 0 ? Tags.text("") : least > 0 ? some : Tags.optional(some);
        return Tags.sequence(Tags.text("["), inside, Tags.text("]"));
    }

    private TagFormat dictionary(JsonNode schema, String place, int depth) {
        if (!schema.has("properties")) {
            throw refused("properties", "must say what a dictionary in Python has", place);
        }
        List<Member> members = members(schema, place);
        List<TagFormat> items = new ArrayList<>();
        for (Member member : members) {
            items.add(Tags.sequence(
                    constant(TagSchemas.MAPPER.stringNode(member.name), member.place),
                    Tags.text(":"),
                    Tags.optional(Tags.text(" ")),
                    value(member.schema, member.place, depth + 1)));
        }
        return Tags.sequence(Tags.text("{"), listed(items, members, 0), Tags.text("}"));
    }

    private TagFormat constants(JsonNode schema, String place) {
        requireKeywords(schema, Set.of("const", "enum"), place);
        if (schema.has("const") && schema.has("enum")) {
            throw refused("const", "cannot stand beside \"enum\" in literals of Python", place + "/const");
        }
        JsonNode values =
                schema.has("const") ? TagSchemas.MAPPER.createArrayNode().add(schema.get("const")) : schema.get("enum");
        List<TagFormat> all = new ArrayList<>();
        for (JsonNode value : values) {
            if (isOf(schema.path("type"), value)) {
                all.add(constant(value, place));
            }
        }
        if (all.isEmpty()) {
            throw refused("enum", "has no value of its type", place);
        }
        return new TagFormat.Or(all);
    }

    private static boolean isOf(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode each : type) {
                if (isOf(each, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.asString("")) {
            case "" -> true;
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" ->
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            default -> value.isContainer();
        };
    }

    private TagFormat constant(JsonNode value, String place) {
        if (value.isBoolean()) {
            return Tags.text(value.booleanValue() ? "True" : "False");
        } else if (value.isNull()) {
            return Tags.text("None");
        } else if (value.isContainer()) {
            throw refused("enum", "has a list or an object, which is not written in Python", place);
        } else if (!value.isString()) {
            return Tags.text(value.toString());
        }
        String text = value.stringValue();
        boolean isPlain = text.chars()
                .noneMatch(c -> c == '\'' || c == '"' || c == '\\' || c < ' ' || Character.isSurrogate((char) c));
        return isPlain
                ? Tags.or(Tags.text("\"" + text + "\""), Tags.text("'" + text + "'"))
                : json(TagSchemas.MAPPER.createObjectNode().set("const", value));
    }

    private TagFormat string(JsonNode schema) {
        return isFree(schema) ? Tags.or(Tags.regex(DOUBLED), Tags.regex(SINGLE)) : json(schema);
    }

    /** Whether a schema says no more than a type. */
    private static boolean isFree(JsonNode schema) {
        return schema.propertyNames().stream()
                .allMatch(keyword -> ANNOTATIONS.contains(keyword)
                        || (keyword.equals("minLength") && schema.get(keyword).asInt(1) == 0));
    }

    /** A value in JSON as structural tags write it, each string in one way. */
    private TagFormat json(JsonNode schema) {
        ObjectNode whole = schema.isObject()
                ? (ObjectNode) schema.deepCopy()
                : (ObjectNode) TagSchemas.MAPPER
                        .createObjectNode()
                        .set("allOf", TagSchemas.MAPPER.createArrayNode().add(schema));
        for (String definitions : List.of("$defs", "definitions")) {
            if (root.has(definitions) && !whole.has(definitions)) {
                whole.set(definitions, root.get(definitions));
            }
        }
        return new TagFormat.JsonSchema(whole.toString(), ValueStyle.JSON, false, maxWhiteSpace, List.of());
    }

    private static void requireKeywords(JsonNode schema, Set<String> known, String place) {
        schema.propertyNames().stream()
                .filter(keyword -> !known.contains(keyword) && !ANNOTATIONS.contains(keyword))
                .findFirst()
                .ifPresent(keyword -> {
                    throw refused(keyword, "cannot be kept in literals of Python", place + "/" + keyword);
                });
    }

    private static UnsupportedFeatureException refused(String what, String why, String place) {
        return new UnsupportedFeatureException(what, "\"" + what + "\" " + why, Place.pointer(place));
    }
}
