// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.journal;

import dev.espalier.core.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where each result of a journal is. Thread-safe. Some hundred bytes of memory for each result; the results themselves stay in the files. */
public final class JournalIndex {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int BUFFER = 1 << 16;

    /** What of a line says which result it is. */
    private record Identity(String id) {}

    private record Place(Path file, long from, int length) {}

    private final JournalFolder folder;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Path, Long> read = new HashMap<>();

    public JournalIndex(JournalFolder folder) {
        this.folder = folder;
    }

    /**
     * Reads what was added since it was last called. A last line that is not whole is left for the next time.
     *
     * @throws InvalidInputException if a line is no result
     */
    public synchronized void refresh() {
        try {
            for (FileStatus file : folder.list()) {
                long from = read.getOrDefault(file.getPath(), 0L);
                if (file.getLen() > from) {
                    read.put(file.getPath(), readOn(file.getPath(), from));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the lines from an offset on, and returns where the last whole one ended. */
    private long readOn(Path file, long from) throws IOException {
        long begin = from;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try (FSDataInputStream stream = folder.files.open(file)) {
            stream.seek(from);
            for (int got = stream.read(buffer); got >= 0; got = stream.read(buffer)) {
                int start = 0;
                for (int i = 0; i < got; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, start, i - start);
                        places.put(identity(file, begin, line.toByteArray()), new Place(file, begin, line.size()));
                        begin += line.size() + 1L;
                        line.reset();
                        start = i + 1;
                    }
                }
                line.write(buffer, start, got - start);
            }
        }
        return begin;
    }

    private static String identity(Path file, long begin, byte[] line) {
        try {
            return MAPPER.readValue(line, Identity.class).id();
        } catch (JacksonException e) {
            throw broken(file, begin, e);
        }
    }

    private static InvalidInputException broken(Path file, long begin, Exception e) {
        return new InvalidInputException(
                "journal: the line at byte " + begin + " of " + file
                        + " is no result; remove the file to compute its rows again",
                e);
    }

    /** The result with an id, if it is there. */
    public Optional<RowResult> find(String id) {
        Place place = place(id);
        if (place == null) {
            return Optional.empty();
        }
        byte[] line = new byte[place.length()];
        try (FSDataInputStream stream = folder.files.open(place.file())) {
            stream.readFully(place.from(), line);
            return Optional.of(MAPPER.readValue(line, RowResult.class));
        } catch (JacksonException | EOFException e) {
            throw broken(place.file(), place.from(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Place place(String id) {
        return places.get(id);
    }
}
