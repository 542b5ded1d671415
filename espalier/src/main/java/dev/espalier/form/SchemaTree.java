// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The text of a schema that has been compiled, as a tree. */
final class SchemaTree {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SchemaTree() {}

    /** The schema of a text. */
    static JsonNode of(String text) {
        return MAPPER.readTree(text);
    }

    /** The brackets of a text: more than its levels. */
    static int nesting(String text) {
        return (int) text.chars().filter(c -> c == '{' || c == '[').count();
    }

    /** The part of a schema that a reference by pointer leads to. */
    static @Nullable JsonNode target(JsonNode root, String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            return null;
        }
        JsonNode target = root.at(JsonPointer.compile(reference.substring(1)));
        return target.isMissingNode() ? null : target;
    }
}
