// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.espalier.backends.Refusal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class SplitGgufTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeParts() {
        for (int number = 1; number <= 3; number++) {
            GgufBytes.write(
                    part(number), GgufFixture.of(part(number).getFileName().toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void allTensorsAreFoundFromAnyPart(int number) {
        try (GgufFile file = GgufFile.open(part(number))) {
            List<String> names = file.tensors().stream().map(GgufTensor::name).toList();
            assertEquals(
                    List.of("blk.0.weight", "blk.1.weight", "blk.2.weight", "blk.3.weight", "blk.4.weight"), names);
            assertEquals("split", file.metadata().get("general.name").text());
            assertArrayEquals(GgufFixture.of("split.rows"), GgufFileTest.checksums(file));
        }
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        Files.delete(part(2));
        String thrown = Refusal.of(() -> GgufFile.open(part(1)));
        assertTrue(thrown.contains("split-00002-of-00003.gguf: missing: part 2 of 3"), thrown);
    }

    @Test
    void aPartOfAnotherPlaceIsRefused() throws IOException {
        Files.copy(part(1), part(2), StandardCopyOption.REPLACE_EXISTING);
        String thrown = Refusal.of(() -> GgufFile.open(part(1)));
        assertTrue(thrown.contains("split-00002-of-00003.gguf: key split.no: expected 1, found 0"), thrown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"model.gguf", "split-00001-of-00004.gguf", "split-1-of-3.gguf", "split-00004-of-00003.gguf"})
    void aPartMustHaveTheNameOfOne(String name) throws IOException {
        Files.move(part(1), folder.resolve(name));
        String thrown = Refusal.of(() -> GgufFile.open(folder.resolve(name)));
        assertTrue(thrown.contains(name + ": is one of 3 parts; expected a name that ends in -00001-of-00003"), thrown);
    }

    @ParameterizedTest
    @CsvSource({
        "1, split.tensors.count, 9, key split.tensors.count: expected 9",
        "2, split.tensors.count, 9, 'split-00002-of-00003.gguf: key split.tensors.count: expected 5, found 9'",
        "3, split.count, 2, 'split-00003-of-00003.gguf: key split.count: expected 3, found 2'",
        "3, split.no, 1, 'split-00003-of-00003.gguf: key split.no: expected 2, found 1'",
        "3, split.tensors.count, -1, 'split-00003-of-00003.gguf: key split.tensors.count: expected an integer from 0'"
    })
    void numbersThatDisagreeAreRefused(int number, String key, int value, String message) throws IOException {
        change(number, key, value);
        String thrown = Refusal.of(() -> GgufFile.open(part(1)));
        assertTrue(thrown.contains(message), thrown);
    }

    @Test
    void tensorsThatAreNotThereAreMissed() throws IOException {
        for (int number = 1; number <= 3; number++) {
            change(number, "split.tensors.count", 6);
        }
        String thrown = Refusal.of(() -> GgufFile.open(part(2)));
        assertTrue(thrown.contains("split.tensors.count: expected 5, found 6"), thrown);
    }

    @Test
    void aTensorInTwoPartsIsRefused() throws IOException {
        byte[] content = Files.readAllBytes(part(3));
        content[indexOf(content, "blk.4.weight") + 4] = '1';
        Files.write(part(3), content);
        String thrown = Refusal.of(() -> GgufFile.open(part(1)));
        assertTrue(
                thrown.contains("split-00003-of-00003.gguf: tensor blk.1.weight is in an earlier part, too"), thrown);
    }

    @Test
    void aModelThatIsRefusedLeavesNoFileOpen() throws IOException {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            throw new TestAbortedException("the system does not count open files");
        }
        Files.write(part(3), new byte[100]);
        long before = system.getOpenFileDescriptorCount();
        for (int i = 0; i < 200; i++) {
            Refusal.of(() -> GgufFile.open(part(2)));
        }
        long left = system.getOpenFileDescriptorCount() - before;
        assertTrue(left < 100, left + " files are open");
    }

    @Test
    void aSinglePartMayHaveAnyName() {
        Path path = GgufBytes.file(0, 1).number("split.count", 1).in(folder);
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(1, file.metadata().get("split.count").integer());
        }
    }

    private Path part(int number) {
        return folder.resolve("split-0000" + number + "-of-00003.gguf");
    }

    /** Changes the value of a key, of 16 or 32 bits. */
    private void change(int number, String key, int value) throws IOException {
        byte[] content = Files.readAllBytes(part(number));
        int at = indexOf(content, key) + key.length() + 4;
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (key.equals("split.tensors.count")) {
            bytes.putInt(at, value);
        } else {
            bytes.putShort(at, (short) value);
        }
        Files.write(part(number), content);
    }

    private static int indexOf(byte[] content, String text) {
        return new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
