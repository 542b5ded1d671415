// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.torch.WeightForm;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.Locale;

/** The numbers that weights are stored as, and that activations and cache are computed in. Logits are always 32-bit floats. */
public enum Precision {

    /**
     * {@link #FLOAT16} on a GPU. On a CPU that is not known to be fast in {@link #BFLOAT16}, and for models of fewer than 50 million weights, {@link
     * #FLOAT32}. Else it goes by the files: {@link #INT4} if the matrices of the layers have codes of at least 4 bits and most have 4, {@link
     * #BFLOAT16} if most weights are BF16 or otherwise quantised, {@link #FLOAT32} if they are F32 or F16. {@link LoadReport} says what was rounded.
     */
    AUTO,

    /** 32 bits. Exact for checkpoints of every supported type. */
    FLOAT32,

    /** 16 bits, range ±65,504. */
    FLOAT16,

    /** 16 bits, the range of {@link #FLOAT32} with 8 bits of precision. */
    BFLOAT16,

    /**
     * Weights of matrices as 8-bit integers with a scale for each row, computed in {@link #BFLOAT16}. On a CPU only. No activation is rounded to 8
     * bits: a row of a batch does not depend on the others.
     */
    INT8,

    /**
     * Weights of matrices as 4-bit integers with a scale and a zero for each 32 of a row, those of embedding and output as {@link #INT8}, computed
     * in {@link #BFLOAT16}. The codes of Q4_0, Q4_1 and Q4_K are kept, their scales and zeros rounded to {@link #BFLOAT16}; matrices with codes of
     * 5 to 8 bits become {@link #INT8}; others are rounded. On a CPU only.
     */
    INT4;

    /**
     * The form in which programs keep weights.
     *
     * @param automatic what {@link #AUTO} is on a CPU
     * @throws UnsupportedFeatureException if the device cannot compute in it
     */
    WeightForm form(ComputeDevice device, Precision automatic) {
        if (device.cuda() && (this == INT8 || this == INT4)) {
            throw new UnsupportedFeatureException(
                    name().toLowerCase(Locale.ROOT),
                    "precision " + name().toLowerCase(Locale.ROOT)
                            + " is for a CPU; a GPU computes in float16, bfloat16 or float32",
                    Place.UNKNOWN);
        }
        return switch (this) {
            case AUTO -> device.cuda() ? WeightForm.FLOAT16 : automatic.form(device, FLOAT32);
            case FLOAT32 -> WeightForm.FLOAT32;
            case FLOAT16 -> WeightForm.FLOAT16;
            case BFLOAT16 -> WeightForm.BFLOAT16;
            case INT8 -> WeightForm.INT8;
            case INT4 -> WeightForm.INT4;
        };
    }
}
