// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.Locale;

/** The numbers that weights are stored as, and that activations and cache are computed in. Logits are always 32-bit floats. */
public enum Precision {

    /**
     * {@link #FLOAT16} on a GPU. On a CPU {@link #BFLOAT16} for models above 50 million weights that are stored with at most its precision, if the
     * processor is known to be fast in it; else {@link #FLOAT32}.
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
     * in {@link #BFLOAT16}. On a CPU only.
     */
    INT4;

    /**
     * The code of the TorchScript program.
     *
     * @param isBrain whether {@link #AUTO} may be {@link #BFLOAT16}
     * @throws UnsupportedFeatureException if the device cannot compute in it
     */
    int code(ComputeDevice device, boolean isBrain) {
        if (device.cuda() && (this == INT8 || this == INT4)) {
            throw new UnsupportedFeatureException(
                    name().toLowerCase(Locale.ROOT),
                    "precision " + name().toLowerCase(Locale.ROOT)
                            + " is for a CPU; a GPU computes in float16, bfloat16 or float32",
                    Place.UNKNOWN);
        }
        return switch (this) {
            case AUTO -> device.cuda() ? 1 : isBrain ? 2 : 0;
            case FLOAT32 -> 0;
            case FLOAT16 -> 1;
            case BFLOAT16 -> 2;
            case INT8 -> 3;
            case INT4 -> 4;
        };
    }
}
