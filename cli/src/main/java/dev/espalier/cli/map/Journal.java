// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.map;

import dev.espalier.core.error.InvalidInputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file of results, a line each, in the order of the rows. What was begun and broken off goes on behind its last whole line. */
final class Journal implements AutoCloseable {

    private final Writer writer;
    private final int done;

    private Journal(Writer writer, int done) {
        this.writer = writer;
        this.done = done;
    }

    /** Results that go to a stream. */
    static Journal of(Writer writer) {
        return new Journal(writer, 0);
    }

    /**
     * Results that go to a file.
     *
     * @param rows the rows that the results are of
     * @param isResumed whether the file may have results already
     * @throws InvalidInputException if it has results of other rows, or some though it must not
     */
    static Journal open(Path file, List<Row> rows, boolean isResumed) {
        try {
            int done = 0;
            if (Files.exists(file) && Files.size(file) > 0) {
                if (!isResumed) {
                    throw new InvalidInputException(file + " is there already: --resume goes on with it");
                }
                done = whole(file, rows);
            }
            return new Journal(
                    new BufferedWriter(Files.newBufferedWriter(
                            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)),
                    done);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read or written: " + e.getMessage(), e);
        }
    }

    /** How many results are whole; what is behind them is cut off. */
    private static int whole(Path file, List<Row> rows) throws IOException {
        String text = Files.readString(file);
        int end = text.lastIndexOf('\n') + 1;
        int number = 0;
        for (String line : text.substring(0, end).split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            if (number >= rows.size() || !rows.get(number).key().equals(key(file, line, number))) {
                throw new InvalidInputException(
                        file + ": line " + (number + 1) + " is no result of the row at its place");
            }
            number++;
        }
        if (end < text.length()) {
            Files.writeString(file, text.substring(0, end));
        }
        return number;
    }

    private static String key(Path file, String line, int number) {
        try {
            JsonNode key = JsonMapper.shared().readTree(line).path("key");
            return key.asString("");
        } catch (JacksonException e) {
            throw new InvalidInputException(file + ": line " + (number + 1) + " is no JSON", e);
        }
    }

    /** How many rows have results already. */
    int done() {
        return done;
    }

    /** Adds a result, which is in the file when this returns. */
    void add(ObjectNode result) {
        try {
            writer.write(result + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
