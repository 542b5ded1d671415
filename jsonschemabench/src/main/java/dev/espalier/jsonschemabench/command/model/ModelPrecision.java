// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.backends.Precision;
import java.util.Locale;

/** The names of precisions on the command line. */
enum ModelPrecision {
    F32(Precision.FLOAT32),
    BF16(Precision.BFLOAT16),
    INT8(Precision.INT8),
    INT4(Precision.INT4);

    private final Precision value;

    ModelPrecision(Precision value) {
        this.value = value;
    }

    Precision value() {
        return value;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
