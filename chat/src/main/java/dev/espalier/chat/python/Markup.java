// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;

/** HTML escapes, which the filters {@code escape} and {@code safe} deal with. */
public final class Markup {

    private Markup() {}

    /** A text as markup: escaped unless it is some already. */
    public static Text escape(Text text, Meter meter) {
        return text.isMarkup() ? text : escapeAlways(text, meter);
    }

    /** A text with its characters {@code & < > " '} escaped. */
    public static Text escapeAlways(Text text, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        String string = text.string();
        int start = 0;
        for (int i = 0; i < string.length(); i++) {
            String escape = switch (string.charAt(i)) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&#34;";
                case '\'' -> "&#39;";
                default -> "";
            };
            if (!escape.isEmpty()) {
                out.append(text, start, i).append(escape, text.isTrusted(i));
                start = i + 1;
            }
        }
        return out.append(text, start, string.length()).toText().asMarkup(true);
    }
}
