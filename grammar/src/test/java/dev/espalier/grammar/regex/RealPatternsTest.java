// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.TestData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The patterns of a collection of real JSON Schemas, found through {@code ESPALIER_DATA}; skipped visibly without. */
class RealPatternsTest {

    @Test
    void nearlyAllPatternsOfRealSchemasAreRead() throws IOException {
        Set<String> patterns = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(TestData.of("jsonschemabench"), "*.jsonl.gz")) {
            for (Path file : files) {
                collect(file, patterns);
            }
        }
        RegexReader reader = new RegexReader();
        Map<String, Integer> refused = new TreeMap<>();
        for (String pattern : patterns) {
            try {
                reader.read(pattern, RegexReader.Mode.SEARCH);
            } catch (EspalierException e) {
                refused.merge(e.code() + ": " + pattern, 1, Integer::sum);
            }
        }
        System.out.println("patterns of real schemas: " + patterns.size() + ", refused: " + refused.size());
        assertTrue(patterns.size() > 2000);
        assertTrue(refused.size() <= 4, refused.keySet()::toString);
    }

    private static void collect(Path file, Set<String> patterns) throws IOException {
        JsonMapper json = new JsonMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"pattern")) {
                    collect(json.readTree(line), patterns);
                }
            }
        }
    }

    private static void collect(JsonNode schema, Set<String> patterns) {
        if (schema.path("pattern").isString()) {
            patterns.add(schema.path("pattern").asString());
        }
        if (schema.path("patternProperties").isObject()) {
            patterns.addAll(schema.path("patternProperties").propertyNames());
        }
        schema.forEach(child -> collect(child, patterns));
    }
}
