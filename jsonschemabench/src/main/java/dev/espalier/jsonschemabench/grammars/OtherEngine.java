// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.grammars;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.hard.HardResult;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What another run has of the same texts: of another engine with its own versions of the grammars, or of this one.
 *
 * @param name what the run calls its engine
 * @param byId its results by the grammars' names
 */
public record OtherEngine(String name, Map<String, HardResult> byId) {

    /** Copies the map. */
    public OtherEngine {
        byId = Map.copyOf(byId);
    }

    /**
     * The run in a folder.
     *
     * @throws InvalidInputException if the folder has no results of grammars
     */
    public static OtherEngine read(Path folder) {
        Path file = folder.resolve(ResultsFile.NAME);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + ": no such file");
        }
        Map<String, HardResult> results = new TreeMap<>();
        try {
            for (JsonNode line : new JsonLines(file).read()) {
                if (line.has("id")) {
                    HardResult result = ResultJson.read(line, HardResult.class);
                    results.put(result.id(), result);
                }
            }
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException(file + ": not results of grammars: " + e.getMessage(), e);
        }
        return new OtherEngine(
                Settings.of(folder).getOrDefault("engine", String.valueOf(folder.getFileName())), results);
    }
}
