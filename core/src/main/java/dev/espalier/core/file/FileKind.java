package dev.espalier.core.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A kind of prepared file.
 *
 * @param letter tells the kind apart: the fifth byte of a file
 * @param version the version of its tables; files of any other version are refused
 * @param name what it is called in messages: {@code "prepared vocabulary"}
 * @param remedy how such a file is made, for messages
 */
public record FileKind(char letter, int version, String name, String remedy) {

    /** The bytes that every file of the kind begins with. The first and the last ones do not survive a copy as text. */
    byte[] magic() {
        byte[] magic = "?ESP?\r\n\u001a".getBytes(StandardCharsets.US_ASCII);
        magic[0] = (byte) 0x89;
        magic[4] = (byte) letter;
        return magic;
    }

    /** Whether the first bytes of a file, as far as there are eight, are those of this kind, of whatever version. */
    public boolean begins(byte[] bytes) {
        int known = Math.min(8, bytes.length);
        return Arrays.equals(magic(), 0, known, bytes, 0, known);
    }
}
