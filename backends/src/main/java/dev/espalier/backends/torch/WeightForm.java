// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import java.util.Arrays;
import java.util.Locale;

/** The forms that programs keep weights in. The order is that of the numbers by which programs know them. */
public enum WeightForm {
    FLOAT32(4),
    FLOAT16(2),
    BFLOAT16(2),

    /** 8-bit integers, and a scale a row, beside 16-bit "brain" floats. */
    INT8(1),

    /** 4-bit integers, and a scale and a zero for each 32, beside 16-bit "brain" floats. */
    INT4(0.625);

    private final double bytes;

    WeightForm(double bytes) {
        this.bytes = bytes;
    }

    /** Whether weights are integers. */
    public boolean isInteger() {
        return this == INT8 || this == INT4;
    }

    /** The bytes of a tensor in this form. */
    public long bytes(long[] shape) {
        double scales = this == INT8 ? 2.0 * shape[0] : 0;
        return (long) (bytes * Arrays.stream(shape).reduce(1, (a, b) -> a * b) + scales);
    }

    /** The name for messages, such as {@code bfloat16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
