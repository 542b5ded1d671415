// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Refusal;
import dev.espalier.backends.gguf.block.GgmlType;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LyingGgufTest implements CountedTrials {

    private static final int Q4_0 = 2;

    @TempDir
    Path folder;

    private int refused;
    private int read;

    static Stream<Arguments> beginnings() {
        return Stream.of(
                lie("not a GGUF file", new GgufBytes().text("{\"a\": 1}")),
                lie("expected 4 bytes at byte 0, found 0. Is the file complete?", new GgufBytes()),
                lie("big-endian", new GgufBytes().raw(bytes("GGUF")).int32(3 << 24)),
                lie(
                        "version 1 of GGUF is not supported",
                        new GgufBytes().raw(bytes("GGUF")).int32(1)),
                lie(
                        "version 0 of GGUF is not supported",
                        new GgufBytes().raw(bytes("GGUF")).int32(0)),
                lie("given as 18446744073709551615, for which the 8 bytes", GgufBytes.file(-1, 0)),
                lie("given as 4611686018427387904, for which the 0 bytes", GgufBytes.file(0, 1L << 62)));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                lie(
                        "key 0 of 1: expected 1152921504606846976 bytes at byte 32",
                        key().int64(1L << 60).int64(0)),
                lie(
                        "key 0 of 1: expected 18446744073709551615 bytes at byte 32",
                        key().int64(-1).int64(0)),
                lie(
                        "key 0 of 1: expected UTF-8 in the name",
                        key().int64(1).raw((byte) 0xff).int32(4).int32(0)),
                lie(
                        "key a: the type is given as 13; expected 0 to 12",
                        key().text("a").int32(13).int32(0)),
                lie(
                        "key a: the type is given as 4294967295",
                        key().text("a").int32(-1).int32(0)),
                lie("key a appears twice", GgufBytes.file(0, 2).number("a", 1).number("a", 1)),
                lie("key aaaaaaaaaaaa", key().text("a".repeat(1000)).int32(99).int32(0)));
    }

    static Stream<Arguments> values() {
        GgufBytes nested = GgufBytes.file(0, 1).text("a").int32(GgufBytes.ARRAY);
        for (int i = 0; i < 100; i++) {
            nested.int32(GgufBytes.ARRAY).int64(1);
        }
        return Stream.of(
                lie(
                        "key a: expected 8 bytes at byte 37, found 2",
                        key().text("a").int32(10).raw((byte) 0, (byte) 0)),
                lie(
                        "key a: expected 99 bytes",
                        key().text("a").int32(GgufBytes.STRING).int64(99)),
                lie(
                        "key a: the number of elements is given as 3, for which the 8",
                        array().int32(4).int64(3).int64(0)),
                lie(
                        "key a: the number of elements is given as 2305843009213693952",
                        array().int32(0).int64(1L << 61)),
                lie(
                        "key a: expected 7 bytes",
                        array().int32(GgufBytes.STRING).int64(1).int64(7)),
                lie("key a: more than 8 arrays in each other", nested),
                lie("general.alignment: expected a power of two up to 2^30, found 0", aligned(0)),
                lie("general.alignment: expected a power of two up to 2^30, found 48", aligned(48)),
                lie("general.alignment: expected a power of two up to 2^30, found 2147483648", aligned(1 << 31)),
                lie(
                        "general.alignment: expected an integer",
                        key().text("general.alignment").int32(0x8).text("x")));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                lie("tensor a: the number of dimensions is given as 5", one(0, 0, 1, 1, 1, 1, 1)),
                lie(
                        "tensor a: the number of dimensions is given as 4294967295",
                        GgufBytes.file(1, 0).text("a").int32(-1).data(32, 64)),
                lie("tensor a of type F32 has the shape [0]", one(0, 0, 0)),
                lie("tensor a of type F32 has the shape [-1]", one(0, 0, -1)),
                lie("tensor a of type F32 has the shape [536870912]", one(0, 0, 1 << 29)),
                lie("tensor a of type F32 has the shape [4294967296, 4294967296, 2]", one(0, 0, 2, 1L << 32, 1L << 32)),
                lie("tensor a of type F32 has the shape [2305843009213693951, 4]", one(0, 0, 4, (1L << 61) - 1)),
                lie("tensor a of type Q4_0 has the shape [33]; expected", one(Q4_0, 0, 33)),
                lie("tensor a of type Q4_0 has the shape []", one(Q4_0, 0)));
    }

    static Stream<Arguments> places() {
        return Stream.of(
                lie(
                        "tensor a: expected 8 bytes",
                        GgufBytes.file(1, 0)
                                .text("a")
                                .int32(1)
                                .int64(4)
                                .int32(0)
                                .int32(0)),
                lie("tensor a needs 128 bytes from byte 64; the file has 128 bytes", one(0, 0, 32)),
                lie("tensor a needs 4 bytes from byte 128", one(0, 64, 1)),
                lie("tensor a begins at byte 4 of the data; expected a multiple of the alignment, 32", one(0, 4, 1)),
                lie("tensor a needs 4 bytes from byte 9223372036854775840", one(0, Long.MAX_VALUE - 31, 1)),
                lie("tensor a needs 4 bytes from byte 32", one(0, -32, 1)),
                lie(
                        "tensor a appears twice",
                        GgufBytes.file(2, 0)
                                .tensor("a", 0, 0, 1)
                                .tensor("a", 0, 32, 1)
                                .data(32, 64)),
                lie(
                        "tensor a begins inside the tensor b",
                        GgufBytes.file(2, 0)
                                .tensor("b", 0, 0, 9)
                                .tensor("a", 0, 32, 1)
                                .data(32, 64)),
                lie(
                        "tensor b begins inside the tensor a",
                        GgufBytes.file(2, 0)
                                .tensor("a", 0, 32, 1)
                                .tensor("b", 0, 32, 1)
                                .data(32, 64)));
    }

    private static Arguments lie(String message, GgufBytes file) {
        return Arguments.of(message, file.array());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static GgufBytes key() {
        return GgufBytes.file(0, 1);
    }

    private static GgufBytes array() {
        return key().text("a").int32(GgufBytes.ARRAY);
    }

    private static GgufBytes aligned(int alignment) {
        return key().number("general.alignment", alignment);
    }

    /** A file of one tensor and 64 bytes of data. */
    private static GgufBytes one(int type, long offset, long... dimensions) {
        return GgufBytes.file(1, 0).tensor("a", type, offset, dimensions).data(32, 64);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"beginnings", "keys", "values", "shapes", "places"})
    void aFileThatIsNotSoundIsRefused(String message, byte[] content) {
        Path path = GgufBytes.write(folder.resolve("model.gguf"), content);
        String thrown = Refusal.of(() -> GgufFile.open(path));
        assertTrue(thrown.contains("model.gguf: ") && thrown.contains(message), thrown);
        assertTrue(thrown.length() < 400 + path.toString().length(), thrown);
    }

    @Test
    void typesThatAreNotReadAreRefusedByName() {
        for (int id = 0; id < 50; id++) {
            if (GgmlType.of(id).isEmpty()) {
                Path path = one(id, 0, 256).in(folder);
                String thrown = Refusal.of(() -> GgufFile.open(path));
                String message =
                        "model.gguf: tensor a has the type " + GgmlType.nameOf(id) + ", which is not supported";
                assertTrue(thrown.contains(message), thrown);
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        String thrown = Refusal.of(() -> GgufFile.open(folder.resolve("absent.gguf")));
        assertTrue(thrown.contains("absent.gguf: cannot be read: "), thrown);
        assertThrows(ModelException.class, () -> GgufFile.open(folder));
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        byte[] whole = GgufFixture.of("split-00003-of-00003.gguf");
        byte[] single = new String(whole, StandardCharsets.ISO_8859_1)
                .replace("split.", "other.")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int length = 0; length < single.length; length++) {
            Path path = GgufBytes.write(folder.resolve("model.gguf"), Arrays.copyOf(single, length));
            assertThrows(ModelException.class, () -> GgufFile.open(path), "cut to " + length);
        }
    }

    @RandomTrials(500)
    void aDamagedFileGivesTypedErrorsOrRows(long seed, Random random) {
        byte[] damaged = damaged(GgufFixture.of("small.gguf"), random);
        try (GgufFile file = GgufFile.open(GgufBytes.write(folder.resolve(seed + ".gguf"), damaged))) {
            for (String key : file.metadata().keys()) {
                if (!key.equals("a.uint64.large")) {
                    touch(file.metadata().get(key));
                }
            }
            GgufFileTest.checksums(file);
            read++;
        } catch (ModelException e) {
            refused++;
        }
    }

    /** Some bytes changed, a number replaced by a large one, bytes added or removed, or the end cut off. */
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        int header = 2200;
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(random.nextInt(8) == 0 ? damaged.length - 8 : header);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> Arrays.fill(damaged, at, at + 1 + random.nextInt(8), (byte) -random.nextInt(2));
                case 2 -> System.arraycopy(damaged, at, damaged, at + 1, damaged.length - at - 1);
                default -> System.arraycopy(damaged, at + 1, damaged, at, damaged.length - at - 1);
            }
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }

    private static void touch(GgufValue value) {
        switch (value.type()) {
            case STRING -> value.text();
            case ARRAY -> value.elements().forEach(LyingGgufTest::touch);
            case BOOL -> value.flag();
            case FLOAT32, FLOAT64 -> value.number();
            default -> value.integer();
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(refused > 250 && read > 25, refused + " refused, " + read + " read");
    }
}
