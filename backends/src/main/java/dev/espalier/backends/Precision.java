// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

/** The floating-point type of weights, cache and activations. Logits are always 32-bit floats. */
public enum Precision {

    /** {@link #FLOAT32} on a CPU, {@link #FLOAT16} on a GPU. */
    AUTO,

    /** 32 bits. Exact for checkpoints of every supported type. */
    FLOAT32,

    /** 16 bits, range ±65,504. */
    FLOAT16,

    /** 16 bits, the range of {@link #FLOAT32} with 8 bits of precision. */
    BFLOAT16;

    /** The code of the TorchScript program. */
    int code(ComputeDevice device) {
        return switch (this) {
            case AUTO -> device.cuda() ? 1 : 0;
            case FLOAT32 -> 0;
            case FLOAT16 -> 1;
            case BFLOAT16 -> 2;
        };
    }
}
