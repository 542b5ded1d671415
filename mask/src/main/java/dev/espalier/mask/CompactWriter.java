package dev.espalier.mask;

import java.io.ByteArrayOutputStream;

/** Bytes with whole numbers of one to five bytes among them, small ones in few: seven bits each, the lowest first. One thread. */
final class CompactWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A number that is usually small; negative ones take five bytes. */
    void number(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
    }

    /** How many numbers there are, and each. */
    void numbers(int... values) {
        number(values.length);
        for (int value : values) {
            number(value);
        }
    }

    /** How many numbers there are, and by how much each is above the one before. */
    void rising(int... values) {
        number(values.length);
        int before = 0;
        for (int value : values) {
            number(value - before);
            before = value;
        }
    }

    /** How many bytes there are, and the bytes. */
    void bytes(byte[] more) {
        number(more.length);
        bytes.writeBytes(more);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
