// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsatisfiableException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of tools: arguments are objects, whatever else a schema allows. */
final class ToolParameters {

    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String REFERENCE = "$ref";

    /** What stays beside a reference where drafts ignore all else. */
    private static final List<String> BESIDE_REFERENCE = List.of("$schema", "definitions", "$defs");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ToolParameters() {}

    /**
     * The schema of those values of another that are objects. What is no schema is left as it is, for the compiler to refuse.
     *
     * @throws UnsatisfiableException if its {@code type} allows no object
     */
    static String ofObjects(String schema) {
        JsonNode read;
        try {
            read = MAPPER.readTree(schema);
        } catch (JacksonException | NumberFormatException e) {
            return schema;
        }
        return read instanceof ObjectNode root ? ofObjects(schema, root) : schema;
    }

    private static String ofObjects(String schema, ObjectNode root) {
        boolean isReferenceAlone =
                root.has(REFERENCE) && root.path("$schema").asString("").contains("draft-0");
        if (isReferenceAlone) {
            ObjectNode around = MAPPER.createObjectNode().put(TYPE, OBJECT);
            BESIDE_REFERENCE.stream().filter(root::has).forEach(name -> around.set(name, root.get(name)));
            around.putArray("allOf").addObject().set(REFERENCE, root.get(REFERENCE));
            return MAPPER.writeValueAsString(around);
        }
        JsonNode type = root.path(TYPE);
        if (type.isString() && type.stringValue().equals(OBJECT)) {
            return schema;
        } else if (type.isMissingNode() || hasObject(type)) {
            return MAPPER.writeValueAsString(root.put(TYPE, OBJECT));
        } else if (type.isString() || type.isArray()) {
            throw new UnsatisfiableException(
                    "the arguments of a call are an object, which this type does not allow", Place.pointer("#/type"));
        }
        return schema;
    }

    private static boolean hasObject(JsonNode types) {
        if (types instanceof ArrayNode all) {
            for (JsonNode type : all) {
                if (type.asString("").equals(OBJECT)) {
                    return true;
                }
            }
        }
        return false;
    }
}
