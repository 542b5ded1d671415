// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import dev.espalier.core.error.InvalidInputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code results.jsonl}: grows by a line a result, so that a run that was stopped goes on where it was; when a run is
 * over, the lines are put in the order of their ids and the summary is added. Thread-safe.
 *
 * @param <R> a result
 */
public final class ResultsFile<R extends ResultsFile.Result> implements AutoCloseable {

    /** The name of the file in a run's folder. */
    public static final String NAME = "results.jsonl";

    /** What becomes a line. */
    public interface Result {

        /** What tells it apart from all others: the member {@code "id"} of its line. */
        String id();

        /** One line of JSON. */
        default String toJson() {
            return ResultJson.write(this);
        }
    }

    private final JsonLines file;
    private final Class<R> type;
    private final Map<String, R> results = new TreeMap<>();
    private final BufferedWriter lines;

    /**
     * Opens the file in a folder, which is made if it is not there.
     *
     * @param type a record that {@link ResultJson} reads; a line that is none is left out, and its result is made again
     * @throws InvalidInputException if it cannot be read or written, or holds results of other settings
     */
    public ResultsFile(Path folder, Settings settings, Class<R> type) {
        this.file = new JsonLines(folder.resolve(NAME));
        this.type = type;
        try {
            Files.createDirectories(folder);
            settings.claim(folder);
            file.read().forEach(this::take);
            file.replace(texts());
            lines = file.append();
        } catch (IOException e) {
            throw new InvalidInputException("cannot use " + file.path() + ": " + e, e);
        }
    }

    /** A line of an earlier run; its summary, and what no result ever was, are left out. */
    private void take(JsonNode line) {
        if (line.has("id")) {
            try {
                R result = ResultJson.read(line, type);
                results.put(result.id(), result);
            } catch (JacksonException | IllegalArgumentException damaged) {
                return;
            }
        }
    }

    private List<String> texts() {
        return results.values().stream().map(Result::toJson).toList();
    }

    /** Whether there is a result of this id; if it ends with a slash, of one that begins like this. */
    public synchronized boolean has(String id) {
        return id.endsWith("/")
                ? results.keySet().stream().anyMatch(known -> known.startsWith(id))
                : results.containsKey(id);
    }

    /**
     * Adds a result, on disk too.
     *
     * @throws InvalidInputException if the file cannot be written
     */
    public synchronized void add(R result) {
        results.put(result.id(), result);
        try {
            JsonLines.write(result.toJson(), lines);
            lines.flush();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
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
        try {
            lines.close();
            file.replace(texts(), summary);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Ends writing. */
    @Override
    public synchronized void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private InvalidInputException cannotWrite(IOException e) {
        return new InvalidInputException("cannot write " + file.path() + ": " + e, e);
    }
}
