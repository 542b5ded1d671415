package dev.espalier.mask;

import java.util.Arrays;

/** Reads what a {@link CompactWriter} wrote; anything else ends in an {@link IndexOutOfBoundsException}. One thread. */
final class CompactReader {

    private final byte[] bytes;
    private int at;

    CompactReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** How many follow, each of at least a byte. */
    private int count() {
        int count = number();
        if (count < 0 || count > bytes.length - at) {
            throw new IndexOutOfBoundsException("there are no " + count + " more");
        }
        return count;
    }

    /** Bytes that are not read yet. */
    int left() {
        return bytes.length - at;
    }

    int[] numbers() {
        int[] values = new int[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number();
        }
        return values;
    }

    int[] rising() {
        int[] values = new int[count()];
        int before = 0;
        for (int i = 0; i < values.length; i++) {
            before += number();
            values[i] = before;
        }
        return values;
    }

    byte[] bytes() {
        int length = count();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
