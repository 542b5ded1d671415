// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts and bytes, each told apart from what follows it. */
final class Digest {

    private static final int SHOWN = 16;

    private final MessageDigest digest;

    Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(byte[] bytes) {
        return new Digest().add(bytes).text();
    }

    Digest add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }

    Digest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    Digest add(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    /** The first 64 bits. */
    long number() {
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** The first 128 bits, in hexadecimal digits. */
    String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, SHOWN);
    }
}
