// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The rules for characters in internationalised names, in the Unicode version of the running platform. Source: RFC 5892; the joining types are
 * those of the Unicode Character Database, version 15.
 */
final class IdnaCharacters {

    private static final Pattern ALWAYS = Pattern.compile("[-0-9a-z\\x{DF}\\x{3C2}\\x{6FD}\\x{6FE}\\x{F0B}\\x{3007}]");

    /** The characters that are allowed only beside certain neighbours. */
    private static final Pattern IN_CONTEXT = Pattern.compile(
            "[\\x{B7}\\x{375}\\x{5F3}\\x{5F4}\\x{30FB}\\x{660}-\\x{669}" + "\\x{6F0}-\\x{6F9}\\x{200C}\\x{200D}]");

    private static final Pattern NEVER =
            Pattern.compile("[\\x{640}\\x{7FA}\\x{302E}\\x{302F}\\x{3031}-\\x{3035}\\x{303B}"
                    // conjoining jamo
                    + "\\x{1100}-\\x{11FF}\\x{A960}-\\x{A97C}\\x{D7B0}-\\x{D7FB}"
                    // default ignorable
                    + "\\x{AD}\\x{34F}\\x{61C}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2000}-\\x{206F}\\x{3164}\\x{FE00}-\\x{FE0F}"
                    + "\\x{FEFF}\\x{FFA0}\\x{FFF0}-\\x{FFF8}\\x{1BCA0}-\\x{1BCA3}\\x{E0000}-\\x{E0FFF}"
                    // blocks of marks for symbols and of music
                    + "\\x{20D0}-\\x{20FF}\\x{1D100}-\\x{1D1FF}\\x{1D200}-\\x{1D24F}]");

    private static final Pattern LETTERS = Pattern.compile("[\\p{Ll}\\p{Lu}\\p{Lo}\\p{Nd}\\p{Lm}\\p{Mn}\\p{Mc}]");

    private static final String BEFORE = """
            620 626 628 62a-62e 633-63f 641-647 649-64a 66e-66f 678-687 69a-6bf 6c1-6c2 6cc 6ce 6d0-6d1 6fa-6fc 6ff 712-714
            71a-71d 71f-727 729 72b 72d-72e 74e-758 75c-76a 76d-770 772 775-777 77a-77f 7ca-7ea 841-845 848 84a-853 855 860
            862-865 868 886 889-88d 8a0-8a9 8af-8b0 8b3-8b8 8ba-8c8 1807 1820-1878 1887-18a8 18aa a840-a872 10ac0-10ac4 10acd
            10ad3-10adc 10ade-10ae0 10aeb-10aee 10b80 10b82 10b86-10b88 10b8a-10b8b 10b8d 10b90 10bad-10bae 10d00-10d21 10d23
            10f30-10f32 10f34-10f44 10f51-10f53 10f70-10f73 10f76-10f81 10fb0 10fb2-10fb3 10fb8 10fbb-10fbc 10fbe-10fbf 10fc1
            10fc4 10fca-10fcb 1e900-1e943
            """;

    private static final String AFTER_ONLY = """
            622-625 627 629 62f-632 648 671-673 675-677 688-699 6c0 6c3-6cb 6cd 6cf 6d2-6d3 6d5 6ee-6ef 710 715-719 71e 728 72a
            72c 72f 74d 759-75b 76b-76c 771 773-774 778-779 840 846-847 849 854 856-858 867 869-86a 870-882 88e 8aa-8ac 8ae
            8b1-8b2 8b9 10ac5 10ac7 10ac9-10aca 10ace-10ad2 10add 10ae1 10ae4 10aef 10b81 10b83-10b85 10b89 10b8c 10b8e-10b8f
            10b91 10ba9-10bac 10d22 10f33 10f54 10f74-10f75 10fb4-10fb6 10fb9-10fba 10fbd 10fc2-10fc3 10fc9
            """;

    /** A letter that joins the next letter, a zero-width non-joiner, and a letter that joins the previous one; marks between them do not count. */
    static final Pattern JOINED = Pattern.compile("[" + ranges(BEFORE) + "][\\p{Mn}\\p{Me}\\x{1E94B}]*\\x{200C}"
            + "[\\p{Mn}\\p{Me}\\x{1E94B}]*[" + ranges(BEFORE) + ranges(AFTER_ONLY) + "]");

    private IdnaCharacters() {}

    private static String ranges(String table) {
        return table.strip().replaceAll("([0-9a-f]+)", "\\\\x{$1}").replaceAll("\\s+", "");
    }

    /** Whether a character may stand in a label if its neighbours allow it. */
    static boolean isAllowed(int codePoint) {
        String one = Character.toString(codePoint);
        if (ALWAYS.matcher(one).matches() || IN_CONTEXT.matcher(one).matches()) {
            return true;
        }
        return !NEVER.matcher(one).matches() && LETTERS.matcher(one).matches() && isStable(one);
    }

    private static boolean isStable(String one) {
        String compatible = Normalizer.normalize(one, Normalizer.Form.NFKC);
        return one.equals(Normalizer.normalize(folded(compatible), Normalizer.Form.NFKC));
    }

    private static String folded(String text) {
        int first = text.codePointAt(0);
        if (first == 0x131) {
            return text;
        }
        boolean cherokee = Character.UnicodeScript.of(first) == Character.UnicodeScript.CHEROKEE;
        String upper = text.toUpperCase(Locale.ROOT);
        return cherokee ? upper : upper.toLowerCase(Locale.ROOT);
    }

    /** Whether a mark is a virama: its combining class is 9, between those of U+3099 (8) and U+05B0 (10), as the order after normalisation shows. */
    static boolean isVirama(int codePoint) {
        String one = Character.toString(codePoint);
        return Character.getType(codePoint) != Character.UNASSIGNED
                && codePoint != 0x5B0
                && codePoint != 0x3099
                && Normalizer.normalize(one + "\u3099", Normalizer.Form.NFD).startsWith("\u3099")
                && Normalizer.normalize("\u05B0" + one, Normalizer.Form.NFD).startsWith(one);
    }
}
