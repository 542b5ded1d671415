// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.backends.gguf.GgufFixture;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes with scale and zero, against the values that are computed without them. */
class FourBitCodesTest {

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q4_1", "Q4_K"})
    void codesAndScalesMakeTheValues(GgmlType type) {
        int count = 120;
        byte[] blocks = Arrays.copyOf(GgufFixture.of(type.name()), count * type.bytes());
        float[] values = new float[count * type.weights()];
        type.dequantise(blocks, 0, count, values, 0);
        byte[] pairs = new byte[values.length / 2];
        float[] scales = new float[values.length / 16];
        type.codes(blocks, values.length / 32, pairs, scales);
        for (int i = 0; i < values.length; i++) {
            int code = pairs[i / 2] >> 4 * (i % 2) & 15;
            double scale = scales[i / 32 * 2];
            double zero = scales[i / 32 * 2 + 1];
            double bound = (Math.abs(8 * scale) + Math.abs(zero)) * 0x1p-23; // two roundings to 32-bit floats
            if (Double.isFinite(values[i]) && Double.isFinite(scale)) {
                assertEquals(values[i], (code - 8) * scale + zero, bound, "weight " + i);
            }
        }
    }
}
