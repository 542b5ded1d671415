// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.file;

import java.util.Optional;

/** The element types that a safetensors file may hold. Weights are read from the first three. */
public enum TensorType {
    F32(4),
    F16(2),
    BF16(2),
    F64(8),
    F8_E4M3(1),
    F8_E5M2(1),
    I8(1),
    I16(2),
    I32(4),
    I64(8),
    U8(1),
    U16(2),
    U32(4),
    U64(8),
    BOOL(1);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** The bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether weights can be read from this type. */
    public boolean isWeight() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** The type of that name. */
    static Optional<TensorType> of(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
