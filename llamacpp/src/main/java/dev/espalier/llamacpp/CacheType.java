// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

/** The numbers that keys and values are kept as, and attention is computed in. */
public enum CacheType {
    /** Floats of 16 bits, llama.cpp's own choice, with its fused kernels of attention. */
    FLOAT16(1),
    /** Floats of 32 bits, for comparisons. Twice as large, and slower. */
    FLOAT32(0);

    private final int ggmlType;

    CacheType(int ggmlType) {
        this.ggmlType = ggmlType;
    }

    int ggmlType() {
        return ggmlType;
    }
}
