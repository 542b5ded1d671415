// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Text;
import java.util.Locale;

/** Python's mappings of case. */
public final class Case {

    private static final String WORD_PUNCTUATION =
            "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

    private Case() {}

    /** {@code str.lower()}. */
    public static Text lower(Text text) {
        String string = text.string();
        return string.indexOf('Σ') < 0
                ? text.map(run -> run.toLowerCase(Locale.ROOT))
                : perCharacter(text, Case::lowerAt);
    }

    /** {@code str.upper()}. */
    public static Text upper(Text text) {
        return text.map(string -> string.toUpperCase(Locale.ROOT));
    }

    /** {@code str.casefold()}. */
    public static Text fold(Text text) {
        return text.map(string -> string.replace("ẞ", "ss")
                .replace('Σ', 'σ')
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
            for (int i = start; i < end; ) {
                int c = run.codePointAt(i - start);
                changed.append(change.of(whole, c, i));
                i += Character.charCount(c);
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

    /** The lower case of a character: a sigma after a letter with a case, and not before one, has a form of its own. */
    private static String lowerAt(String string, int c, int at) {
        if (c != 'Σ') {
            return Character.toString(c).toLowerCase(Locale.ROOT);
        }
        int before = at;
        while (before > 0 && isIgnored(string.codePointBefore(before))) {
            before -= Character.charCount(string.codePointBefore(before));
        }
        int after = at + 1;
        while (after < string.length() && isIgnored(string.codePointAt(after))) {
            after += Character.charCount(string.codePointAt(after));
        }
        boolean isFinal = before > 0
                && Characters.isCased(string.codePointBefore(before))
                && (after == string.length() || !Characters.isCased(string.codePointAt(after)));
        return isFinal ? "ς" : "σ";
    }

    /** Whether a character inside a word has no part in its case. */
    private static boolean isIgnored(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default -> WORD_PUNCTUATION.indexOf(c) >= 0;
        };
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
