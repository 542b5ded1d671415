// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.backends.gguf.block.GgmlType;

/**
 * A tensor: its name, type, shape, and the position of its first byte in its file.
 *
 * @param shape the sizes of the dimensions, that of a row last, as other formats have them (GGUF has the row's first); empty for a number
 */
public record GgufTensor(String name, GgmlType type, long[] shape, long position) {

    /** The number of weights in a row, at most 2²⁸. */
    public int rowLength() {
        return shape.length == 0 ? 1 : (int) shape[shape.length - 1];
    }

    /** The number of rows: the product of all dimensions but the last. */
    public long rows() {
        long rows = 1;
        for (int i = 0; i < shape.length - 1; i++) {
            rows *= shape[i];
        }
        return rows;
    }

    /** The number of bytes of a row. */
    public int rowBytes() {
        return rowLength() / type.weights() * type.bytes();
    }

    /** The number of bytes. */
    public long bytes() {
        return rows() * rowBytes();
    }
}
