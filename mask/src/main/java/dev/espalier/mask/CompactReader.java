package dev.espalier.mask;

import java.util.Arrays;

/** Reads what a {@link CompactWriter} wrote. One thread. */
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

    int[] numbers() {
        int[] values = new int[number()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number();
        }
        return values;
    }

    int[] rising() {
        int[] values = new int[number()];
        int before = 0;
        for (int i = 0; i < values.length; i++) {
            before += number();
            values[i] = before;
        }
        return values;
    }

    byte[] bytes() {
        int length = number();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
