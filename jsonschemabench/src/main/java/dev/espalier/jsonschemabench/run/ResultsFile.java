package dev.espalier.jsonschemabench.run;

import dev.espalier.grammar.error.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code results.jsonl}: grows by a line a result, so that a run that was stopped goes on where it was; when a run is
 * over, the lines are put in the order of their ids and the summary is added. Thread-safe.
 *
 * @param <R> a result
 */
public final class ResultsFile<R> implements AutoCloseable {

    /**
     * How results become lines.
     *
     * @param <R> a result
     */
    public interface Form<R> {

        /** What tells a result apart from all others: the member {@code "id"} of its line. */
        String id(R result);

        /** One line of JSON. */
        String write(R result);

        /**
         * The result that {@link #write} wrote.
         *
         * @throws IllegalArgumentException if it cannot be read; the result is then made again
         */
        R read(JsonNode line);
    }

    private final Path file;
    private final Form<R> form;
    private final Map<String, R> results = new TreeMap<>();
    private final PrintWriter lines;

    /**
     * Opens the file in a folder, which is made if it is not there.
     *
     * @throws InvalidInputException if it cannot be read or written, or holds results of other settings
     */
    public ResultsFile(Path folder, Settings settings, Form<R> form) {
        this.file = folder.resolve("results.jsonl");
        this.form = form;
        try {
            Files.createDirectories(folder);
            settings.claim(folder);
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(this::take);
            }
            lines = new PrintWriter(Files.newBufferedWriter(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
            results.values().forEach(result -> lines.println(form.write(result)));
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
                R result = form.read(node);
                results.put(form.id(result), result);
            }
        } catch (JacksonException | IllegalArgumentException cutOff) {
            return;
        }
    }

    /** Whether there is a result of this id. */
    public synchronized boolean has(String id) {
        return results.containsKey(id);
    }

    /** Adds a result, on disk too. */
    public synchronized void add(R result) {
        results.put(form.id(result), result);
        lines.println(form.write(result));
        lines.flush();
    }

    /** All results, by id. */
    public synchronized List<R> results() {
        return new ArrayList<>(results.values());
    }

    /**
     * Writes all lines again in the order of their ids, and {@code {"summary": …}} as the last.
     *
     * @throws InvalidInputException if the file cannot be written
     */
    public synchronized void finish(JsonNode summary) {
        lines.close();
        try (PrintWriter ordered = new PrintWriter(file.toFile(), StandardCharsets.UTF_8)) {
            results.values().forEach(result -> ordered.println(form.write(result)));
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
