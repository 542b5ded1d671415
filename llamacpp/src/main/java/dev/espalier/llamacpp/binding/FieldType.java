// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import java.nio.ByteBuffer;

/** The types of the fields of structs, each aligned to its own size, as C compilers do on all 64-bit platforms. */
enum FieldType {
    INT(4),
    FLOAT(4),
    POINTER(8),
    BOOL(1);

    private final int bytes;

    FieldType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** The bits of a value that is written as in C: {@code 512}, {@code -1.0}, {@code true}; 0 is the null pointer. */
    long bits(String value) {
        return switch (this) {
            case INT -> Integer.parseInt(value);
            case FLOAT -> Float.floatToRawIntBits(Float.parseFloat(value));
            case POINTER -> Long.parseLong(value);
            case BOOL -> value.equals("true") ? 1 : 0;
        };
    }

    long read(ByteBuffer struct, int offset) {
        return switch (this) {
            case INT, FLOAT -> struct.getInt(offset);
            case POINTER -> struct.getLong(offset);
            case BOOL -> struct.get(offset);
        };
    }

    void write(ByteBuffer struct, int offset, long bits) {
        switch (this) {
            case INT, FLOAT -> struct.putInt(offset, (int) bits);
            case POINTER -> struct.putLong(offset, bits);
            case BOOL -> struct.put(offset, (byte) bits);
        }
    }

    /** Bits as text, for messages. */
    String text(long bits) {
        return switch (this) {
            case INT -> Long.toString(bits);
            case FLOAT -> Float.toString(Float.intBitsToFloat((int) bits));
            case POINTER -> "0x" + Long.toHexString(bits);
            case BOOL -> bits == 0 ? "false" : bits == 1 ? "true" : Long.toString(bits);
        };
    }
}
