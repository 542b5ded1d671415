// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Family;
import dev.espalier.backends.Refusal;
import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.checkpoint.HuggingFaceConfig;
import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    private static final String FILE = "model.safetensors";
    private static final String GOOD =
            "{'__metadata__':{'format':'pt'},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                    + "'b':{'dtype':'BF16','shape':[2,1],'data_offsets':[8,12]}}";

    @Test
    void tensorsAreReadInTheOrderOfTheFile() {
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        SafetensorsFile file = open(file(GOOD, data));
        List<String> seen = new ArrayList<>();
        file.read(name -> true, (entry, offset, chunk) -> {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            int from = (int) entry.begin();
            assertArrayEquals(Arrays.copyOfRange(data, from, from + bytes.length), bytes);
            seen.add(entry.name() + entry.type() + Arrays.toString(entry.shape()) + offset);
        });
        assertEquals(List.of("aF32[2]0", "bBF16[2, 1]0"), seen);
    }

    @Test
    void unwantedTensorsAreSkipped() {
        List<String> seen = new ArrayList<>();
        open(file(GOOD, new byte[12])).read("b"::equals, (entry, offset, chunk) -> seen.add(entry.name()));
        assertEquals(List.of("b"), seen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'dtype':'F99','shape':[2],'data_offsets':[0,8]}}|tensor a has the unknown element type F99",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}|tensor a of type F32 and shape [3]",
                "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,8]}}|does not fill",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}|non-negative integers at #/a/shape",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|expected data_offsets [begin, end]",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}|expected data_offsets [begin, end]",
                "{'a':{'dtype':'F32','shape':[1e999999999],'data_offsets':[0,8]}}|non-negative integers",
                "{'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}}|non-negative integers",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|tensor a begins at byte 4, after a hole",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|too long",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}|truncated: expected 16 bytes of data",
                "{'a':{'shape':[2],'data_offsets':[0,8]}}|#/a/dtype is missing",
                "{'a':{'dtype':'F32','data_offsets':[0,8]}}|#/a/shape is missing",
                "{'a':{'dtype':'F32','shape':[2]}}|#/a/data_offsets is missing",
                "{'a':7}|expected an object at #/a",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}"
                        + "|appears twice",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}"
                        + "|tensor b begins at byte 4, inside another tensor",
                "[1]|expected a JSON object",
                "{'a':|not JSON",
                "nonsense|not JSON"
            })
    void aHeaderThatIsNotSoundIsRefused(String header, String message) {
        String thrown = Refusal.of(() -> open(file(header, new byte[8])));
        assertTrue(thrown.startsWith("test/" + FILE) && thrown.contains(message), thrown);
    }

    @Test
    void aHeaderLongerThanTheFileIsRefusedBeforeItIsRead() {
        for (long length : new long[] {Long.MAX_VALUE, -1, 1L << 40, 99_999_999, 21, 1}) {
            byte[] bytes = ByteBuffer.allocate(28)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            String thrown = Refusal.of(() -> open(bytes));
            assertTrue(thrown.contains("the header's length is given as"), thrown);
        }
    }

    @Test
    void aFileCutAnywhereIsRefusedWhetherItsLengthIsKnownOrNot() {
        byte[] whole = file(GOOD, new byte[12]);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(ModelException.class, () -> open(cut), "cut to " + length);
            FileSource unknown = new Bytes(cut, false);
            assertThrows(
                    ModelException.class,
                    () -> SafetensorsFile.open(unknown, FILE).read(name -> true, (entry, offset, chunk) -> {}));
        }
    }

    @Test
    void damagedFilesGiveTypedErrorsOrTensorsOfTheRightSize() throws IOException {
        byte[] whole = Family.of("llama3").source().open(FILE).readAllBytes();
        ModelConfig config = HuggingFaceConfig.read(Family.of("llama3").source(), 0);
        long seed = 20261120;
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                damaged[random.nextInt(random.nextBoolean() ? 8 : 2400)] = (byte) random.nextInt(256);
            }
            try {
                Checkpoint.safetensors(new Bytes(damaged, true), config).read((name, shape, type, offset, chunk) -> {});
            } catch (EspalierException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
        assertTrue(refused > 300, "refused " + refused);
    }

    private static SafetensorsFile open(byte[] content) {
        return SafetensorsFile.open(new Bytes(content, true), FILE);
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }

    private record Bytes(byte[] content, boolean sized) implements FileSource {

        @Override
        public boolean contains(String name) {
            return name.equals(FILE);
        }

        @Override
        public InputStream open(String name) {
            return new ByteArrayInputStream(content);
        }

        @Override
        public OptionalLong size(String name) {
            return sized ? OptionalLong.of(content.length) : OptionalLong.empty();
        }

        @Override
        public String describe(String name) {
            return "test/" + name;
        }
    }
}
