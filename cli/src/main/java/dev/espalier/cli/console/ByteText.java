// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes for people to read: text in quotes where they are UTF-8, hexadecimal where not. */
public final class ByteText {

    private ByteText() {}

    /** The bytes in double quotes, control characters and ill-formed bytes as escapes. */
    public static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            decoded.codePoints().forEach(c -> append(text, c));
        } catch (CharacterCodingException e) {
            for (byte b : bytes) {
                if (b >= 0x20 && b < 0x7f) {
                    append(text, b);
                } else {
                    text.append(String.format("\\x%02X", b & 0xff));
                }
            }
        }
        return text.append('"').toString();
    }

    private static void append(StringBuilder text, int c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < 0x20 || c == 0x7f) {
                    text.append(String.format("\\x%02X", c));
                } else {
                    text.appendCodePoint(c);
                }
            }
        }
    }
}
