// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import dev.espalier.backends.checkpoint.Checkpoint;

/** The forms that the program keeps weights in. */
public enum WeightForm {
    F32(4),
    F16(2),
    BF16(2),

    /** 8-bit integers, and a scale a row. */
    INT8(1),

    /** 4-bit integers, and a scale and a zero for each 32. */
    INT4(0.625);

    private final double bytes;

    WeightForm(double bytes) {
        this.bytes = bytes;
    }

    /** The form of a tensor under a code of the program's precision, as {@code bits_of} of the program has it. */
    public static WeightForm of(String name, int precision) {
        boolean isOuter = name.equals("model.embed_tokens.weight") || name.equals("lm_head.weight");
        boolean isMatrix = isOuter || name.endsWith("_proj.weight");
        if (precision <= BF16.ordinal()) {
            return values()[precision];
        }
        return !isMatrix ? BF16 : isOuter ? INT8 : values()[precision];
    }

    /** The bytes of a tensor in this form. */
    public long bytes(Checkpoint.Stored tensor) {
        long scales = this == INT8 ? 2 * tensor.shape()[0] : 0;
        return (long) (bytes * tensor.weights()) + scales;
    }
}
