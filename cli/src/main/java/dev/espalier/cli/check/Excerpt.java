// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.check;

import java.nio.charset.StandardCharsets;

/** The line around a byte, with a caret below it. */
public final class Excerpt {

    private static final int BEFORE = 60;
    private static final int AFTER = 20;

    private Excerpt() {}

    /** Two lines: what stands around an offset on its line, and a caret. Control characters become blanks. */
    public static String of(byte[] text, int offset) {
        int start = offset;
        while (start > 0 && text[start - 1] != '\n' && offset - start < BEFORE) {
            start--;
        }
        while (start < offset && (text[start] & 0xC0) == 0x80) {
            start++;
        }
        int end = offset;
        while (end < text.length && text[end] != '\n' && end - offset < AFTER) {
            end++;
        }
        String before = shown(text, start, offset);
        return before + shown(text, offset, end) + "\n" + " ".repeat(before.codePointCount(0, before.length())) + "^";
    }

    private static String shown(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    }
}
