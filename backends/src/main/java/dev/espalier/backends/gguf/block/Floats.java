// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Weights that are floats, and the scales of those that are not. */
final class Floats {

    private Floats() {}

    static void f32(byte[] blocks, int from, int count, float[] values, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(blocks, from, count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().get(values, to, count);
    }

    static void f16(byte[] blocks, int from, int count, float[] values, int to) {
        for (int i = 0; i < count; i++) {
            values[to + i] = half(blocks, from + 2 * i);
        }
    }

    static void bf16(byte[] blocks, int from, int count, float[] values, int to) {
        for (int i = 0; i < count; i++) {
            int at = from + 2 * i;
            values[to + i] = Float.intBitsToFloat((blocks[at] & 255) << 16 | blocks[at + 1] << 24);
        }
    }

    /**
     * The half-precision float at an index.
     *
     * <p>Its exponent and fraction are those of a 32-bit float that is too small by the difference of the biases, 127 − 15; the product is
     * exact, and subnormal numbers become normal by it. Infinities, and what is not a number, keep their bits.
     */
    static float half(byte[] bytes, int at) {
        int bits = bytes[at] & 255 | bytes[at + 1] << 8;
        int magnitude = (bits & 0x7fff) << 13;
        int exact = magnitude < 0x7c00 << 13
                ? Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * 0x1p112f)
                : magnitude | 0x7f800000;
        return Float.intBitsToFloat(exact | bits & 0x80000000);
    }
}
