// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.fields;

import dev.espalier.core.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text, and the value that says the same.
 *
 * @param id its name
 * @param schema what the value must fit, JSON text
 * @param text what the model reads
 * @param expected the right value
 */
public record FieldCase(String id, String schema, String text, JsonNode expected) {

    /**
     * Reads cases, one JSON object a line, plain or gzipped.
     *
     * @throws InvalidInputException if the file cannot be read as such
     */
    public static List<FieldCase> read(Path file) {
        List<FieldCase> cases = new ArrayList<>();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            InputStream stream = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank()) {
                    JsonNode node = JsonMapper.shared().readTree(line);
                    cases.add(new FieldCase(
                            node.path("id").asString(""),
                            node.path("schema").toString(),
                            node.path("text").asString(""),
                            node.path("expected")));
                }
            }
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException(file + ": not readable as one case a line: " + e.getMessage(), e);
        }
        return cases;
    }
}
