// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A lexer as a minimal deterministic automaton: after the bytes of a token so far, which token they are, if they are one. State 0 has read nothing.
 *
 * <p>A token is the longest text that is one. So when it ends in a state from which longer ones can be reached, it leaves an <em>obligation</em>: the text behind
 * it must not go on to any of them. Obligations are states of an automaton of their own, the same for tokens that forbid the same. Immutable.
 */
public final class LexerTable {

    /** No state, or no token. */
    public static final int NONE = -1;

    /** An obligation that the text broke. */
    static final int BROKEN = -1;

    /** The obligation that forbids nothing. */
    static final int FREE = 0;

    private static final int UNNAMED = -2;

    private final int[] lows;
    private final int[][] next;
    private final int[] token;
    private final int[] obligation;
    private final int[][] obligations;

    private LexerTable(int[] lows, int[][] next, int[] token, int[] obligation, int[][] obligations) {
        this.lows = lows;
        this.next = next;
        this.token = token;
        this.obligation = obligation;
        this.obligations = obligations;
    }

    /**
     * The tables of a deterministic automaton.
     *
     * @param next by state and byte, the next state or {@link #NONE}; every state leads to a token
     * @param token by state, the token that its texts are, or {@link #NONE}
     */
    public static LexerTable of(List<int[]> next, List<Integer> token, WorkBudget budget) {
        int[] lows = ranges(next);
        int[][] byRange = new int[next.size()][lows.length];
        for (int state = 0; state < byRange.length; state++) {
            for (int range = 0; range < lows.length; range++) {
                byRange[state][range] = next.get(state)[lows[range]];
            }
        }
        int[] classes =
                Partition.of(byRange, token.stream().mapToInt(Integer::intValue).toArray(), budget);
        int count = Arrays.stream(classes).max().orElse(0) + 1;
        int[][] merged = new int[count][];
        int[] tokens = new int[count];
        for (int state = 0; state < classes.length; state++) {
            merged[classes[state]] = renamed(byRange[state], classes);
            tokens[classes[state]] = token.get(state);
        }
        return withObligations(lows, merged, tokens, budget);
    }

    private static int[] renamed(int[] targets, int[] names) {
        return Arrays.stream(targets)
                .map(target -> target < 0 ? NONE : names[target])
                .toArray();
    }

    /** The first bytes of the ranges that no state tells apart. */
    private static int[] ranges(List<int[]> next) {
        List<Integer> lows = new ArrayList<>(List.of(0));
        for (int value = 1; value < 256; value++) {
            int low = value;
            if (next.stream().anyMatch(row -> row[low] != row[low - 1])) {
                lows.add(low);
            }
        }
        return lows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Two states leave the same obligation if the same texts behind them lead to tokens first. */
    private static LexerTable withObligations(int[] lows, int[][] next, int[] token, WorkBudget budget) {
        int states = next.length;
        int[][] extended = new int[states + 1][]; // the last one: broken
        int[] label = new int[states + 1];
        label[states] = 1;
        for (int state = 0; state < states; state++) {
            extended[state] = Arrays.stream(next[state])
                    .map(target -> target < 0 ? NONE : token[target] >= 0 ? states : target)
                    .toArray();
        }
        extended[states] = filled(lows.length, NONE);
        int[] classes = Partition.of(extended, label, budget);
        int[] names = new int[states + 1];
        Arrays.fill(names, UNNAMED);
        names[classes[states]] = BROKEN;
        for (int state = 0; state < states; state++) {
            if (Arrays.stream(extended[state]).allMatch(target -> target < 0)) {
                names[classes[state]] = FREE;
            }
        }
        int count = 1;
        for (int state = 0; state < states; state++) {
            if (names[classes[state]] == UNNAMED) {
                names[classes[state]] = count++;
            }
        }
        int[] obligation = new int[states];
        int[][] obligations = new int[count][];
        obligations[FREE] = filled(lows.length, FREE);
        for (int state = 0; state < states; state++) {
            obligation[state] = names[classes[state]];
            obligations[obligation[state]] = Arrays.stream(extended[state])
                    .map(target -> target < 0 ? FREE : names[classes[target]])
                    .toArray();
        }
        return new LexerTable(lows, next, token, obligation, obligations);
    }

    private static int[] filled(int size, int value) {
        int[] array = new int[size];
        Arrays.fill(array, value);
        return array;
    }

    /** The number of ranges of bytes that no state tells apart. */
    public int ranges() {
        return lows.length;
    }

    /** The first byte of a range. */
    public int low(int range) {
        return lows[range];
    }

    /** The last byte of a range. */
    public int high(int range) {
        return range + 1 < lows.length ? lows[range + 1] - 1 : 255;
    }

    /** The number of states. */
    public int states() {
        return next.length;
    }

    /** The state after another byte, or {@link #NONE}. */
    int next(int state, int range) {
        return next[state][range];
    }

    /** The token that a text is which leads to a state, or {@link #NONE}. */
    int token(int state) {
        return token[state];
    }

    /** What a token that ends in a state forbids of the text behind it. */
    int obligation(int state) {
        return obligation[state];
    }

    /** What is left of an obligation after a byte; {@link #FREE} if nothing, {@link #BROKEN} if it was what is forbidden. */
    int kept(int obligation, int range) {
        return obligations[obligation][range];
    }
}
