// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.CodePoints;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Sets of characters in brackets, and which characters are shown as they are. */
public final class ClassText {

    private ClassText() {}

    /**
     * A set with members as {@code [a-z]}, or by the others as {@code [^a-z]} where that is shorter.
     *
     * @param character how a bound is written
     */
    public static String of(CodePoints members, IntFunction<String> character) {
        return of(members, character, first -> true);
    }

    /**
     * {@link #of(CodePoints, IntFunction)} in two parts.
     *
     * @param comesFirst which ranges are put in front of the others, by their first character
     */
    public static String of(CodePoints members, IntFunction<String> character, IntPredicate comesFirst) {
        CodePoints others = members.complement();
        boolean negate = !others.isEmpty() && others.rangeCount() < members.rangeCount();
        CodePoints shown = negate ? others : members;
        StringBuilder text = new StringBuilder();
        StringBuilder last = new StringBuilder();
        for (int i = 0; i < shown.rangeCount(); i++) {
            range(shown.first(i), shown.last(i), character, comesFirst.test(shown.first(i)) ? text : last);
        }
        return (negate ? "[^" : "[") + text + last + "]";
    }

    private static void range(int first, int last, IntFunction<String> character, StringBuilder text) {
        text.append(character.apply(first));
        if (last > first) {
            text.append(last > first + 1 ? "-" : "").append(character.apply(last));
        }
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
