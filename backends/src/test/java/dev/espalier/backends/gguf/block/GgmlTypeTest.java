// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.gguf.GgufFixture;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GgmlTypeTest {

    /** The blocks of a fixture whose values it has in full. */
    private static final int SHOWN = 8;

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfThePackageGgufBitForBit(GgmlType type) {
        ByteBuffer fixture = GgufFixture.numbers(type.name());
        int shown = SHOWN * type.weights() * Float.BYTES;
        int count = (fixture.capacity() - shown) / (type.bytes() + Integer.BYTES);
        byte[] blocks = Arrays.copyOf(fixture.array(), count * type.bytes());
        float[] values = new float[count * type.weights()];
        type.dequantise(blocks, 0, count, values, 0);
        fixture.position(blocks.length);
        for (int i = 0; i < SHOWN * type.weights(); i++) {
            assertEquals(hex(fixture.getFloat()), hex(values[i]), "weight " + i);
        }
        for (int i = 0; i < count; i++) {
            int checksum = GgufFixture.checksum(values, i * type.weights(), type.weights());
            assertEquals(fixture.getInt(), checksum, "block " + i);
        }
        assertEquals(0, fixture.remaining());
        assertTrue(count >= 120, "only " + count + " blocks");
    }

    @ParameterizedTest
    @EnumSource
    void blocksAreReadFromAnyPlaceAndWrittenToAny(GgmlType type) {
        byte[] blocks = Arrays.copyOf(GgufFixture.of(type.name()), 5 * type.bytes());
        float[] whole = new float[5 * type.weights()];
        type.dequantise(blocks, 0, 5, whole, 0);
        float[] part = new float[3 + 2 * type.weights() + 1];
        type.dequantise(blocks, 2 * type.bytes(), 2, part, 3);
        for (int i = 0; i < part.length; i++) {
            boolean inside = i >= 3 && i < 3 + 2 * type.weights();
            float expected = inside ? whole[2 * type.weights() + i - 3] : 0;
            assertEquals(hex(expected), hex(part[i]), "weight " + i);
        }
    }

    @Test
    void everyHalfHasItsValue() {
        byte[] half = new byte[2];
        float[] value = new float[1];
        for (int bits = 0; bits < 1 << 16; bits++) {
            half[0] = (byte) bits;
            half[1] = (byte) (bits >> 8);
            GgmlType.F16.dequantise(half, 0, 1, value, 0);
            assertEquals(hex(half(bits)), hex(value[0]), Integer.toHexString(bits));
        }
    }

    /** The value by the definition of IEEE 754: of an infinity, and of what is not a number, the bits are moved. */
    private static float half(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        float magnitude = exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
        if (exponent == 31) {
            magnitude = Float.intBitsToFloat(0x7f800000 | fraction << 13);
        }
        return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | (bits & 0x8000) << 16);
    }

    @ParameterizedTest
    @CsvSource({
        "0, F32, 1, 4",
        "1, F16, 1, 2",
        "2, Q4_0, 32, 18",
        "3, Q4_1, 32, 20",
        "6, Q5_0, 32, 22",
        "7, Q5_1, 32, 24",
        "8, Q8_0, 32, 34",
        "10, Q2_K, 256, 84",
        "11, Q3_K, 256, 110",
        "12, Q4_K, 256, 144",
        "13, Q5_K, 256, 176",
        "14, Q6_K, 256, 210",
        "30, BF16, 1, 2"
    })
    void typesHaveTheirNumbersAndSizes(int id, GgmlType type, int weights, int bytes) {
        assertEquals(Optional.of(type), GgmlType.of(id));
        assertEquals(weights, type.weights());
        assertEquals(bytes, type.bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "9, Q8_1",
        "15, Q8_K",
        "16, IQ2_XXS",
        "17, IQ2_XS",
        "18, IQ3_XXS",
        "19, IQ1_S",
        "20, IQ4_NL",
        "21, IQ3_S",
        "22, IQ2_S",
        "23, IQ4_XS",
        "24, I8",
        "25, I16",
        "26, I32",
        "27, I64",
        "28, F64",
        "29, IQ1_M",
        "34, TQ1_0",
        "35, TQ2_0",
        "39, MXFP4",
        "40, NVFP4",
        "41, Q1_0",
        "4, Q4_2",
        "31, Q4_0_4_4",
        "36, IQ4_NL_4_4",
        "12, Q4_K",
        "99, number 99",
        "-1, number 4294967295"
    })
    void otherTypesAreKnownByName(int id, String name) {
        assertEquals(name, GgmlType.nameOf(id));
        assertEquals(id == 12, GgmlType.of(id).isPresent());
    }

    private static String hex(float value) {
        return Integer.toHexString(Float.floatToRawIntBits(value));
    }
}
