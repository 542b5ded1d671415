// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.core.error.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A model in the GGUF format, of version 2 or 3 and little-endian: one file, or several that are named
 * {@code NAME-00001-of-0000N.gguf}. Thread-safe.
 *
 * <p>The headers of all files are checked when they are opened: no tensor lies outside its file. Data is read when rows of it are
 * asked for. Every failure is a {@link ModelException} with the file, and the key or tensor where there is one.
 */
public final class GgufFile implements AutoCloseable {

    /** The bytes that are dequantised at a time: they and their values stay in a core's cache. */
    private static final int CHUNK = 1 << 15;

    private final List<GgufPart> parts;
    private final Map<String, Placed> places;

    /** A tensor and the file it is in. */
    private record Placed(GgufTensor tensor, FileBytes file) {}

    private GgufFile(List<GgufPart> parts) {
        this.parts = parts;
        this.places = places(parts);
    }

    /**
     * Opens a model.
     *
     * @param file the one file, or any part of a split model; the other parts are looked for beside it
     * @throws ModelException if a file is missing, cannot be read, or is not sound
     */
    public static GgufFile open(Path file) {
        List<GgufPart> parts = new ArrayList<>();
        try {
            GgufPart opened = GgufPart.open(file);
            parts.add(opened);
            if (opened.count() > 1) {
                addOthers(file, opened, parts);
            }
            return new GgufFile(parts);
        } catch (ModelException e) {
            parts.forEach(GgufPart::close);
            throw e;
        }
    }

    /** Adds the other parts of a split model before and behind the one that was opened. */
    private static void addOthers(Path file, GgufPart opened, List<GgufPart> parts) {
        int count = opened.count();
        SplitName name = SplitName.of(file)
                .filter(found -> found.count() == count)
                .orElseThrow(() -> new ModelException(file + ": is one of " + count
                        + " parts; expected a name that ends in " + "-00001-of-%05d.gguf".formatted(count)));
        int tensors = 0;
        for (int number = 1; number <= count; number++) {
            if (number != name.number()) {
                parts.add(number - 1, part(name.sibling(number), number, count));
            }
            GgufPart part = parts.get(number - 1);
            check(part, "split.no", part.index(), number - 1);
            check(part, "split.count", part.count(), count);
            check(part, "split.tensors.count", part.tensorCount(), opened.tensorCount());
            tensors += part.header().tensors().size();
        }
        check(opened, "split.tensors.count", opened.tensorCount(), tensors);
    }

    private static GgufPart part(Path path, int number, int count) {
        if (!Files.exists(path)) {
            throw new ModelException(path + ": missing: part " + number + " of " + count
                    + " of the model. Expected all parts in one folder");
        }
        return GgufPart.open(path);
    }

    private static Map<String, Placed> places(List<GgufPart> parts) {
        Map<String, Placed> places = new LinkedHashMap<>();
        for (GgufPart part : parts) {
            for (GgufTensor tensor : part.header().tensors()) {
                if (places.put(tensor.name(), new Placed(tensor, part.file())) != null) {
                    throw new ModelException(part.file().source() + ": tensor " + GgufHeader.shown(tensor.name())
                            + " is in an earlier part, too");
                }
            }
        }
        return Collections.unmodifiableMap(places);
    }

    private static void check(GgufPart part, String key, int found, int expected) {
        if (found != expected) {
            throw new ModelException(
                    part.file().source() + ": key " + key + ": expected " + expected + ", found " + found);
        }
    }

    /** The name of the file, or of the first part. */
    public String source() {
        return parts.get(0).file().source();
    }

    /** The metadata; that of the first part if there are several. */
    public GgufMetadata metadata() {
        return parts.get(0).header().metadata();
    }

    /** The tensors of all parts, in their order. */
    public List<GgufTensor> tensors() {
        return places.values().stream().map(Placed::tensor).toList();
    }

    /** The tensor of a name. */
    public Optional<GgufTensor> tensor(String name) {
        return Optional.ofNullable(places.get(name)).map(Placed::tensor);
    }

    /**
     * Reads rows as 32-bit floats. Cost: about a nanosecond a weight, and 32 KiB of memory however many rows there are.
     *
     * @param tensor one of {@link #tensors()}
     * @param row the first row
     * @param count the number of rows
     * @param values where the values are put, from the beginning; may be longer than needed
     * @throws ModelException if this is closed, or the file has become shorter
     */
    public void read(GgufTensor tensor, long row, int count, float[] values) {
        Objects.checkFromIndexSize(row, count, tensor.rows());
        FileBytes file = file(tensor);
        int atOnce = CHUNK / tensor.type().bytes();
        byte[] chunk = new byte[atOnce * tensor.type().bytes()];
        int blocks =
                Math.multiplyExact(count, tensor.rowLength()) / tensor.type().weights();
        long position = tensor.position() + row * tensor.rowBytes();
        for (int done = 0; done < blocks; done += atOnce) {
            int step = Math.min(atOnce, blocks - done);
            file.read(
                    position + (long) done * tensor.type().bytes(),
                    chunk,
                    step * tensor.type().bytes());
            tensor.type()
                    .dequantise(chunk, 0, step, values, done * tensor.type().weights());
        }
    }

    /**
     * Reads rows as the blocks of the tensor's type.
     *
     * @param tensor one of {@link #tensors()}
     * @param row the first row
     * @param count the number of rows
     * @param blocks where the bytes are put, from the beginning; may be longer than needed
     * @throws ModelException if this is closed, or the file has become shorter
     */
    public void readBlocks(GgufTensor tensor, long row, int count, byte[] blocks) {
        Objects.checkFromIndexSize(row, count, tensor.rows());
        long position = tensor.position() + row * tensor.rowBytes();
        file(tensor).read(position, blocks, Math.multiplyExact(count, tensor.rowBytes()));
    }

    private FileBytes file(GgufTensor tensor) {
        return Objects.requireNonNull(places.get(tensor.name()), tensor.name()).file();
    }

    /** Closes the files: rows can no longer be read. */
    @Override
    public void close() {
        parts.forEach(GgufPart::close);
    }
}
