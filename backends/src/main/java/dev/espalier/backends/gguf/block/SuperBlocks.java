// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

/**
 * Blocks of 256 weights, the K types: groups of 16 or 32 weights have small integers as scales and minima, which one or two
 * half-precision floats of the block multiply. A weight is {@code (d·scale)·q − (dmin·min)}, or without the minimum {@code (d·scale)·q}.
 *
 * <p>All go through eight runs of 32 weights; one byte holds codes, or bits of codes, of the same place in several runs.
 */
final class SuperBlocks {

    private static final int WEIGHTS = 256;
    private static final int RUNS = 8;
    private static final int RUN = 32;
    private static final int GROUP = 16;

    private SuperBlocks() {}

    /** 16 bytes of scales and minima, 64 of codes, {@code d}, {@code dmin}. */
    static void q2(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int scales = from + block * 84;
            float d = Floats.half(blocks, scales + 80);
            float dmin = Floats.half(blocks, scales + 82);
            for (int group = 0; group < 2 * RUNS; group++) {
                int run = group >> 1;
                int codes = scales + 16 + (run >> 2) * RUN + (group & 1) * GROUP;
                int shift = 2 * (run & 3);
                int first = to + block * WEIGHTS + group * GROUP;
                float scale = d * (blocks[scales + group] & 15);
                float min = dmin * (blocks[scales + group] >> 4 & 15);
                for (int i = 0; i < GROUP; i++) {
                    values[first + i] = scale * (blocks[codes + i] >> shift & 3) - min;
                }
            }
        }
    }

    /** 32 bytes of third bits, 64 of the lower two, 12 of scales, {@code d}. */
    static void q3(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int start = from + block * 110;
            float d = Floats.half(blocks, start + 108);
            for (int group = 0; group < 2 * RUNS; group++) {
                int run = group >> 1;
                int third = start + (group & 1) * GROUP;
                int codes = start + 32 + (run >> 2) * RUN + (group & 1) * GROUP;
                int shift = 2 * (run & 3);
                int first = to + block * WEIGHTS + group * GROUP;
                float scale = d * (scale3(blocks, start + 96, group) - 32);
                for (int i = 0; i < GROUP; i++) {
                    int code = blocks[codes + i] >> shift & 3 | (blocks[third + i] >> run & 1) << 2;
                    values[first + i] = scale * (code - 4);
                }
            }
        }
    }

    /** A scale of six bits: four from the first 8 bytes, two from the last 4. */
    private static int scale3(byte[] blocks, int scales, int group) {
        int low = blocks[scales + (group & 7)] >> 4 * (group >> 3) & 15;
        int high = blocks[scales + 8 + (group & 3)] >> 2 * (group >> 2) & 3;
        return low | high << 4;
    }

    /** {@code d}, {@code dmin}, 12 bytes of scales and minima, 128 of codes. */
    static void q4(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int start = from + block * 144;
            float d = Floats.half(blocks, start);
            float dmin = Floats.half(blocks, start + 2);
            for (int run = 0; run < RUNS; run++) {
                int codes = start + 16 + (run >> 1) * RUN;
                int shift = 4 * (run & 1);
                int first = to + block * WEIGHTS + run * RUN;
                float scale = d * scale(blocks, start + 4, run);
                float min = dmin * min(blocks, start + 4, run);
                for (int i = 0; i < RUN; i++) {
                    values[first + i] = scale * (blocks[codes + i] >> shift & 15) - min;
                }
            }
        }
    }

    /** The scale of a run of {@link #q4}, and what is added to it times its codes less 8. */
    static void scaleAndZero(byte[] blocks, int start, int run, float[] to, int at) {
        float scale = Floats.half(blocks, start) * scale(blocks, start + 4, run);
        to[at] = scale;
        to[at + 1] = 8 * scale - Floats.half(blocks, start + 2) * min(blocks, start + 4, run);
    }

    /** {@code d}, {@code dmin}, 12 bytes of scales and minima, 32 of fifth bits, 128 of the lower four. */
    static void q5(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int start = from + block * 176;
            int fifth = start + 16;
            float d = Floats.half(blocks, start);
            float dmin = Floats.half(blocks, start + 2);
            for (int run = 0; run < RUNS; run++) {
                int codes = start + 48 + (run >> 1) * RUN;
                int shift = 4 * (run & 1);
                int first = to + block * WEIGHTS + run * RUN;
                float scale = d * scale(blocks, start + 4, run);
                float min = dmin * min(blocks, start + 4, run);
                for (int i = 0; i < RUN; i++) {
                    int code = blocks[codes + i] >> shift & 15 | (blocks[fifth + i] >> run & 1) << 4;
                    values[first + i] = scale * code - min;
                }
            }
        }
    }

    /** The scale of a run, six bits: of the first four runs from their own byte, of the others from two places. */
    private static int scale(byte[] blocks, int scales, int run) {
        int own = blocks[scales + (run & 3)];
        return run < 4 ? own & 63 : blocks[scales + 8 + (run & 3)] & 15 | own >> 2 & 48;
    }

    /** The minimum of a run, as its scale. */
    private static int min(byte[] blocks, int scales, int run) {
        int own = blocks[scales + 4 + (run & 3)];
        return run < 4 ? own & 63 : blocks[scales + 8 + (run & 3)] >> 4 & 15 | own >> 2 & 48;
    }

    /** 128 bytes of lower four bits, 64 of upper two, 16 scales of eight bits, {@code d}. */
    static void q6(byte[] blocks, int from, int count, float[] values, int to) {
        for (int block = 0; block < count; block++) {
            int start = from + block * 210;
            float d = Floats.half(blocks, start + 208);
            for (int group = 0; group < 2 * RUNS; group++) {
                int run = group >> 1;
                int half = run >> 2;
                int low = start + half * 64 + (group & 3) * GROUP;
                int high = start + 128 + half * RUN + (group & 1) * GROUP;
                int lowShift = 4 * (run >> 1 & 1);
                int highShift = 2 * (run & 3);
                int first = to + block * WEIGHTS + group * GROUP;
                float scale = d * blocks[start + 192 + group];
                for (int i = 0; i < GROUP; i++) {
                    int code = blocks[low + i] >> lowShift & 15 | (blocks[high + i] >> highShift & 3) << 4;
                    values[first + i] = scale * (code - 32);
                }
            }
        }
    }
}
