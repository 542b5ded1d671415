// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

/**
 * Blocks of 32 weights with one scale {@code d}, and of types that end in 1 with a minimum {@code m}: a weight is {@code d·q} or
 * {@code d·q + m} of its code {@code q}. Byte {@code i} of the codes holds four bits of the weights {@code i} and {@code i + 16}; a fifth
 * bit is in a field of 32 bits before them.
 */
final class SmallBlocks {

    private static final int WEIGHTS = 32;
    private static final int HALF = WEIGHTS / 2;

    private SmallBlocks() {}

    static void q4_0(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int codes = from + block * 18 + 2;
            int first = to + block * WEIGHTS;
            float d = Floats.half(blocks, codes - 2);
            for (int i = 0; i < HALF; i++) {
                int pair = blocks[codes + i];
                values[first + i] = d * ((pair & 15) - 8);
                values[first + HALF + i] = d * ((pair >> 4 & 15) - 8);
            }
        }
    }

    static void q4_1(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int codes = from + block * 20 + 4;
            int first = to + block * WEIGHTS;
            float d = Floats.half(blocks, codes - 4);
            float m = Floats.half(blocks, codes - 2);
            for (int i = 0; i < HALF; i++) {
                int pair = blocks[codes + i];
                values[first + i] = d * (pair & 15) + m;
                values[first + HALF + i] = d * (pair >> 4 & 15) + m;
            }
        }
    }

    static void q5_0(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int codes = from + block * 22 + 6;
            int first = to + block * WEIGHTS;
            float d = Floats.half(blocks, codes - 6);
            int fifth = fifthBits(blocks, codes - 4);
            for (int i = 0; i < HALF; i++) {
                int pair = blocks[codes + i];
                values[first + i] = d * ((pair & 15 | fifth >> i << 4 & 16) - 16);
                values[first + HALF + i] = d * ((pair >> 4 & 15 | fifth >> i + HALF << 4 & 16) - 16);
            }
        }
    }

    static void q5_1(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int codes = from + block * 24 + 8;
            int first = to + block * WEIGHTS;
            float d = Floats.half(blocks, codes - 8);
            float m = Floats.half(blocks, codes - 6);
            int fifth = fifthBits(blocks, codes - 4);
            for (int i = 0; i < HALF; i++) {
                int pair = blocks[codes + i];
                values[first + i] = d * (pair & 15 | fifth >> i << 4 & 16) + m;
                values[first + HALF + i] = d * (pair >> 4 & 15 | fifth >> i + HALF << 4 & 16) + m;
            }
        }
    }

    static void q8_0(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int codes = from + block * 34 + 2;
            int first = to + block * WEIGHTS;
            float d = Floats.half(blocks, codes - 2);
            for (int i = 0; i < WEIGHTS; i++) {
                values[first + i] = d * blocks[codes + i];
            }
        }
    }

    private static int fifthBits(byte[] blocks, int at) {
        return blocks[at] & 255 | (blocks[at + 1] & 255) << 8 | (blocks[at + 2] & 255) << 16 | blocks[at + 3] << 24;
    }
}
