// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of some tables, each with its length, so that different lists of tables have different inputs. One thread. */
final class Fingerprint {

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Fingerprint add(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        return add(buffer.array());
    }

    Fingerprint add(byte[] values) {
        digest.update(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(values.length)
                .array());
        digest.update(values);
        return this;
    }

    Fingerprint add(List<String> values) {
        add(values.size());
        values.forEach(value -> add(value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** The 64 hexadecimal digits. The fingerprint must not be used afterwards. */
    String hexadecimal() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
