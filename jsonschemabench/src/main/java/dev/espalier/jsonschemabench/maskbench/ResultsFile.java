package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.grammar.error.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code results.jsonl}: grows by a line a schema, so that a run that was stopped goes on where it was; when a run is
 * over, the lines are put in order and the summary is added. Thread-safe.
 */
final class ResultsFile implements AutoCloseable {

    private final Path file;
    private final Map<String, SchemaResult> results = new TreeMap<>();
    private final PrintWriter lines;

    /**
     * Opens the file in a folder, which is made if it is not there.
     *
     * @throws InvalidInputException if it cannot be read or written
     */
    ResultsFile(Path folder) {
        file = folder.resolve("results.jsonl");
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(this::take);
            }
            lines = new PrintWriter(Files.newBufferedWriter(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
            results.values().forEach(result -> lines.println(result.toJson()));
            lines.flush();
        } catch (IOException e) {
            throw new InvalidInputException("cannot use " + file + ": " + e.getMessage(), e);
        }
    }

    /** A line of an earlier run; its summary, and a line that was cut off, are left out. */
    private void take(String line) {
        try {
            JsonNode node = JsonMapper.shared().readTree(line);
            if (node.has("id")) {
                SchemaResult result = SchemaResult.of(node);
                results.put(result.id(), result);
            }
        } catch (JacksonException | IllegalArgumentException cutOff) {
            return;
        }
    }

    synchronized boolean has(String id) {
        return results.containsKey(id);
    }

    synchronized void add(SchemaResult result) {
        results.put(result.id(), result);
        lines.println(result.toJson());
        lines.flush();
    }

    /** All results, by id. */
    synchronized List<SchemaResult> results() {
        return new ArrayList<>(results.values());
    }

    /** Writes all lines again in the order of their ids, and the summary as the last. */
    synchronized void finish(JsonNode summary) {
        lines.close();
        try (PrintWriter ordered = new PrintWriter(file.toFile(), StandardCharsets.UTF_8)) {
            results.values().stream()
                    .sorted(Comparator.comparing(SchemaResult::id))
                    .forEach(result -> ordered.println(result.toJson()));
            ordered.println(JsonMapper.shared().createObjectNode().set("summary", summary));
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        lines.close();
    }
}
