// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import dev.espalier.grammar.Expression;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The least number of symbols of a permutation, by the lengths of its items and its separator. */
public final class PermutationLength {

    private PermutationLength() {}

    /** The shortest non-empty text of a permutation, or {@link Lengths#NEVER}, by the lengths of its bodies. */
    static long shortestNonEmpty(Callee.Permutation permutation, IntUnaryOperator lengthOfBody) {
        int separator = permutation.separator() < 0 || permutation.separatorMayBeEmpty()
                ? 0
                : lengthOfBody.applyAsInt(permutation.separator());
        return shortest(
                permutation,
                item -> lengthOfBody.applyAsInt(permutation.items().get(item).body()),
                separator,
                new int[permutation.items().size()],
                0,
                true,
                false);
    }

    /**
     * The least symbols until all bounds are met: what is missing, then the cheapest items up to the least total.
     *
     * @param atLeastOne whether an item must come in any case
     * @param separatorFirst whether a separator comes before the first of them
     */
    public static long shortest(
            Callee.Permutation permutation,
            IntUnaryOperator lengthOfItem,
            int separator,
            int[] counts,
            int total,
            boolean atLeastOne,
            boolean separatorFirst) {
        int size = permutation.items().size();
        long symbols = 0;
        long taken = 0;
        long[][] optional = new long[size][];
        for (int i = 0; i < size; i++) {
            Callee.Permutation.Item item = permutation.items().get(i);
            int length = lengthOfItem.applyAsInt(i);
            int missing = Math.max(0, item.min() - counts[i]);
            if (missing > 0 && length == Lengths.NEVER) {
                return Lengths.NEVER;
            }
            symbols += missing == 0 ? 0 : (long) missing * length;
            taken += missing;
            long room = item.max() == Expression.UNBOUNDED ? Integer.MAX_VALUE : item.max() - counts[i] - missing;
            optional[i] = new long[] {length, length == Lengths.NEVER ? 0 : room};
        }
        long wanted = Math.max(permutation.minTotal() - total - taken, atLeastOne && taken == 0 ? 1 : 0);
        Arrays.sort(optional, (a, b) -> Long.compare(a[0], b[0]));
        for (long[] item : optional) {
            long more = Math.min(Math.max(0, wanted), item[1]);
            symbols += more == 0 ? 0 : more * item[0];
            taken += more;
            wanted -= more;
        }
        boolean tooMany = permutation.maxTotal() != Expression.UNBOUNDED && total + taken > permutation.maxTotal();
        if (wanted > 0 || tooMany) {
            return Lengths.NEVER;
        }
        long separators = taken == 0 ? 0 : taken - (separatorFirst ? 0 : 1);
        if (separators > 0 && separator == Lengths.NEVER) {
            return Lengths.NEVER;
        }
        return Math.min(symbols + (separators == 0 ? 0 : separators * separator), Lengths.NEVER);
    }
}
