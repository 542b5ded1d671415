// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Elements of LangChain4j's schemas as JSON Schema. Objects have no further members unless they say that they have; members that are not required may be left out. Definitions stand at the root,
 * wherever the object is that has them: a reference is to the nearest of its name. One schema, one thread.
 */
final class SchemaReader {

    private static final String DEFINITIONS = "$defs";

    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    /** What has brought a definition at the root, by its name there. */
    private final Map<String, Scope> owners = new HashMap<>();

    private int parts;
    private Scope scope = new Scope(Map.of(), Map.of(), Optional.empty());

    private SchemaReader() {}

    /**
     * Definitions that may be referred to in an object.
     *
     * @param elements what they are, by the name that references have
     * @param names their names at the root
     * @param outer those around the object
     */
    private record Scope(Map<String, JsonSchemaElement> elements, Map<String, String> names, Optional<Scope> outer) {

        /** The name at the root of what a reference is to; the same name where nothing around it is called so. */
        String name(String reference) {
            String own = names.get(reference);
            return own != null
                    ? own
                    : outer.map(around -> around.name(reference)).orElse(reference);
        }
    }

    /** The text of a schema. */
    static String text(JsonSchemaElement element) {
        SchemaReader reader = new SchemaReader();
        JsonNode root = element instanceof JsonRawSchema raw ? raw(raw) : reader.node(element);
        if (root instanceof ObjectNode object && !reader.definitions.isEmpty()) {
            object.set(DEFINITIONS, reader.definitions);
        }
        return root.toString();
    }

    /** A schema of objects without members. */
    static String nothing() {
        return "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";
    }

    private static JsonNode raw(JsonRawSchema raw) {
        try {
            return JsonMapper.shared().readTree(raw.schema());
        } catch (JacksonException e) {
            throw new InvalidRequestException("a raw schema is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A raw schema inside another: what it refers to in itself is its own. */
    private JsonNode part(JsonNode raw) {
        if (raw instanceof ObjectNode object
                && !object.has("$id")
                && (object.has(DEFINITIONS) || object.has("definitions"))) {
            object.put("$id", "urn:espalier:raw:" + parts++);
        }
        return raw;
    }

    private JsonNode node(JsonSchemaElement element) {
        if (element instanceof JsonRawSchema raw) {
            return part(raw(raw));
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (element.description() != null) {
            node.put("description", element.description());
        }
        if (element instanceof JsonObjectSchema object) {
            return object(node, object);
        } else if (element instanceof JsonArraySchema array) {
            node.put("type", "array");
            return array.items() == null ? node : node.set("items", node(array.items()));
        } else if (element instanceof JsonEnumSchema values) {
            ArrayNode all = node.put("type", "string").putArray("enum");
            values.enumValues().forEach(all::add);
            return node;
        } else if (element instanceof JsonAnyOfSchema any) {
            ArrayNode all = node.putArray("anyOf");
            any.anyOf().forEach(one -> all.add(node(one)));
            return node;
        } else if (element instanceof JsonReferenceSchema reference) {
            String name = scope.name(reference.reference());
            String escaped = name.replace("~", "~0").replace("/", "~1").replace("%", "%25");
            return node.put("$ref", "#/" + DEFINITIONS + "/" + escaped);
        }
        return node.put("type", type(element));
    }

    private static String type(JsonSchemaElement element) {
        if (element instanceof JsonStringSchema) {
            return "string";
        } else if (element instanceof JsonIntegerSchema) {
            return "integer";
        } else if (element instanceof JsonNumberSchema) {
            return "number";
        } else if (element instanceof JsonBooleanSchema) {
            return "boolean";
        } else if (element instanceof JsonNullSchema) {
            return "null";
        }
        throw new InvalidRequestException("a schema has an element that is not known: "
                + element.getClass().getName());
    }

    private ObjectNode object(ObjectNode node, JsonObjectSchema object) {
        Scope around = scope;
        if (object.definitions() != null && !object.definitions().isEmpty()) {
            scope = lifted(object.definitions(), around);
        }
        node.put("type", "object");
        ObjectNode properties = node.putObject("properties");
        for (Map.Entry<String, JsonSchemaElement> property : object.properties().entrySet()) {
            properties.set(property.getKey(), node(property.getValue()));
        }
        if (object.required() != null && !object.required().isEmpty()) {
            ArrayNode required = node.putArray("required");
            object.required().forEach(required::add);
        }
        node.put("additionalProperties", Boolean.TRUE.equals(object.additionalProperties()));
        scope = around;
        return node;
    }

    /** Definitions with what they are at the root: those of another object that has the same, or under names that nothing has there. */
    private Scope lifted(Map<String, JsonSchemaElement> elements, Scope around) {
        Map<String, String> names = new LinkedHashMap<>();
        Scope lifted = new Scope(elements, names, Optional.of(around));
        Map<String, JsonSchemaElement> fresh = new LinkedHashMap<>();
        elements.forEach((name, element) -> {
            String own = name;
            for (int i = 2; !isSame(owners.getOrDefault(own, lifted), lifted); i++) {
                own = name + "-" + i;
            }
            names.put(name, own);
            if (owners.putIfAbsent(own, lifted) == null) {
                definitions.putNull(own); // keeps its place
                fresh.put(own, element);
            }
        });
        Scope outside = scope;
        scope = lifted;
        fresh.forEach((own, element) -> definitions.set(own, node(element)));
        scope = outside;
        return lifted;
    }

    private static boolean isSame(Scope one, Scope other) {
        return one.elements.equals(other.elements) && one.outer.equals(other.outer);
    }
}
