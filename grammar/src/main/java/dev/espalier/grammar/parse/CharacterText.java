// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.grammar.CodePoints;

/** Characters as GBNF writes them, for messages. */
public final class CharacterText {

    private static final int MOST_RANGES = 8;

    private CharacterText() {}

    /** One of some characters, a letter or a sign if there is one. */
    static int example(CodePoints members) {
        CodePoints printable = members.intersect(CodePoints.range('!', '~'));
        CodePoints letters = printable.intersect(CodePoints.range('a', 'z'));
        CodePoints best = !letters.isEmpty() ? letters : !printable.isEmpty() ? printable : members;
        return best.first(0);
    }

    /** One character in quotes, several in brackets; of many ranges the first. */
    public static String of(CodePoints members) {
        if (members.rangeCount() == 1 && members.first(0) == members.last(0)) {
            return "\"" + escaped(members.first(0), "\"") + "\"";
        } else if (members.equals(CodePoints.ALL)) {
            return "any character";
        }
        CodePoints others = members.complement();
        boolean isNegated = others.rangeCount() < members.rangeCount();
        CodePoints shown = isNegated ? others : members;
        StringBuilder text = new StringBuilder(isNegated ? "[^" : "[");
        for (int range = 0; range < Math.min(MOST_RANGES, shown.rangeCount()); range++) {
            text.append(escaped(shown.first(range), "]^-"));
            if (shown.last(range) > shown.first(range)) {
                text.append(shown.last(range) > shown.first(range) + 1 ? "-" : "")
                        .append(escaped(shown.last(range), "]^-"));
            }
        }
        return text.append(shown.rangeCount() > MOST_RANGES ? "…]" : "]").toString();
    }

    private static String escaped(int c, String special) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default ->
                special.indexOf(c) >= 0
                        ? "\\" + Character.toString(c)
                        : Character.isISOControl(c) || c > 0x7E && !Character.isLetterOrDigit(c)
                                ? String.format("\\u{%X}", c)
                                : Character.toString(c);
        };
    }
}
