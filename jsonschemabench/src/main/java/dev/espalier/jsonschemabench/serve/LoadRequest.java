// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that clients make.
 *
 * @param name its kind, in a word or two
 * @param path the endpoint
 * @param body its JSON
 * @param status the status that it is answered with
 * @param param the member that a refusal names; empty for requests that are answered
 */
record LoadRequest(String name, String path, ObjectNode body, int status, String param) {

    private static final String FILE = "requests.jsonl";

    /** All requests to a model: those of the resource, and those that may be streamed once more in frames. */
    static List<LoadRequest> all(String model) {
        List<LoadRequest> all = new ArrayList<>();
        for (String line : lines()) {
            JsonNode read = JsonMapper.shared().readTree(line);
            ObjectNode body = (ObjectNode) read.get("body");
            body.put("model", model);
            LoadRequest whole = new LoadRequest(
                    read.get("name").stringValue(),
                    read.get("path").stringValue(),
                    body,
                    read.path("status").asInt(200),
                    read.path("param").asString(""));
            all.add(whole);
            if (whole.status == 200) {
                all.add(whole.inFrames());
            }
        }
        return all;
    }

    private static List<String> lines() {
        try (InputStream file = LoadRequest.class.getResourceAsStream(FILE)) {
            String text = new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LoadRequest inFrames() {
        return new LoadRequest(name + ", streamed", path, body.deepCopy().put("stream", true), status, param);
    }

    /** Whether it is answered in frames. */
    boolean isStreamed() {
        return body.path("stream").asBoolean(false);
    }
}
