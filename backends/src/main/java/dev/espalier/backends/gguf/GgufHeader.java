// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.backends.gguf.block.GgmlType;
import dev.espalier.core.error.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is before the data of a file: the metadata, and a description of each tensor. All of it is checked when it is read: types, shapes,
 * and that each tensor lies in the file, aligned, and apart from all others.
 */
record GgufHeader(GgufMetadata metadata, List<GgufTensor> tensors) {

    private static final int MAGIC = 0x46554747;
    private static final long DEFAULT_ALIGNMENT = 32;

    /** The fewest bytes of a key with its value: the key's length, the type, one byte. */
    private static final int LEAST_ENTRY = 13;

    /** The fewest bytes of a tensor's description: the name's length, the number of dimensions, type and offset. */
    private static final int LEAST_TENSOR = 24;

    private static final int MOST_DIMENSIONS = 4;

    /** The most keys, and the most tensors, each of which takes some hundred bytes of the heap. */
    private static final int MOST_ENTRIES = 1 << 16;

    private static final long MOST_IN_ROW = 1 << 28;
    private static final int MOST_SHOWN = 80;

    /**
     * Reads and checks a header.
     *
     * @param head the file from its beginning, up to {@link HeaderBytes#MOST} bytes
     * @param size the number of bytes in the file
     * @throws ModelException if the header is not sound
     */
    static GgufHeader read(String source, ByteBuffer head, long size) {
        HeaderBytes bytes = new HeaderBytes(source, head);
        int tensorCount = tensorCount(source, bytes);
        GgufMetadata metadata = metadata(source, bytes, count(source, "keys", bytes.count(LEAST_ENTRY)));
        List<GgufTensor> tensors = tensors(source, bytes, tensorCount);
        long alignment = alignment(source, metadata);
        long start = (bytes.position() + alignment - 1) / alignment * alignment;
        return new GgufHeader(metadata, placed(source, tensors, alignment, start, size));
    }

    /** The metadata of a header, from the beginning of the file. */
    static GgufMetadata metadata(String source, HeaderBytes bytes) {
        tensorCount(source, bytes);
        return metadata(source, bytes, count(source, "keys", bytes.count(LEAST_ENTRY)));
    }

    private static int tensorCount(String source, HeaderBytes bytes) {
        if (bytes.int32() != MAGIC) {
            throw new ModelException(source + ": not a GGUF file: expected GGUF in its first four bytes");
        }
        checkVersion(source, bytes.int32());
        return count(source, "tensors", bytes.count(LEAST_TENSOR));
    }

    private static int count(String source, String things, int count) {
        if (count > MOST_ENTRIES) {
            throw new ModelException(source + ": has " + count + " " + things + "; expected at most " + MOST_ENTRIES);
        }
        return count;
    }

    private static void checkVersion(String source, int version) {
        if (version != 0 && (version & 0xffff) == 0) {
            throw new ModelException(
                    source + ": the file is big-endian, which is not supported; expected little-endian");
        }
        if (version != 2 && version != 3) {
            throw new ModelException(source + ": version " + Integer.toUnsignedString(version)
                    + " of GGUF is not supported; expected 2 or 3. Convert the model anew");
        }
    }

    private static GgufMetadata metadata(String source, HeaderBytes bytes, int count) {
        Map<String, GgufValue> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            bytes.enter(source + ": key " + i + " of " + count);
            String key = bytes.text();
            String where = source + ": key " + shown(key);
            bytes.enter(where);
            GgufValueType type = bytes.valueType();
            ByteBuffer content = bytes.value(type);
            ByteBuffer copy = ByteBuffer.allocate(content.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            copy.put(content).flip();
            if (values.put(key, new GgufValue(where, type, copy)) != null) {
                throw new ModelException(where + " appears twice");
            }
        }
        return new GgufMetadata(source, Collections.unmodifiableMap(values));
    }

    private static long alignment(String source, GgufMetadata metadata) {
        long alignment =
                metadata.find("general.alignment").map(GgufValue::integer).orElse(DEFAULT_ALIGNMENT);
        if (alignment <= 0 || alignment > 1 << 30 || Long.bitCount(alignment) != 1) {
            throw new ModelException(
                    source + ": key general.alignment: expected a power of two up to 2^30, found " + alignment);
        }
        return alignment;
    }

    /** The tensors, whose positions are still offsets in the data. */
    private static List<GgufTensor> tensors(String source, HeaderBytes bytes, int count) {
        List<GgufTensor> tensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            bytes.enter(source + ": tensor " + i + " of " + count);
            String name = bytes.text();
            String where = source + ": tensor " + shown(name);
            bytes.enter(where);
            if (!names.add(name)) {
                throw new ModelException(where + " appears twice");
            }
            tensors.add(tensor(where, name, bytes));
        }
        return tensors;
    }

    private static GgufTensor tensor(String where, String name, HeaderBytes bytes) {
        int dimensions = bytes.int32();
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
            throw new ModelException(where + ": the number of dimensions is given as "
                    + Integer.toUnsignedString(dimensions) + "; expected up to " + MOST_DIMENSIONS);
        }
        long[] shape = new long[dimensions];
        for (int i = dimensions - 1; i >= 0; i--) {
            shape[i] = bytes.int64();
        }
        int id = bytes.int32();
        GgmlType type = GgmlType.of(id)
                .orElseThrow(() -> new ModelException(where + " has the type " + GgmlType.nameOf(id)
                        + ", which is not supported; expected one of " + Arrays.toString(GgmlType.values())));
        checkShape(where, type, shape);
        return new GgufTensor(name, type, shape, bytes.int64());
    }

    /** Checks that a row has whole blocks, and that the number of bytes is a {@code long}. */
    private static void checkShape(String where, GgmlType type, long[] shape) {
        long row = shape.length == 0 ? 1 : shape[shape.length - 1];
        boolean sound = row <= MOST_IN_ROW && row % type.weights() == 0;
        long room = Long.MAX_VALUE / type.bytes();
        for (long size : shape) {
            sound = sound && size > 0 && size <= room;
            room /= Math.max(size, 1);
        }
        if (!sound) {
            throw new ModelException(where + " of type " + type + " has the shape " + Arrays.toString(shape)
                    + "; expected at least 1 in each dimension, and rows of a multiple of " + type.weights()
                    + " weights up to " + MOST_IN_ROW);
        }
    }

    /** The tensors with their positions in the file, whose data begins at a byte. */
    private static List<GgufTensor> placed(
            String source, List<GgufTensor> tensors, long alignment, long start, long size) {
        List<GgufTensor> placed = new ArrayList<>();
        for (GgufTensor tensor : tensors) {
            long offset = tensor.position();
            String where = source + ": tensor " + shown(tensor.name());
            if (offset % alignment != 0) {
                throw new ModelException(where + " begins at byte " + Long.toUnsignedString(offset)
                        + " of the data; expected a multiple of the alignment, " + alignment);
            }
            if (Long.compareUnsigned(offset, size) > 0 || tensor.bytes() > size - start - offset) {
                throw new ModelException(where + " needs " + tensor.bytes() + " bytes from byte "
                        + Long.toUnsignedString(start + offset) + "; the file has " + size + " bytes. Is it complete?");
            }
            placed.add(new GgufTensor(tensor.name(), tensor.type(), tensor.shape(), start + offset));
        }
        checkApart(source, placed);
        return List.copyOf(placed);
    }

    private static void checkApart(String source, List<GgufTensor> tensors) {
        List<GgufTensor> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(GgufTensor::position));
        for (int i = 1; i < sorted.size(); i++) {
            GgufTensor before = sorted.get(i - 1);
            if (sorted.get(i).position() < before.position() + before.bytes()) {
                throw new ModelException(source + ": tensor "
                        + shown(sorted.get(i).name()) + " begins inside the tensor " + shown(before.name()));
            }
        }
    }

    /** A name from a file, as much of it as a message may repeat. */
    static String shown(String name) {
        return name.length() <= MOST_SHOWN ? name : name.substring(0, MOST_SHOWN) + "…";
    }
}
