// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.core.error.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a header, read one after the other. No count or length in them is believed before it is compared with the bytes that are
 * left.
 */
final class HeaderBytes {

    /** The longest header that is read. Those of large vocabularies have some 15 MB; more would only fill the heap. */
    static final int MOST = 32 << 20;

    /** The arrays that may be around a value. No known model has one in another. */
    private static final int MOST_NESTED = 8;

    private final ByteBuffer bytes;
    private String where;

    /**
     * Bytes from the beginning of a buffer to its limit.
     *
     * @param where the file, and the key if they are those of a value, for messages
     */
    HeaderBytes(String where, ByteBuffer bytes) {
        this.where = where;
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Says what is read next, for messages. */
    void enter(String place) {
        where = place;
    }

    int position() {
        return bytes.position();
    }

    int int32() {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    long int64() {
        need(Long.BYTES);
        return bytes.getLong();
    }

    /** The number of things that follow, each of which has at least so many bytes. */
    int count(int least) {
        long count = int64();
        if (Long.compareUnsigned(count, bytes.remaining() / least) > 0) {
            throw new ModelException(where + ": the number of elements is given as " + Long.toUnsignedString(count)
                    + ", for which the " + bytes.remaining() + " bytes that are left have no room" + hint());
        }
        return (int) count;
    }

    /** A string: its length in bytes, and UTF-8. */
    String text() {
        ByteBuffer text = value(GgufValueType.STRING);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(text.position(Long.BYTES))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelException(where + ": expected UTF-8 in the name at byte " + (position() - text.limit()), e);
        }
    }

    GgufValueType valueType() {
        int id = int32();
        return GgufValueType.of(id)
                .orElseThrow(() -> new ModelException(where + ": the type is given as " + Integer.toUnsignedString(id)
                        + "; expected 0 to " + (GgufValueType.values().length - 1)));
    }

    /** Reads over a value and returns its bytes, in which all lengths are sound. */
    ByteBuffer value(GgufValueType type) {
        int start = position();
        skip(type, 0);
        return bytes.slice(start, position() - start).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(GgufValueType type, int depth) {
        switch (type) {
            case STRING -> skip(int64());
            case ARRAY -> skipArray(depth + 1);
            default -> skip(type.bytes());
        }
    }

    private void skipArray(int depth) {
        if (depth > MOST_NESTED) {
            throw new ModelException(where + ": more than " + MOST_NESTED + " arrays in each other");
        }
        GgufValueType type = valueType();
        int count = count(type.bytes());
        if (type.isFixed()) {
            skip((long) count * type.bytes());
        } else {
            for (int i = 0; i < count; i++) {
                skip(type, depth);
            }
        }
    }

    private void skip(long length) {
        need(length);
        bytes.position(position() + (int) length);
    }

    private void need(long length) {
        if (Long.compareUnsigned(length, bytes.remaining()) > 0) {
            throw new ModelException(where + ": expected " + Long.toUnsignedString(length) + " bytes at byte "
                    + position() + ", found " + bytes.remaining() + hint());
        }
    }

    private String hint() {
        return bytes.limit() < MOST ? ". Is the file complete?" : "; the header must end within the first 32 MiB";
    }
}
