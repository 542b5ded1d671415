// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable byte string, a value with equality by content. */
public final class ByteString implements Comparable<ByteString> {

    /** The empty byte string. */
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of some bytes. */
    public static ByteString of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
    }

    /** The UTF-8 bytes of a text. */
    public static ByteString utf8(String text) {
        return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Its length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The byte at an index, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Copies the bytes into an array, from an offset on. The array must have room for them. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /** The text that these bytes encode in UTF-8; ill-formed parts become U+FFFD. */
    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toUtf8();
    }
}
