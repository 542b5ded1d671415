// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.CodePoints;
import java.util.function.IntFunction;

/** Sets of characters in brackets, and which characters are shown as they are. */
public final class ClassText {

    private ClassText() {}

    /**
     * A set with members as {@code [a-z]}, or by the others as {@code [^a-z]} where that is shorter.
     *
     * @param character how a bound is written
     */
    public static String of(CodePoints members, IntFunction<String> character) {
        CodePoints others = members.complement();
        boolean negate = !others.isEmpty() && others.rangeCount() < members.rangeCount();
        return (negate ? "[^" : "[") + ranges(negate ? others : members, character) + "]";
    }

    private static String ranges(CodePoints shown, IntFunction<String> character) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < shown.rangeCount(); i++) {
            text.append(character.apply(shown.first(i)));
            if (shown.last(i) > shown.first(i)) {
                text.append(shown.last(i) > shown.first(i) + 1 ? "-" : "");
                text.append(character.apply(shown.last(i)));
            }
        }
        return text.toString();
    }

    /** Whether a reader sees which character it is: letters, digits, signs; no blanks but the space, no marks, no controls. */
    public static boolean isVisible(int c) {
        if (c < 0x80) {
            return c >= ' ' && c < 0x7F;
        }
        return Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL;
    }

    /** A character by number, as C has it: <code>&#92;u0041</code> or {@code \\U0001F600}. */
    public static String numbered(int c) {
        return c <= 0xFFFF ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c);
    }
}
