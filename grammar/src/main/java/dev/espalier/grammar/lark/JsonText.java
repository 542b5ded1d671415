// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.grammar.lark.LarkNode.Spot;

/** Strings with JSON's escapes and {@code \xHH}, as llguidance has them. */
final class JsonText {

    private JsonText() {}

    /** What stands for a text between quotes. */
    static String unescaped(String inner, Spot spot) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            char letter = ++i < inner.length() ? inner.charAt(i) : ' ';
            int simple = "\"\\/bfnrt".indexOf(letter);
            int digits = letter == 'u' ? 4 : letter == 'x' ? 2 : 0;
            if (simple >= 0) {
                result.append("\"\\/\b\f\n\r\t".charAt(simple));
            } else if (digits > 0
                    && i + digits < inner.length()
                    && inner.substring(i + 1, i + 1 + digits).matches("[0-9a-fA-F]+")) {
                result.append((char) Integer.parseInt(inner.substring(i + 1, i + 1 + digits), 16));
                i += digits;
            } else {
                throw spot.source()
                        .error(
                                "expected one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uHHHH \\xHH",
                                spot.offset());
            }
        }
        return result.toString();
    }
}
