// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.grammar.CodePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which characters are one when case is ignored, by Unicode's simple case folding in the version of {@link UnicodeTable}, as ECMA-262 wants it
 * with the {@code u} flag.
 */
public final class CaseFolding {

    private static final int ASCII = 0x80;

    /** The characters that are not alone, when first needed. */
    private static final class Classes {

        static final Map<Integer, Integer> FOLDINGS = UnicodeTable.foldings();
        static final List<int[]> ALL = find();

        private static List<int[]> find() {
            Map<Integer, int[]> classes = new HashMap<>();
            FOLDINGS.forEach((c, folded) -> {
                int[] known = classes.getOrDefault(folded, new int[] {folded});
                int[] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = c;
                classes.put(folded, more);
            });
            return List.copyOf(classes.values());
        }
    }

    private CaseFolding() {}

    /** The character that stands for all that are one with it. The dotted and the dotless i have no simple folding. */
    public static int fold(int codePoint) {
        if (codePoint < ASCII) {
            return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
        }
        return Classes.FOLDINGS.getOrDefault(codePoint, codePoint);
    }

    /** A set with all characters that are one with one of its members. */
    public static CodePoints closure(CodePoints set) {
        List<Integer> more = new ArrayList<>();
        for (int[] members : Classes.ALL) {
            if (Arrays.stream(members).anyMatch(set::contains)) {
                for (int member : members) {
                    more.add(member);
                    more.add(member);
                }
            }
        }
        return set.union(CodePoints.ofRanges(more.stream().mapToInt(i -> i).toArray()));
    }
}
