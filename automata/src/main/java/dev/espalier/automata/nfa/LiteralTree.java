// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import dev.espalier.core.ByteString;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.List;

/** The literals of one choice as a prefix tree, so that fifty thousand words are not fifty thousand live states. */
@FastPath(oracle = "LiteralTreeTest")
public final class LiteralTree {

    private LiteralTree() {}

    /** Connects two states by all literals. Sorts them, then keeps the path of the last one: linear in their bytes. */
    public static void add(Nfa nfa, int from, int to, List<ByteString> literals, WorkBudget budget) {
        ByteString[] sorted = literals.toArray(new ByteString[0]);
        Arrays.sort(sorted);
        int[] path = new int[16];
        path[0] = from;
        ByteString last = ByteString.EMPTY;
        for (int i = 0; i < sorted.length; i++) {
            budget.step();
            ByteString literal = sorted[i];
            if (i > 0 && literal.equals(last)) {
                continue;
            }
            int length = literal.length();
            if (length == 0) {
                nfa.addEmpty(from, to);
                continue;
            }
            if (length > path.length) {
                path = Arrays.copyOf(path, 2 * length);
            }
            // The last byte of a literal leads to the end, so only the states before it can be shared.
            int shared = Math.min(common(last, literal), Math.min(last.length(), length) - 1);
            for (int at = Math.max(0, shared); at < length - 1; at++) {
                path[at + 1] = nfa.addState();
                nfa.addRange(path[at], literal.at(at), literal.at(at), path[at + 1]);
            }
            nfa.addRange(path[length - 1], literal.at(length - 1), literal.at(length - 1), to);
            last = literal;
        }
    }

    private static int common(ByteString a, ByteString b) {
        int length = Math.min(a.length(), b.length());
        int at = 0;
        while (at < length && a.at(at) == b.at(at)) {
            at++;
        }
        return at;
    }
}
