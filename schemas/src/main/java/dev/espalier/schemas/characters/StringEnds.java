// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.oracle.FastPath;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** The ends of contents of JSON strings that texts have right before a closing quotation mark, as characters. */
@FastPath(oracle = "JsonTextsTest")
final class StringEnds {

    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";
    private static final int DIGITS = 4;

    private StringEnds() {}

    /** From any character of a text on up to the next such mark; so with a text all its ends are in it, too. */
    static Set<String> of(Horizon.Texts texts) {
        Set<String> ends = new HashSet<>();
        byte[] blob = texts.blob();
        for (int id = 0; id < texts.count(); id++) {
            int last = texts.offset(id) + texts.length(id) - 1;
            while (last >= texts.offset(id) && blob[last] != '"') {
                last--;
            }
            for (int from = texts.offset(id); from < last; from++) {
                if ((blob[from] & 0xc0) != 0x80) {
                    addContents(blob, from, last, ends);
                }
            }
        }
        return Set.copyOf(ends);
    }

    /** Reads characters up to a mark that is not escaped; there is none where the text breaks off or is none of a string. */
    private static void addContents(byte[] blob, int from, int last, Set<String> ends) {
        StringBuilder contents = new StringBuilder();
        int at = from;
        while (at <= last && blob[at] != '"') {
            if (blob[at] != '\\') {
                int plain = at;
                while (at <= last && blob[at] != '"' && blob[at] != '\\') {
                    at++;
                }
                contents.append(new String(blob, plain, at - plain, StandardCharsets.UTF_8));
                continue;
            }
            int escape = at + 1 <= last ? ESCAPES.indexOf(blob[at + 1]) : -1;
            if (escape >= 0) {
                contents.append(ESCAPED.charAt(escape));
                at += 2;
            } else if (at + 1 + DIGITS <= last && blob[at + 1] == 'u') {
                contents.append((char) unit(blob, at + 2));
                at += 2 + DIGITS;
            } else {
                return;
            }
        }
        if (at <= last) {
            ends.add(contents.toString());
        }
    }

    private static int unit(byte[] blob, int from) {
        int unit = 0;
        for (int i = from; i < from + DIGITS; i++) {
            unit = unit << 4 | Character.digit(blob[i], 16) & 0xf;
        }
        return unit;
    }
}
