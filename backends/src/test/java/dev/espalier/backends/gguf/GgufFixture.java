// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/** What {@code gguf_blocks.py} wrote with the package gguf. */
public final class GgufFixture {

    private GgufFixture() {}

    /** The content of a file. */
    public static byte[] of(String name) {
        try (InputStream file =
                Objects.requireNonNull(GgufFixture.class.getResourceAsStream("/gguf/" + name + ".gz"), name)) {
            return new GZIPInputStream(file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file of little-endian numbers. */
    public static ByteBuffer numbers(String name) {
        return ByteBuffer.wrap(of(name)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The CRC-32 of the bits of some values. */
    public static int checksum(float[] values, int from, int count) {
        ByteBuffer bits = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bits.asFloatBuffer().put(values, from, count);
        CRC32 checksum = new CRC32();
        checksum.update(bits);
        return (int) checksum.getValue();
    }
}
