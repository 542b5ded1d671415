// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What loading a model took: {@code load.json} beside the results.
 *
 * @param engine the engine, with the precision of its weights
 * @param loadNanos from the file to the loaded model
 * @param peakBytes the most memory that the process had, to the end of the run; 0 if nobody knows
 */
public record ModelLoad(String engine, @Nanos("load_us") long loadNanos, long peakBytes) {

    private static final String FILE = "load.json";

    /** The line in a folder; empty if it has none. */
    static Optional<ModelLoad> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ResultJson.read(JsonMapper.shared().readTree(Files.readString(file)), ModelLoad.class));
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void write(Path folder) {
        try {
            Files.writeString(folder.resolve(FILE), ResultJson.write(this) + "\n");
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        }
    }
}
