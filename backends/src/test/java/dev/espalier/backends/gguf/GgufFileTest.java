// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Refusal;
import dev.espalier.backends.gguf.block.GgmlType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {

    @TempDir
    Path folder;

    @Test
    void tensorsHaveNamesTypesAndShapesWithTheRowLast() {
        try (GgufFile file = small()) {
            List<String> found = file.tensors().stream()
                    .map(tensor -> tensor.name() + Arrays.toString(tensor.shape()))
                    .toList();
            List<String> expected = new ArrayList<>();
            List<String> types = List.of(
                    "F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K",
                    "Q6_K");
            for (String type : types) {
                expected.add(
                        "blk." + expected.size() + "." + type + (type.equals("Q4_0") ? "[2, 3, 256]" : "[3, 256]"));
                assertEquals(
                        GgmlType.valueOf(type),
                        file.tensors().get(expected.size() - 1).type());
            }
            expected.add("vector[5]");
            assertEquals(expected, found);
            GgufTensor tensor = file.tensor("blk.3.Q4_0").orElseThrow();
            assertEquals(6, tensor.rows());
            assertEquals(256, tensor.rowLength());
            assertEquals(6 * 8 * 18, tensor.bytes());
            assertTrue(file.tensor("blk.3").isEmpty());
        }
    }

    @Test
    void rowsAreThoseOfThePackageGguf() {
        try (GgufFile file = small()) {
            assertArrayEquals(GgufFixture.of("small.rows"), checksums(file));
        }
    }

    @Test
    void rowsAreTheSameHoweverManyAreReadAtATime() {
        try (GgufFile file = small()) {
            for (GgufTensor tensor : file.tensors()) {
                int rows = (int) tensor.rows();
                float[] whole = new float[rows * tensor.rowLength()];
                file.read(tensor, 0, rows, whole);
                float[] last = new float[2 * tensor.rowLength()];
                int count = Math.min(2, rows);
                file.read(tensor, rows - count, count, last);
                int from = (rows - count) * tensor.rowLength();
                assertEquals(
                        GgufFixture.checksum(whole, from, count * tensor.rowLength()),
                        GgufFixture.checksum(last, 0, count * tensor.rowLength()));
            }
        }
    }

    @Test
    void blocksAreTheBytesOfTheFile() {
        byte[] content = GgufFixture.of("small.gguf");
        try (GgufFile file = small()) {
            GgufTensor tensor = file.tensor("blk.12.Q6_K").orElseThrow();
            byte[] blocks = new byte[2 * 210];
            file.readBlocks(tensor, 1, 2, blocks);
            int from = (int) tensor.position() + 210;
            assertEquals(0, tensor.position() % 64);
            assertArrayEquals(Arrays.copyOfRange(content, from, from + blocks.length), blocks);
        }
    }

    @Test
    void aTensorLongerThanAChunkIsReadWhole() {
        int rows = 3000;
        byte[] data = new byte[rows * 34];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i % 34 == 0 ? 0 : i % 34 == 1 ? 0x3c : i / 34);
        }
        Path path = GgufBytes.file(1, 0)
                .tensor("a", 8, 0, 32, rows)
                .data(32, 0)
                .raw(data)
                .in(folder);
        float[] values = new float[rows * 32];
        try (GgufFile file = GgufFile.open(path)) {
            file.read(file.tensors().get(0), 0, rows, values);
        }
        for (int i = 0; i < values.length; i++) {
            assertEquals((byte) (i / 32), values[i]);
        }
    }

    @Test
    void manyThreadsReadAtOnce() {
        byte[] expected = GgufFixture.of("small.rows");
        try (GgufFile file = small()) {
            IntStream.range(0, 64).parallel().forEach(i -> assertArrayEquals(expected, checksums(file)));
        }
    }

    @Test
    void versionTwoIsReadLikeThree() {
        byte[] content = GgufFixture.of("small.gguf");
        content[4] = 2;
        try (GgufFile file = GgufFile.open(GgufBytes.write(folder.resolve("two.gguf"), content))) {
            assertArrayEquals(GgufFixture.of("small.rows"), checksums(file));
        }
    }

    @Test
    void aTensorWithoutDimensionsIsANumber() {
        Path path = GgufBytes.file(1, 0)
                .tensor("a", 0, 0)
                .data(32, 0)
                .int32(Float.floatToRawIntBits(7))
                .in(folder);
        float[] value = new float[1];
        try (GgufFile file = GgufFile.open(path)) {
            file.read(file.tensors().get(0), 0, 1, value);
        }
        assertEquals(7, value[0]);
    }

    @Test
    void aFileWithoutTensorsIsItsMetadata() {
        try (GgufFile file = GgufFile.open(GgufBytes.file(0, 1).number("a", 5).in(folder))) {
            assertEquals(5, file.metadata().get("a").integer());
            assertEquals(List.of(), file.tensors());
        }
    }

    @Test
    void aClosedFileKeepsItsMetadataButNoRows() {
        GgufFile file = small();
        file.close();
        assertEquals("llama", file.metadata().get("general.architecture").text());
        String thrown = Refusal.of(() -> checksums(file));
        assertTrue(thrown.contains("small.gguf") && thrown.contains("cannot be read: Stream Closed"), thrown);
    }

    @Test
    void aFileThatBecomesShorterIsAnErrorThatNamesIt() throws IOException {
        Path path = GgufBytes.file(1, 0)
                .tensor("a", 0, 0, 1 << 20)
                .data(32, 4 << 20)
                .in(folder);
        float[] values = new float[1 << 20];
        try (GgufFile file = GgufFile.open(path);
                RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw")) {
            writer.setLength(100);
            String thrown = Refusal.of(() -> file.read(file.tensors().get(0), 0, 1, values));
            assertTrue(thrown.contains("model.gguf") && thrown.contains("became shorter"), thrown);
        }
    }

    @Test
    void tensorsBehindTwoGibibytesAreRead() throws IOException {
        long row = 1 << 20;
        long rows = 700;
        byte[] header = GgufBytes.file(2, 0)
                .tensor("large", 0, 0, row, rows)
                .tensor("last", 0, row * rows * 4, 2)
                .data(32, 0)
                .array();
        Path path = folder.resolve("large.gguf");
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(header));
            channel.write(floats(3, 4), header.length + (row * rows - 1) * 4);
            channel.write(floats(5), header.length + (row * rows + 1) * 4);
        }
        float[] values = new float[(int) row];
        try (GgufFile file = GgufFile.open(path)) {
            file.read(file.tensor("large").orElseThrow(), rows - 1, 1, values);
            assertEquals(3, values[values.length - 1]);
            file.read(file.tensor("last").orElseThrow(), 0, 1, values);
            assertArrayEquals(new float[] {4, 5}, Arrays.copyOf(values, 2));
        }
    }

    private static ByteBuffer floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private GgufFile small() {
        return GgufFile.open(GgufBytes.write(folder.resolve("small.gguf"), GgufFixture.of("small.gguf")));
    }

    /** The checksums of all rows of all tensors, each read alone. */
    static byte[] checksums(GgufFile file) {
        GgufBytes checksums = new GgufBytes();
        for (GgufTensor tensor : file.tensors()) {
            float[] row = new float[tensor.rowLength()];
            for (long i = 0; i < tensor.rows(); i++) {
                file.read(tensor, i, 1, row);
                checksums.int32(GgufFixture.checksum(row, 0, row.length));
            }
        }
        return checksums.array();
    }
}
