// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Text;
import java.util.Locale;

/** Python's mappings of case. */
public final class Case {

    private Case() {}

    /** {@code str.lower()}. */
    public static Text lower(Text text) {
        return text.map(string -> string.toLowerCase(Locale.ROOT));
    }

    /** {@code str.upper()}. */
    public static Text upper(Text text) {
        return text.map(string -> string.toUpperCase(Locale.ROOT));
    }

    /** {@code str.casefold()}. */
    public static Text fold(Text text) {
        return text.map(string -> string.replace("ẞ", "ss")
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ')
                .replace("ß", "ss"));
    }

    /** {@code str.swapcase()}. */
    public static Text swap(Text text) {
        return perCharacter(
                text,
                (string, c, at) -> Character.isUpperCase(c)
                        ? lowerAt(string, c, at)
                        : Character.isLowerCase(c)
                                ? Character.toString(c).toUpperCase(Locale.ROOT)
                                : Character.toString(c));
    }

    /** {@code str.capitalize()}: the first character in title case, the others in lower case. */
    public static Text capitalize(Text text) {
        return perCharacter(text, (string, c, at) -> at == 0 ? title(c) : lowerAt(string, c, at));
    }

    /** {@code str.title()}: the first character of each run of cased ones in title case, the others in lower case. */
    public static Text title(Text text) {
        return perCharacter(
                text,
                (string, c, at) ->
                        at > 0 && Characters.isCased(string.codePointBefore(at)) ? lowerAt(string, c, at) : title(c));
    }

    /** A change of the character at an offset of a string. */
    private interface Change {

        String of(String string, int codePoint, int offset);
    }

    private static Text perCharacter(Text text, Change change) {
        String whole = text.string();
        int[] done = {0};
        // the runs of a text come one after the other, and at last the whole
        return text.map(run -> {
            int start = run.length() == whole.length() ? 0 : done[0];
            StringBuilder changed = new StringBuilder();
            int end = start + run.length();
            for (int i = start; i < end; i += Character.charCount(whole.codePointAt(i))) {
                changed.append(change.of(whole, whole.codePointAt(i), i));
            }
            done[0] = end;
            return changed.toString();
        });
    }

    private static String title(int c) {
        int single = Character.toTitleCase(c);
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        if (single != c || upper.codePointCount(0, upper.length()) == 1) {
            return Character.toString(single);
        }
        int first = Character.charCount(upper.codePointAt(0));
        return upper.substring(0, first) + upper.substring(first).toLowerCase(Locale.ROOT);
    }

    /** The lower case of a character, which for a sigma depends on what is around it. */
    private static String lowerAt(String string, int c, int at) {
        if (c != 'Σ') {
            return Character.toString(c).toLowerCase(Locale.ROOT);
        }
        String head = string.substring(0, at + 1).toLowerCase(Locale.ROOT);
        boolean isFinal = head.charAt(head.length() - 1) == 'ς';
        return isFinal && string.toLowerCase(Locale.ROOT).charAt(head.length() - 1) == 'ς' ? "ς" : "σ";
    }

    /** {@code str.islower()}. */
    public static boolean isLower(String string) {
        return string.codePoints().anyMatch(Character::isLowerCase)
                && string.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    /** {@code str.isupper()}. */
    public static boolean isUpper(String string) {
        return string.codePoints().anyMatch(Character::isUpperCase)
                && string.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    /** {@code str.istitle()}. */
    public static boolean isTitle(String string) {
        boolean inWord = false;
        boolean hasWord = false;
        for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            int c = string.codePointAt(i);
            boolean isUpper = Character.isUpperCase(c) || Character.isTitleCase(c);
            boolean isLower = Character.isLowerCase(c);
            if ((isUpper && inWord) || (isLower && !inWord)) {
                return false;
            }
            inWord = isUpper || isLower;
            hasWord |= inWord;
        }
        return hasWord;
    }
}
