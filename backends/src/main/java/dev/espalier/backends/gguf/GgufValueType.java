// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import java.util.Optional;

/** The types of metadata, in the order of their numbers in a file. */
public enum GgufValueType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(8),
    ARRAY(12),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private final int bytes;

    GgufValueType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<GgufValueType> of(int id) {
        return id < 0 || id >= values().length ? Optional.empty() : Optional.of(values()[id]);
    }

    /** The bytes of a value; of a string or an array those of an empty one, which are the fewest. */
    int bytes() {
        return bytes;
    }

    /** Whether all values have the same number of bytes. */
    boolean isFixed() {
        return this != STRING && this != ARRAY;
    }
}
