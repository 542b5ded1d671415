// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * A model that somebody else made: the variable {@code ESPALIER_GGUF} names its file, and a file beside it, with {@code .crc32} behind the
 * name, has what {@code gguf_blocks.py} computed of it.
 */
class PublishedGgufTest {

    private static final String VARIABLE = "ESPALIER_GGUF";

    /** The weights that are read at a time. */
    private static final int PIECE = 1 << 18;

    @Test
    void allTensorsHaveTheValuesOfThePackageGguf() throws IOException {
        String name = System.getenv(VARIABLE);
        if (name == null) {
            throw new TestAbortedException(VARIABLE + " is not set");
        }
        List<String> found = new ArrayList<>();
        try (GgufFile file = GgufFile.open(Path.of(name))) {
            for (GgufTensor tensor : file.tensors()) {
                found.add("%s %08x".formatted(tensor.name(), checksum(file, tensor)));
            }
        }
        assertEquals(Files.readAllLines(Path.of(name + ".crc32")), found);
    }

    private static long checksum(GgufFile file, GgufTensor tensor) {
        int atOnce = Math.max(1, PIECE / tensor.rowLength());
        float[] values = new float[atOnce * tensor.rowLength()];
        ByteBuffer bits = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        CRC32 checksum = new CRC32();
        for (long row = 0; row < tensor.rows(); row += atOnce) {
            int count = (int) Math.min(atOnce, tensor.rows() - row);
            file.read(tensor, row, count, values);
            bits.asFloatBuffer().put(values);
            checksum.update(bits.array(), 0, count * tensor.rowLength() * Float.BYTES);
        }
        return checksum.getValue();
    }
}
