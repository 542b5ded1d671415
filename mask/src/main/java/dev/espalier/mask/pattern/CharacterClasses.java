// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Code points by class: two are in one class if no set of a pattern tells them apart. Immutable. */
final class CharacterClasses {

    /** The most sets that a pattern may have. */
    static final int MOST_SETS = 62;

    private static final int PAGE = 256;

    /** The class of each code point; pages of one class are shared. */
    private final byte[][] pages = new byte[(Character.MAX_CODE_POINT + 1) / PAGE][];

    /** For each class, the sets that have it, as bits. */
    private final List<Long> members = new ArrayList<>();

    private boolean tooMany;

    /**
     * The classes of some sets.
     *
     * @param highest the highest code point that a pattern names by itself
     */
    CharacterClasses(List<IntPredicate> sets, int highest) {
        Map<Long, Byte> numbers = new HashMap<>();
        Map<Byte, byte[]> uniform = new HashMap<>();
        for (int page = 0; page < pages.length; page++) {
            if (isLikeThePage(page, highest)) {
                pages[page] = pages[page - 1];
                continue;
            }
            byte[] classes = new byte[PAGE];
            boolean same = true;
            long last = -1;
            for (int i = 0; i < PAGE; i++) {
                long signature = signature(sets, page * PAGE + i);
                classes[i] = signature == last ? classes[i - 1] : numbers.computeIfAbsent(signature, this::add);
                last = signature;
                same &= classes[i] == classes[0];
            }
            pages[page] = same ? uniform.computeIfAbsent(classes[0], unused -> classes) : classes;
        }
    }

    /** Whether a page is like that before it: from U+40000 on, planes are empty or for private use, but for plane 14 and the last page of each. */
    private static boolean isLikeThePage(int page, int highest) {
        int first = page * PAGE;
        int within = first & 0xffff;
        return first > 0x40000 && first >> 16 != 14 && highest < 0x40000 && within != 0 && within != 0xff00;
    }

    private byte add(Long signature) {
        if (members.size() == PAGE) {
            tooMany = true;
            return 0;
        }
        members.add(signature);
        return (byte) (members.size() - 1);
    }

    private static long signature(List<IntPredicate> sets, int codePoint) {
        long signature = 0;
        for (int i = 0; i < sets.size(); i++) {
            signature |= sets.get(i).test(codePoint) ? 1L << i : 0;
        }
        return signature;
    }

    /** Whether the sets make more classes than there is room for, and some classes are not told apart. */
    boolean isTooMany() {
        return tooMany;
    }

    int of(int codePoint) {
        return pages[codePoint >> 8][codePoint & 0xff] & 0xff;
    }

    int count() {
        return members.size();
    }

    /** Whether a set has the code points of a class. */
    boolean isIn(int characterClass, int set) {
        return (members.get(characterClass) >> set & 1) != 0;
    }
}
