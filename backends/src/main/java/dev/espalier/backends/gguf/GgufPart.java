// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.core.error.ModelException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file that is a model or a part of one: its bytes, and its header. */
record GgufPart(FileBytes file, GgufHeader header) implements AutoCloseable {

    /**
     * Opens a file and checks its header.
     *
     * @throws ModelException if it cannot be read, or its header is not sound
     */
    static GgufPart open(Path path) {
        FileBytes file = FileBytes.open(path);
        try {
            return new GgufPart(file, GgufHeader.read(file.source(), head(file), file.size()));
        } catch (ModelException e) {
            file.close();
            throw e;
        }
    }

    /** The bytes of a file that its header must end in. */
    static ByteBuffer head(FileBytes file) {
        byte[] head = new byte[(int) Math.min(HeaderBytes.MOST, file.size())];
        file.read(0, head, head.length);
        return ByteBuffer.wrap(head);
    }

    /** The number of parts of the model; 1 if the file says nothing of parts. */
    int count() {
        return number("split.count", 1);
    }

    /** The number of tensors in all parts. */
    int tensorCount() {
        return number("split.tensors.count", header.tensors().size());
    }

    /** The place among the parts, from 0. */
    int index() {
        return number("split.no", 0);
    }

    private int number(String key, int otherwise) {
        return header.metadata()
                .find(key)
                .map(value -> value.integer(0, Integer.MAX_VALUE))
                .orElse(otherwise);
    }

    @Override
    public void close() {
        file.close();
    }
}
