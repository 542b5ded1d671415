// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf.block;

/** The values of the blocks of one type. */
@FunctionalInterface
interface BlockDecoder {

    /**
     * Computes values.
     *
     * @param blocks bytes of a file
     * @param from the index of the first byte of the first block
     * @param count the number of blocks
     * @param values where the values are put
     * @param to the index of the first value
     */
    void decode(byte[] blocks, int from, int count, float[] values, int to);
}
