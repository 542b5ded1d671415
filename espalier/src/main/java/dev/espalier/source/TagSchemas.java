// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas as structural tags mean them: objects are closed unless they say otherwise, and some texts may be nowhere. */
final class TagSchemas {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String ADDITIONAL = "additionalProperties";
    private static final String UNEVALUATED = "unevaluatedProperties";

    /** Keywords whose subschemas are for the same object. */
    private static final Set<String> IN_PLACE = Set.of(
            "allOf",
            "anyOf",
            "oneOf",
            "if",
            "then",
            "else",
            "not",
            "dependentSchemas",
            "$ref",
            "$dynamicRef",
            "$recursiveRef");

    private static final Set<String> ONE = Set.of("items", ADDITIONAL, "contains", "additionalItems");
    private static final Set<String> LISTS = Set.of("items", "prefixItems");
    private static final Set<String> MAPS = Set.of("properties", "patternProperties", "$defs", "definitions");

    private TagSchemas() {}

    /**
     * A schema in which objects with {@code properties} have no other members, unless they say so themselves or ask for others: those whose schema stands alone. Where several schemas
     * are for one object, or one is referred to, nothing is closed that is not said to be.
     */
    static JsonNode closed(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode closed = object.deepCopy();
        for (String keyword : object.propertyNames()) {
            JsonNode value = object.get(keyword);
            if (MAPS.contains(keyword) && value.isObject()) {
                ObjectNode members = closed.putObject(keyword);
                value.properties().forEach(member -> members.set(member.getKey(), closed(member.getValue())));
            } else if (LISTS.contains(keyword) && value.isArray()) {
                ArrayNode items = closed.putArray(keyword);
                value.forEach(item -> items.add(closed(item)));
            } else if (ONE.contains(keyword)) {
                closed.set(keyword, closed(value));
            }
        }
        if (object.has("properties")
                && !object.has(ADDITIONAL)
                && !object.has(UNEVALUATED)
                && !object.has("patternProperties")
                && namesAll(object.get("required"), object.get("properties"))
                && object.propertyNames().stream().noneMatch(IN_PLACE::contains)) {
            closed.put(ADDITIONAL, false);
        }
        return closed;
    }

    /** Whether all members that must be there are among the properties. */
    private static boolean namesAll(@Nullable JsonNode required, JsonNode properties) {
        if (required != null) {
            for (JsonNode name : required) {
                if (!properties.has(name.asString(""))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * A schema of the same values but those with a string or key that contains one of some texts.
     *
     * @throws UnsupportedFeatureException if the schema is of a draft in which that cannot be said
     */
    static JsonNode excluding(JsonNode schema, List<String> texts, String at) {
        if (texts.isEmpty()) {
            return schema;
        }
        if (schema.path("$schema").asString("").contains("draft-0")) {
            throw new UnsupportedFeatureException(
                    "excludes",
                    "texts can be excluded from schemas of drafts 2019-09 and 2020-12 alone",
                    Place.pointer(at));
        }
        String pattern = texts.stream().map(TagSchemas::quoted).collect(Collectors.joining("|"));
        ObjectNode all = MAPPER.createObjectNode();
        if (schema.has("$schema")) {
            all.set("$schema", schema.get("$schema"));
        }
        ObjectNode inner = all.putObject("$defs");
        inner.set("value", embedded(schema));
        ObjectNode clear = inner.putObject("clear");
        clear.put("$id", "urn:espalier:clear");
        clear.putObject("not").put("type", "string").put("pattern", pattern);
        clear.putObject("items").put("$ref", "#");
        clear.putObject(ADDITIONAL).put("$ref", "#");
        clear.putObject("propertyNames").putObject("not").put("pattern", pattern);
        ArrayNode both = all.putArray("allOf");
        both.addObject().put("$ref", inner.get("value").get("$id").stringValue());
        both.addObject().put("$ref", "urn:espalier:clear");
        return all;
    }

    private static JsonNode embedded(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            ObjectNode wrapped = MAPPER.createObjectNode().put("$id", "urn:espalier:value");
            wrapped.putArray("allOf").add(schema);
            return wrapped;
        }
        ObjectNode copy = object.deepCopy();
        if (!copy.has("$id")) {
            copy.put("$id", "urn:espalier:value");
        }
        return copy;
    }

    private static final Pattern SYNTAX = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}/]");

    private static String quoted(String text) {
        return SYNTAX.matcher(text).replaceAll("\\\\$0");
    }
}
