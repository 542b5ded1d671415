// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

import dev.espalier.core.oracle.FastPath;

/**
 * The codes of 4 bits that blocks hold, with a scale and a zero for each 32 of them: a weight is {@code (code − 8)·scale + zero}. Codes, scales
 * and the zeros of Q4_0 are those of the file; other zeros are rounded to 32-bit floats.
 */
@FastPath(oracle = "FourBitCodesTest")
final class FourBitCodes {

    private static final int GROUP = 32;
    private static final int HALF = GROUP / 2;

    private FourBitCodes() {}

    /** Reads groups; byte {@code j} of the 16 of a group holds the code {@code 2j}, and above it {@code 2j + 1}. */
    static void read(GgmlType type, byte[] blocks, int groups, byte[] pairs, float[] scales) {
        int inBlock = type.weights() / GROUP;
        for (int group = 0; group < groups; group++) {
            int block = group / inBlock * type.bytes();
            int to = group * HALF;
            if (type == GgmlType.Q4_K) {
                int run = group % inBlock;
                SuperBlocks.scaleAndZero(blocks, block, run, scales, 2 * group);
                copy(blocks, block + 16 + (run >> 1) * GROUP, HALF, 4 * (run & 1), pairs, to);
            } else {
                boolean hasMinimum = type == GgmlType.Q4_1;
                float d = Floats.half(blocks, block);
                scales[2 * group] = d;
                scales[2 * group + 1] = hasMinimum ? Floats.half(blocks, block + 2) + 8 * d : 0;
                int codes = block + (hasMinimum ? 4 : 2); // the first half in lower bits, the second in upper ones
                copy(blocks, codes, HALF / 2, 0, pairs, to);
                copy(blocks, codes, HALF / 2, 4, pairs, to + HALF / 2);
            }
        }
    }

    /** Consecutive codes are at one place of consecutive bytes. */
    private static void copy(byte[] blocks, int from, int count, int shift, byte[] pairs, int to) {
        for (int j = 0; j < count; j++) {
            int low = blocks[from + 2 * j] >> shift & 15;
            int high = blocks[from + 2 * j + 1] >> shift & 15;
            pairs[to + j] = (byte) (low | high << 4);
        }
    }
}
