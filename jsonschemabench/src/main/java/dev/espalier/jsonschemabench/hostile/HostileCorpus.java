package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All cases of a corpus, in the order of its index.
 *
 * @param files where it is
 * @param cases its cases
 */
record HostileCorpus(CorpusFiles files, List<HostileCase> cases) {

    /**
     * Reads {@code index.jsonl}.
     *
     * @throws InvalidInputException if there is none, or it is not one JSON object a line
     */
    static HostileCorpus read(CorpusFiles files) {
        Path index = files.corpus().resolve("index.jsonl");
        List<HostileCase> cases = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(index)) {
                if (!line.isBlank()) {
                    cases.add(new HostileCase(JsonMapper.shared().readTree(line), files));
                }
            }
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException(index + ": not readable as one JSON object a line", e);
        }
        return new HostileCorpus(files, List.copyOf(cases));
    }
}
