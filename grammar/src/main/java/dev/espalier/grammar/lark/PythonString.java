// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.grammar.lark.LarkNode.Spot;

/** What Lark makes of the escapes in strings and regular expressions: those that Python's strings have, in its own way. */
final class PythonString {

    private final String written;
    private final Spot spot;
    private final StringBuilder result = new StringBuilder();
    private int at;

    private PythonString(String written, Spot spot) {
        this.written = written;
        this.spot = spot;
    }

    /**
     * What stands for a text between quotes or slashes; backslashes that escape nothing that Lark knows are kept twice, for regular expressions.
     *
     * @throws dev.espalier.core.error.SyntaxException if an escape is malformed
     */
    static String evaluated(String inner, Spot spot) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            escaped.append(c);
            if (c == '\\') {
                i++;
                if (i == inner.length()) {
                    throw spot.source().error("a backslash at the end escapes nothing", spot.offset());
                }
                char next = inner.charAt(i);
                if (next == '\\') {
                    escaped.append("\\\\");
                } else if ("Uuxnftr".indexOf(next) < 0) {
                    escaped.append('\\');
                }
                escaped.append(next);
            }
        }
        String quoted = escaped.toString().replace("\\\"", "\"").replace("'", "\\'");
        return new PythonString(quoted, spot).read();
    }

    private String read() {
        while (at < written.length()) {
            char c = written.charAt(at++);
            if (c != '\\') {
                result.append(c);
            } else {
                escape(at < written.length() ? written.charAt(at++) : '\\');
            }
        }
        return result.toString();
    }

    private void escape(char letter) {
        switch (letter) {
            case '\\', '\'', '"' -> result.append(letter);
            case 'n' -> result.append('\n');
            case 'f' -> result.append('\f');
            case 't' -> result.append('\t');
            case 'r' -> result.append('\r');
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            default -> result.append('\\').append(letter);
        }
    }

    private void hex(int digits) {
        int end = at + digits;
        if (end > written.length() || !written.substring(at, end).matches("[0-9a-fA-F]*")) {
            throw spot.source().error("expected " + digits + " hexadecimal digits", spot.offset());
        }
        long value = Long.parseLong(written.substring(at, end), 16);
        if (value > Character.MAX_CODE_POINT
                || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw spot.source().error("an escape that stands for no character", spot.offset());
        }
        result.appendCodePoint((int) value);
        at = end;
    }
}
