package dev.espalier.mask.pattern;

import java.util.Arrays;

/** Unicode's general category of a code point, by its short name. */
final class GeneralCategory {

    /** The names by the numbers of {@link Character#getType(int)}. */
    private static final String[] NAMES = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "",
        "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
    };

    private GeneralCategory() {}

    static String of(int codePoint) {
        return NAMES[Character.getType(codePoint)];
    }

    /** Whether a name is that of a category, or its first letter. */
    static boolean isOne(String name) {
        return !name.isEmpty() && Arrays.stream(NAMES).anyMatch(each -> each.startsWith(name));
    }
}
