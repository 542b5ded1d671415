// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of any content, written field by field, sound or not. */
public final class GgufBytes {

    public static final int STRING = 8;
    static final int ARRAY = 9;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A file that begins as one of version 3 does. */
    public static GgufBytes file(long tensors, long keys) {
        return new GgufBytes()
                .raw("GGUF".getBytes(StandardCharsets.US_ASCII))
                .int32(3)
                .int64(tensors)
                .int64(keys);
    }

    GgufBytes raw(byte... content) {
        bytes.writeBytes(content);
        return this;
    }

    public GgufBytes int32(int value) {
        ByteBuffer content = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        return raw(content.putInt(value).array());
    }

    GgufBytes int64(long value) {
        ByteBuffer content = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        return raw(content.putLong(value).array());
    }

    public GgufBytes text(String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        return int64(content.length).raw(content);
    }

    /** A key with an integer of 32 bits. */
    GgufBytes number(String key, int value) {
        return text(key).int32(4).int32(value);
    }

    /** A description of a tensor, whose dimensions begin with that of a row. */
    GgufBytes tensor(String name, int type, long offset, long... dimensions) {
        text(name).int32(dimensions.length);
        for (long size : dimensions) {
            int64(size);
        }
        return int32(type).int64(offset);
    }

    /** Zeros up to a multiple of the alignment, then data. */
    GgufBytes data(int alignment, int length) {
        int start = (bytes.size() + alignment - 1) / alignment * alignment;
        return raw(new byte[start - bytes.size() + length]);
    }

    byte[] array() {
        return bytes.toByteArray();
    }

    public Path in(Path folder) {
        return write(folder.resolve("model.gguf"), array());
    }

    static Path write(Path path, byte[] content) {
        try {
            return Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
