// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An encoding of bytes as text that {@code contentEncoding} names: padded, without white space. Source: RFC 4648.
 *
 * @param alphabet the characters, by value
 * @param bits the number of bits for which a character stands
 * @param pattern the pattern that the whole text matches
 */
record ContentEncoding(String alphabet, int bits, String pattern) {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String LETTERS_AND_DIGITS = LETTERS + LETTERS.toLowerCase(Locale.ROOT) + DIGITS;
    private static final String HEX = DIGITS + "ABCDEF";
    private static final int BYTE = 8;

    /** The encodings by name. A text is a row of groups of characters that stand for whole bytes, the last of which may be padded. */
    private static final Map<String, ContentEncoding> BY_NAME = Map.of(
            "base64", new ContentEncoding(LETTERS_AND_DIGITS + "+/", 6, base64("[A-Za-z0-9+/]")),
            "base64url", new ContentEncoding(LETTERS_AND_DIGITS + "-_", 6, base64("[A-Za-z0-9_-]")),
            "base32", new ContentEncoding(LETTERS + "234567", 5, base32("[A-Z2-7]")),
            "base32hex", new ContentEncoding(DIGITS + LETTERS.substring(0, 22), 5, base32("[0-9A-V]")),
            "base16", new ContentEncoding(HEX, 4, "(?:[0-9A-F]{2})*"));

    /** The encoding of a name, whatever its case; null if it is not known. */
    static @Nullable ContentEncoding of(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    private static String base64(String one) {
        return "(?:%1$s{4})*(?:%1$s{2}==|%1$s{3}=)?".formatted(one);
    }

    private static String base32(String one) {
        return "(?:%1$s{8})*(?:%1$s{2}={6}|%1$s{4}={4}|%1$s{5}={3}|%1$s{7}=)?".formatted(one);
    }

    /** The bytes of a text that matches the pattern; bits that fill no byte are dropped. */
    byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int held = 0;
        int count = 0;
        for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
            held = held << bits | alphabet.indexOf(text.charAt(i));
            count += bits;
            if (count >= BYTE) {
                count -= BYTE;
                bytes.write(held >> count);
                held &= (1 << count) - 1;
            }
        }
        return bytes.toByteArray();
    }
}
