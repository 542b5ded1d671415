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
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Elements of LangChain4j's schemas as JSON Schema. Objects have no further members unless they say that they have; members that are not required may be left out. */
final class SchemaReader {

    private SchemaReader() {}

    /** The text of a schema. */
    static String text(JsonSchemaElement element) {
        return node(element).toString();
    }

    /** A schema of objects without members. */
    static String nothing() {
        return "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";
    }

    private static JsonNode node(JsonSchemaElement element) {
        if (element instanceof JsonRawSchema raw) {
            try {
                return JsonMapper.shared().readTree(raw.schema());
            } catch (JacksonException e) {
                throw new InvalidRequestException("a raw schema is no JSON: " + e.getOriginalMessage(), e);
            }
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
            return node.put(
                    "$ref",
                    "#/$defs/" + reference.reference().replace("~", "~0").replace("/", "~1"));
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

    private static ObjectNode object(ObjectNode node, JsonObjectSchema object) {
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
        if (object.definitions() != null && !object.definitions().isEmpty()) {
            ObjectNode definitions = node.putObject("$defs");
            object.definitions().forEach((name, one) -> definitions.set(name, node(one)));
        }
        return node;
    }
}
