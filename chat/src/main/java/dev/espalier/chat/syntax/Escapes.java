// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

/** Escapes in the strings of templates: those of Python. */
final class Escapes {

    private static final int MOST_OCTAL = 3;

    private Escapes() {}

    /** The value of the string between two offsets. */
    static String decode(Source source, int from, int to) {
        String text = source.text();
        StringBuilder value = new StringBuilder();
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c != '\\') {
                value.append(c);
                at++;
            } else {
                at = escape(source, at, to, value);
            }
        }
        return value.toString();
    }

    private static int escape(Source source, int at, int to, StringBuilder value) {
        char c = source.text().charAt(at + 1);
        int simple = "\\'\"abfnrtv".indexOf(c);
        if (simple >= 0) {
            value.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(simple));
            return at + 2;
        }
        return switch (c) {
            case '\n' -> at + 2;
            case 'x' -> number(source, at, at + 4, to, value);
            case 'u' -> number(source, at, at + 6, to, value);
            case 'U' -> number(source, at, at + 10, to, value);
            case 'N' -> named(source, at, to, value);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(source.text(), at + 1, to, value);
            default -> unknown(c, at, value);
        };
    }

    /** An escape that means nothing stays as it is; past ASCII it shows the character's number, as in jinja2. */
    private static int unknown(char c, int at, StringBuilder value) {
        if (c < 0x80) {
            value.append('\\').append(c);
        } else {
            value.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
        }
        return at + 2;
    }

    private static int number(Source source, int at, int end, int to, StringBuilder value) {
        String digits = source.text().substring(at + 2, Math.min(end, to));
        if (end > to || !digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
            throw source.error("expected " + (end - at - 2) + " hexadecimal digits", at);
        }
        long code = Long.parseLong(digits, 16);
        if (code > Character.MAX_CODE_POINT) {
            throw source.error("no character has the number " + digits, at);
        }
        value.appendCodePoint((int) code);
        return end;
    }

    private static int named(Source source, int at, int to, StringBuilder value) {
        int end = source.text().indexOf('}', at);
        if (end < 0 || end >= to || source.text().charAt(at + 2) != '{') {
            throw source.error("expected the name of a character in braces", at);
        }
        try {
            value.appendCodePoint(Character.codePointOf(source.text().substring(at + 3, end)));
        } catch (IllegalArgumentException unknown) {
            throw source.error("no character has this name", at);
        }
        return end + 1;
    }

    private static int octal(String text, int from, int to, StringBuilder value) {
        int code = 0;
        int at = from;
        while (at < to && at < from + MOST_OCTAL && text.charAt(at) >= '0' && text.charAt(at) <= '7') {
            code = 8 * code + text.charAt(at) - '0';
            at++;
        }
        value.append((char) code);
        return at;
    }
}
