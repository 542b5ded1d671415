// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Sets of code points that patterns and normalizers name. */
public final class CharacterSets {

    /** Unicode's property White_Space. */
    public static final IntPredicate WHITE_SPACE = c -> (c >= '\t' && c <= '\r')
            || c == ' '
            || c == 0x85
            || c == 0xa0
            || c == 0x1680
            || (c >= 0x2000 && c <= 0x200a)
            || c == 0x2028
            || c == 0x2029
            || c == 0x202f
            || c == 0x205f
            || c == 0x3000;

    /** Letters, marks, decimal digits, connectors, and what else is alphabetic. */
    public static final IntPredicate WORD =
            c -> Character.isAlphabetic(c) || isIn(GeneralCategory.of(c), "L M Nd Nl Pc");

    /** The same with the two joiners, as Rust has it. */
    public static final IntPredicate RUST_WORD = WORD.or(c -> c == 0x200c || c == 0x200d);

    private CharacterSets() {}

    /** The code points of a general category ({@code L}, {@code Lu}) or a script ({@code Han}); empty for names that are neither. */
    public static Optional<IntPredicate> property(String name) {
        if (GeneralCategory.isOne(name)) {
            return Optional.of(c -> GeneralCategory.of(c).startsWith(name));
        }
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(name.toUpperCase(Locale.ROOT));
            return Optional.of(c -> Character.UnicodeScript.of(c) == script);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** The code points of a set and their other cases. */
    static IntPredicate ignoringCase(IntPredicate set) {
        return c -> set.test(c)
                || set.test(Character.toLowerCase(c))
                || set.test(Character.toUpperCase(c))
                || set.test(Character.toLowerCase(Character.toUpperCase(c)));
    }

    private static boolean isIn(String category, String categories) {
        for (String each : categories.split(" ")) {
            if (category.startsWith(each)) {
                return true;
            }
        }
        return false;
    }
}
