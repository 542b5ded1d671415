// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.CodePoints;

/**
 * The UTF-8 encodings of a set of code points as edges over ranges of bytes, as in RE2's compiler: every range of code points is split
 * where the length or a leading byte changes. Continuation states are shared within one fragment.
 */
@FastPath(oracle = "AutomatonOracleTest")
public final class Utf8Fragment {

    private static final int[] LAST_OF_LENGTH = {0x7f, 0x7ff, 0xffff, 0x10ffff};

    private final Nfa nfa;
    private final int from;
    private final int to;
    /** State from which any n continuation bytes lead to the end; index n, -1 when not made yet. */
    private final int[] anyContinuation = {-1, -1, -1, -1};

    private Utf8Fragment(Nfa nfa, int from, int to) {
        this.nfa = nfa;
        this.from = from;
        this.to = to;
        anyContinuation[0] = to;
    }

    /** Connects two states by the encodings of all members. */
    public static void add(Nfa nfa, int from, int to, CodePoints members) {
        Utf8Fragment fragment = new Utf8Fragment(nfa, from, to);
        for (int i = 0; i < members.rangeCount(); i++) {
            fragment.addRange(members.first(i), members.last(i));
        }
    }

    private void addRange(int first, int last) {
        int low = first;
        for (int length = 1; length <= 4 && low <= last; length++) {
            int high = Math.min(last, LAST_OF_LENGTH[length - 1]);
            if (low <= high) {
                addSameLength(from, low, high, length, true);
                low = high + 1;
            }
        }
    }

    /** Connects {@code state} to the end by the last {@code length} bytes of the code points between low and high. */
    private void addSameLength(int state, int low, int high, int length, boolean leading) {
        int shift = 6 * (length - 1);
        if (length == 1) {
            nfa.addRange(state, byteOf(low, 0, 1, leading), byteOf(high, 0, 1, leading), to);
            return;
        }
        int tail = (1 << shift) - 1;
        int next = low;
        while (next <= high) {
            int lead = next >>> shift;
            if ((next & tail) == 0) {
                int lastWhole = ((high + 1) >>> shift) - 1;
                if (lastWhole >= lead) {
                    int lowByte = byteOf(next, shift, length, leading);
                    int highByte = byteOf(lastWhole << shift, shift, length, leading);
                    nfa.addRange(state, lowByte, highByte, continuation(length - 1));
                    next = (lastWhole + 1) << shift;
                    continue;
                }
            }
            int end = Math.min(high, next | tail);
            int inner = nfa.addState();
            int value = byteOf(next, shift, length, leading);
            nfa.addRange(state, value, value, inner);
            addSameLength(inner, next & tail, end & tail, length - 1, false);
            next = end + 1;
        }
    }

    private int continuation(int count) {
        if (anyContinuation[count] < 0) {
            int after = continuation(count - 1);
            anyContinuation[count] = nfa.addState();
            nfa.addRange(anyContinuation[count], 0x80, 0xbf, after);
        }
        return anyContinuation[count];
    }

    private static int byteOf(int codePoint, int shift, int length, boolean leading) {
        int bits = codePoint >>> shift;
        if (!leading) {
            return 0x80 | (bits & 0x3f);
        }
        return switch (length) {
            case 1 -> bits;
            case 2 -> 0xc0 | bits;
            case 3 -> 0xe0 | bits;
            default -> 0xf0 | bits;
        };
    }
}
