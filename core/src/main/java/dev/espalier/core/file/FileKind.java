// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A kind of prepared file.
 *
 * @param letter the fifth byte of a file, which distinguishes the kinds
 * @param version the version of its tables; files of any other version are refused
 * @param name its name in messages: {@code "prepared vocabulary"}
 * @param remedy the advice, in messages, on how such a file is made
 */
public record FileKind(char letter, int version, String name, String remedy) {

    /** The bytes with which every file of the kind begins. The first and the last ones do not survive a copy as text. */
    byte[] magic() {
        byte[] magic = "?ESP?\r\n\u001a".getBytes(StandardCharsets.US_ASCII);
        magic[0] = (byte) 0x89;
        magic[4] = (byte) letter;
        return magic;
    }

    /** Whether the first bytes of a file, up to eight, are those of this kind in any version. */
    public boolean begins(byte[] bytes) {
        int known = Math.min(8, bytes.length);
        return Arrays.equals(magic(), 0, known, bytes, 0, known);
    }
}
