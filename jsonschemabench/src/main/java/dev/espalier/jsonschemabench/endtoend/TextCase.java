// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.jsonschemabench.run.Bundled;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema and a text of it that every way of decoding writes.
 *
 * @param name what it is called
 * @param schema the JSON Schema
 * @param text compact, members in the order of the schema
 */
record TextCase(String name, String schema, String text) {

    private static final String RESOURCE = "cases.jsonl";

    /** The cases that come with the harness: from nearly free text to nothing but forced members. */
    static List<TextCase> all() {
        return Bundled.text(TextCase.class, RESOURCE)
                .lines()
                .map(TextCase::read)
                .toList();
    }

    private static TextCase read(String line) {
        JsonNode node = JsonMapper.shared().readTree(line);
        return new TextCase(
                node.path("name").asString(),
                node.path("schema").toString(),
                node.path("text").asString());
    }
}
