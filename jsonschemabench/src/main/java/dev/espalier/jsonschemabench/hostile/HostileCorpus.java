// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the corpus' files are.
 *
 * @param folder the folder of {@code index.jsonl}
 * @param generated the folder that the generator wrote the large inputs below
 */
record HostileCorpus(Path folder, Path generated) {

    boolean has(String path) {
        return Files.isRegularFile(folder.resolve(path)) || Files.isRegularFile(generated.resolve(path));
    }

    byte[] read(String path) {
        Path file = folder.resolve(path);
        try {
            return Files.readAllBytes(Files.isRegularFile(file) ? file : generated.resolve(path));
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + path + " of the corpus", e);
        }
    }

    /**
     * All cases, in the order of {@code index.jsonl}.
     *
     * @throws InvalidInputException if there is none, or it is not one JSON object a line
     */
    List<HostileCase> cases() {
        Path index = folder.resolve("index.jsonl");
        try {
            return Files.readAllLines(index).stream()
                    .filter(line -> !line.isBlank())
                    .map(line -> new HostileCase(JsonMapper.shared().readTree(line), this))
                    .toList();
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException(index + ": not readable as one JSON object a line", e);
        }
    }
}
