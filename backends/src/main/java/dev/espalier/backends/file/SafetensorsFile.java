// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.file;

import dev.espalier.core.error.ModelException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One file of tensors in the safetensors format: eight bytes with the length of a JSON header, the header, the data.
 *
 * <p>The header is checked as a whole before anything is used: types, shapes, offsets that leave no hole and do not
 * overlap, and, where the file's length is known, that it ends with the last tensor. Data is read in one pass in the order
 * of the file, through a stream rather than a mapping: a file that shrinks while it is read is an exception, not a signal
 * that ends the process. Every failure is a {@link ModelException} with the file, and the tensor where there is one.
 */
public final class SafetensorsFile {

    /** The longest header that is read, in bytes. The format allows 100 MB, whose parsed form would fill the heap. */
    private static final long MAX_HEADER = 16 << 20;

    /** The bytes of a chunk, unless a row has more. */
    private static final int CHUNK = 1 << 18;

    /** A tensor: its name, type, shape, and the range of its bytes after the header. */
    public record Entry(String name, TensorType type, long[] shape, long begin, long end) {

        /** The number of elements. */
        public long elements() {
            return (end - begin) / type.bytes();
        }

        /** The bytes of a row of a matrix, or of an element of another tensor. */
        private int rowBytes() {
            return Math.toIntExact((shape.length == 2 ? Math.max(1, shape[1]) : 1) * type.bytes());
        }
    }

    /** A receiver of tensor data. */
    public interface Sink {

        /**
         * Takes consecutive elements of a tensor, those of a matrix by whole rows.
         *
         * @param offset the index of the first element
         * @param chunk their bytes, little-endian, from position to limit; valid during the call
         */
        void put(Entry entry, long offset, ByteBuffer chunk);
    }

    private final FileSource files;
    private final String name;
    private final String source;
    private final long dataStart;
    private final List<Entry> entries;

    private SafetensorsFile(FileSource files, String name, long dataStart, List<Entry> entries) {
        this.files = files;
        this.name = name;
        this.source = files.describe(name);
        this.dataStart = dataStart;
        this.entries = entries;
    }

    /**
     * Reads and checks a header.
     *
     * @throws ModelException if the file cannot be read or its header is not sound
     */
    public static SafetensorsFile open(FileSource files, String name) {
        String source = files.describe(name);
        try (InputStream stream = files.open(name)) {
            OptionalLong size = files.size(name);
            byte[] prefix = stream.readNBytes(8);
            if (prefix.length < 8) {
                throw new ModelException(
                        source + ": truncated: expected 8 bytes with the length of the header, found " + prefix.length);
            }
            long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
            long most = Math.min(MAX_HEADER, size.orElse(MAX_HEADER) - 8);
            if (length < 2 || length > most) {
                throw new ModelException(source + ": the header's length is given as " + Long.toUnsignedString(length)
                        + " bytes; expected 2 to " + most + ". Is this a safetensors file, and complete?");
            }
            byte[] header = stream.readNBytes((int) length);
            if (header.length < length) {
                throw new ModelException(
                        source + ": truncated: the header has " + header.length + " of " + length + " bytes");
            }
            JsonObject json = JsonObject.parse(source, new ByteArrayInputStream(header));
            List<Entry> entries = entries(source, json);
            checkEnd(source, entries, 8 + length, size);
            return new SafetensorsFile(files, name, 8 + length, entries);
        } catch (IOException e) {
            throw new ModelException(source + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Entry> entries(String source, JsonObject json) {
        List<Entry> entries = new ArrayList<>();
        for (String tensor : json.names()) {
            if (!tensor.equals("__metadata__")) {
                JsonObject object = json.object(tensor).orElseThrow(() -> json.missing(tensor));
                entries.add(entry(source, tensor, object));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin() != end) {
                throw new ModelException(source + ": tensor " + entry.name() + " begins at byte " + entry.begin()
                        + (entry.begin() < end ? ", inside another tensor" : ", after a hole") + "; expected " + end);
            }
            end = entry.end();
        }
        return List.copyOf(entries);
    }

    private static Entry entry(String source, String tensor, JsonObject object) {
        String kind = object.text("dtype").orElseThrow(() -> object.missing("dtype"));
        TensorType type = TensorType.of(kind)
                .orElseThrow(() ->
                        new ModelException(source + ": tensor " + tensor + " has the unknown element type " + kind));
        long[] shape = object.sizes("shape").orElseThrow(() -> object.missing("shape"));
        long[] range = object.sizes("data_offsets").orElseThrow(() -> object.missing("data_offsets"));
        Optional<Long> bytes = bytes(shape, type);
        if (range.length != 2 || range[0] > range[1]) {
            throw new ModelException(
                    source + ": tensor " + tensor + ": expected data_offsets [begin, end], found " + text(range));
        }
        if (bytes.isEmpty() || bytes.get() != range[1] - range[0]) {
            throw new ModelException(source + ": tensor " + tensor + " of type " + kind + " and shape " + text(shape)
                    + " does not fill its data_offsets " + text(range));
        }
        return new Entry(tensor, type, shape, range[0], range[1]);
    }

    private static Optional<Long> bytes(long[] shape, TensorType type) {
        try {
            long count = type.bytes();
            for (long size : shape) {
                count = Math.multiplyExact(count, size);
            }
            return Optional.of(count);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static String text(long[] numbers) {
        return numbers.length > 8 ? "of " + numbers.length + " numbers" : Arrays.toString(numbers);
    }

    private static void checkEnd(String source, List<Entry> entries, long dataStart, OptionalLong size) {
        long data = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
        if (size.isPresent() && size.getAsLong() - dataStart != data) {
            boolean truncated = size.getAsLong() - dataStart < data;
            throw new ModelException(source + ": " + (truncated ? "truncated" : "too long") + ": expected " + data
                    + " bytes of data after the header, found " + (size.getAsLong() - dataStart));
        }
    }

    /** The tensors in the order of the file. */
    public List<Entry> entries() {
        return entries;
    }

    /** The name of the file. */
    public String source() {
        return source;
    }

    /**
     * Reads the tensors of some names, in the order of the file.
     *
     * @throws ModelException if the file cannot be read or ends too early
     */
    public void read(Predicate<String> wanted, Sink sink) {
        try (InputStream stream = new BufferedInputStream(files.open(name), 1 << 16)) {
            stream.skipNBytes(dataStart);
            for (Entry entry : entries) {
                if (wanted.test(entry.name())) {
                    read(entry, stream, sink);
                } else {
                    stream.skipNBytes(entry.end() - entry.begin());
                }
            }
        } catch (IOException e) {
            throw new ModelException(source + ": cannot be read to its end: " + e.getMessage(), e);
        }
    }

    private void read(Entry entry, InputStream stream, Sink sink) throws IOException {
        int row = entry.rowBytes();
        byte[] chunk = new byte[(int) Math.min(entry.end() - entry.begin(), Math.max(row, CHUNK / row * row))];
        long left = entry.end() - entry.begin();
        long done = 0;
        while (left > 0) {
            int step = (int) Math.min(chunk.length, left);
            int found = stream.readNBytes(chunk, 0, step);
            if (found < step) {
                throw new ModelException(source + ": truncated: tensor " + entry.name() + " ends after "
                        + (done + found) + " of " + (done + left) + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, step).order(ByteOrder.LITTLE_ENDIAN);
            sink.put(entry, done / entry.type().bytes(), bytes);
            done += step;
            left -= step;
        }
    }
}
