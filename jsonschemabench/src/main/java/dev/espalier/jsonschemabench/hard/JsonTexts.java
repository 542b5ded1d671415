package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.maskbench.InstanceText;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas and values of them as text. */
public final class JsonTexts {

    private static final int DEEPEST = 2_500;
    private static final JsonMapper WRITER = JsonMapper.builder(JsonFactory.builder()
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private JsonTexts() {}

    static ObjectNode node() {
        return JsonMapper.shared().createObjectNode();
    }

    static ArrayNode array() {
        return JsonMapper.shared().createArrayNode();
    }

    /** A schema of objects that have no members yet, and will have no others than are added. */
    static ObjectNode object() {
        ObjectNode schema = node().put("type", "object");
        schema.putObject("properties");
        schema.putArray("required");
        return schema.put("additionalProperties", false);
    }

    /** The schema, still empty, of a member that is added to a schema of objects. */
    static ObjectNode member(ObjectNode schema, String name, boolean required) {
        if (required) {
            ((ArrayNode) schema.get("required")).add(name);
        }
        return ((ObjectNode) schema.get("properties")).putObject(name);
    }

    /** A case of a schema and some of its values. */
    static HardCase of(String name, String title, ObjectNode schema, JsonNode... values) {
        return of(name, title, schema, Arrays.asList(values), List.of());
    }

    /** A case of a schema, values with their members in its order, and values with them in any order. */
    static HardCase of(String name, String title, ObjectNode schema, List<JsonNode> values, List<JsonNode> anyOrder) {
        return new HardCase(
                name, title, HardCase.Kind.SCHEMA, WRITER.writeValueAsString(schema), texts(values), texts(anyOrder));
    }

    private static List<String> texts(List<JsonNode> values) {
        return values.stream()
                .map(value -> InstanceText.OFFICIAL.of(WRITER.writeValueAsString(value)))
                .toList();
    }
}
