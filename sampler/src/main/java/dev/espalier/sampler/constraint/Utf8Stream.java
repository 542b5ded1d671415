// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A decoder of UTF-8 that arrives in pieces: a character is held back until its last byte is there. What is no UTF-8
 * becomes U+FFFD. One thread at a time.
 */
public final class Utf8Stream {

    private byte[] held = new byte[0];

    /** The text that is now certain; may be empty. */
    public String append(byte[] bytes) {
        byte[] all = Arrays.copyOf(held, held.length + bytes.length);
        System.arraycopy(bytes, 0, all, held.length, bytes.length);
        int whole = wholeCharacters(all);
        held = Arrays.copyOfRange(all, whole, all.length);
        return new String(all, 0, whole, StandardCharsets.UTF_8);
    }

    /** What is held back, as text: should nothing follow, it is no character any more. */
    public String rest() {
        return new String(held, StandardCharsets.UTF_8);
    }

    /** Gives {@link #rest()} out. */
    public String finish() {
        String rest = rest();
        held = new byte[0];
        return rest;
    }

    /** The length of the longest prefix that does not end inside a character. */
    public static int wholeCharacters(byte[] bytes) {
        int lead = bytes.length - 1;
        while (lead >= 0 && bytes.length - lead < 4 && (bytes[lead] & 0xC0) == 0x80) {
            lead--;
        }
        if (lead < 0) {
            return bytes.length;
        }
        return lead + sequenceLength(bytes[lead] & 0xff) > bytes.length ? lead : bytes.length;
    }

    private static int sequenceLength(int lead) {
        if (lead >= 0xF0 && lead <= 0xF4) {
            return 4;
        }
        if (lead >= 0xE0 && lead < 0xF0) {
            return 3;
        }
        return lead >= 0xC2 && lead < 0xE0 ? 2 : 1;
    }
}
