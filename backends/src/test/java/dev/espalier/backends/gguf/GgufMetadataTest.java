// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufMetadataTest {

    @TempDir
    Path folder;

    @Test
    void valuesOfEachTypeAreRead() {
        GgufMetadata metadata = small();
        assertEquals("llama", metadata.get("general.architecture").text());
        assertEquals(250, metadata.get("a.uint8").integer());
        assertEquals(-5, metadata.get("a.int8").integer());
        assertEquals(65000, metadata.get("a.uint16").integer());
        assertEquals(-500, metadata.get("a.int16").integer());
        assertEquals(4000000000L, metadata.get("a.uint32").integer());
        assertEquals(-70000, metadata.get("a.int32").integer());
        assertEquals(1L << 40, metadata.get("a.uint64").integer());
        assertEquals(-(1L << 40), metadata.get("a.int64").integer());
        assertEquals(0.1f, metadata.get("a.float32").number());
        assertEquals(0.1, metadata.get("a.float64").number());
        assertEquals(250.0, metadata.get("a.uint8").number());
        assertTrue(metadata.get("a.bool").flag());
        assertEquals("Zürich 🙂", metadata.get("a.string").text());
    }

    @Test
    void arraysOfEachTypeAreRead() {
        GgufMetadata metadata = small();
        assertArrayEquals(new long[] {0, 255}, metadata.get("b.uint8").integers());
        assertArrayEquals(new long[] {-128, 127}, metadata.get("b.int8").integers());
        assertArrayEquals(new long[] {0, 65535}, metadata.get("b.uint16").integers());
        assertArrayEquals(new long[] {-32768, 32767}, metadata.get("b.int16").integers());
        assertArrayEquals(new long[] {0, 4294967295L}, metadata.get("b.uint32").integers());
        assertArrayEquals(
                new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
                metadata.get("b.int32").integers());
        assertArrayEquals(
                new long[] {0, Long.MAX_VALUE}, metadata.get("b.uint64").integers());
        assertArrayEquals(
                new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
                metadata.get("b.int64").integers());
        assertArrayEquals(new double[] {0.5, -1.25}, metadata.get("b.float32").numbers());
        assertArrayEquals(new double[] {0.1, 1e300}, metadata.get("b.float64").numbers());
        assertEquals(List.of("", "a", "ﬁ", "🙂"), metadata.get("b.strings").texts());
        assertEquals(
                List.of(true, false, true),
                metadata.get("b.bools").elements().map(GgufValue::flag).toList());
        List<GgufValue> nested = metadata.get("b.nested").elements().toList();
        assertArrayEquals(new long[] {1, 2}, nested.get(0).integers());
        assertArrayEquals(new long[] {3}, nested.get(1).integers());
    }

    @Test
    void keysStayInTheOrderOfTheFile() {
        assertEquals(
                List.of("general.architecture", "general.alignment", "a.uint8", "a.int8"),
                small().keys().stream().limit(4).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.string | integer | key a.string: expected an integer, found the type STRING",
                "a.float32 | integer | key a.float32: expected an integer, found the type FLOAT32",
                "a.uint64.large | integer | key a.uint64.large: expected an integer below 2^63, found 18446744073709551615",
                "a.int8 | size | key a.int8: expected an integer from 0 to 100, found -5",
                "a.uint8 | size | key a.uint8: expected an integer from 0 to 100, found 250",
                "a.bool | number | key a.bool: expected a number, found the type BOOL",
                "a.uint8 | text | key a.uint8: expected a string, found the type UINT8",
                "a.uint8 | flag | key a.uint8: expected true or false, found the type UINT8",
                "a.string | texts | key a.string: expected an array, found the type STRING",
                "b.strings | integers | key b.strings[0]: expected an integer, found the type STRING",
                "b.uint8 | texts | key b.uint8[0]: expected a string, found the type UINT8",
                "b.nested | numbers | key b.nested[0]: expected a number, found the type ARRAY",
                "absent | text | key absent is missing"
            })
    void aValueOfAnotherKindIsRefusedWithFileAndKey(String key, String accessor, String message) {
        Consumer<GgufValue> access = switch (accessor) {
            case "integer" -> GgufValue::integer;
            case "size" -> value -> value.integer(0, 100);
            case "number" -> GgufValue::number;
            case "flag" -> GgufValue::flag;
            case "texts" -> GgufValue::texts;
            case "integers" -> GgufValue::integers;
            case "numbers" -> GgufValue::numbers;
            default -> GgufValue::text;
        };
        GgufMetadata metadata = small();
        String thrown = Refusal.of(() -> access.accept(metadata.get(key)));
        assertTrue(thrown.contains("small.gguf: " + message), thrown);
    }

    @Test
    void textThatIsNotUtf8IsRefusedWhenItIsAskedFor() {
        GgufBytes bytes = GgufBytes.file(0, 1)
                .text("a")
                .int32(GgufBytes.ARRAY)
                .int32(GgufBytes.STRING)
                .int64(2);
        try (GgufFile file =
                GgufFile.open(bytes.text("b").int64(1).raw((byte) 0xff).in(folder))) {
            GgufValue value = file.metadata().get("a");
            String thrown = Refusal.of(value::texts);
            assertTrue(thrown.endsWith("model.gguf: key a[1]: expected UTF-8"), thrown);
            assertEquals("b", value.elements().findFirst().orElseThrow().text());
        }
    }

    @Test
    void aFlagIsZeroOrOne() {
        try (GgufFile file = GgufFile.open(
                GgufBytes.file(0, 1).text("a").int32(7).raw((byte) 2).in(folder))) {
            String thrown = Refusal.of(file.metadata().get("a")::flag);
            assertTrue(thrown.contains("key a: expected true or false"), thrown);
        }
    }

    private GgufMetadata small() {
        Path path = GgufBytes.write(folder.resolve("small.gguf"), GgufFixture.of("small.gguf"));
        try (GgufFile file = GgufFile.open(path)) {
            return file.metadata();
        }
    }
}
