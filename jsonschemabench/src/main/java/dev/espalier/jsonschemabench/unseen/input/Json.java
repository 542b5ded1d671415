// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import dev.espalier.jsonschemabench.corpus.RawJson;
import java.math.BigDecimal;
import java.util.Collection;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees of JSON whose numbers are exact. Thread-safe. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(RawJson.FACTORY
                    .rebuild()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * The tree of a text.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /** An object without members. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An array of some items. */
    public static ArrayNode array(Collection<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    /** A string. */
    public static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    /** A number, written as it is. */
    public static JsonNode number(BigDecimal value) {
        return DecimalNode.valueOf(value);
    }

    /** {@code true} or {@code false}. */
    public static JsonNode bool(boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }
}
