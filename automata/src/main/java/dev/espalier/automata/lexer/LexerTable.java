// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A lexer as a minimal deterministic automaton: after the bytes of a token so far, which tokens may end there. Each mode has a state that has read nothing.
 *
 * <p>When a token ends in a state from which longer ones can be reached, it leaves an <em>obligation</em>: the text behind it must not go on to any of them.
 * Obligations are states of an automaton of their own, the same for tokens that forbid the same. Immutable.
 */
public final class LexerTable {

    /** No state. */
    public static final int NONE = -1;

    /** The kind of all tokens that are skipped. */
    public static final int SKIPPED = 0;

    /** The kind of texts that no rule has: those in which rules of the lexer are nested deeper than limits allow. */
    public static final int REFUSED = -1;

    /** An obligation that the text broke. */
    static final int BROKEN = -1;

    /** The obligation that forbids nothing. */
    static final int FREE = 0;

    private static final int UNNAMED = -2;

    private final int[] lows;
    private final int[][] next;
    private final List<Set<Ending>> endings;
    private final List<Set<Ending>> last;
    private final int[] starts;
    private final int[] obligation;
    private final int[][] obligations;
    private final BitSet keptByEnd;
    private final boolean isCommitted;

    /**
     * What a text is.
     *
     * @param kind the number of the token's name, or {@link #SKIPPED}
     * @param mode the mode behind it
     */
    public record Ending(int kind, int mode) {}

    /**
     * A deterministic automaton.
     *
     * @param next by state and byte, the next state or {@link #NONE}; every state that is no start leads to an end
     * @param endings by state, what its texts are
     * @param last by state, what its texts are if the whole text ends there, instead
     * @param starts by mode, the state that has read nothing
     * @param behind by state, one from which the same texts lead to an end first
     */
    public record Rows(
            List<int[]> next, List<Set<Ending>> endings, List<Set<Ending>> last, int[] starts, List<Integer> behind) {}

    private LexerTable(
            int[] lows,
            int[][] next,
            List<Set<Ending>> endings,
            List<Set<Ending>> last,
            int[] starts,
            int[] obligation,
            int[][] obligations,
            BitSet keptByEnd,
            boolean isCommitted) {
        this.lows = lows;
        this.next = next;
        this.endings = endings;
        this.last = last;
        this.starts = starts;
        this.obligation = obligation;
        this.obligations = obligations;
        this.keptByEnd = keptByEnd;
        this.isCommitted = isCommitted;
    }

    /**
     * The tables of a deterministic automaton.
     *
     * @param isCommitted whether a token that may go on has to; otherwise only a longer token keeps it from ending
     */
    public static LexerTable of(Rows rows, boolean isCommitted, WorkBudget budget) {
        List<int[]> next = rows.next;
        int[] lows = ranges(next);
        int[][] byRange = new int[next.size()][lows.length];
        for (int state = 0; state < byRange.length; state++) {
            for (int range = 0; range < lows.length; range++) {
                byRange[state][range] = next.get(state)[lows[range]];
            }
        }
        Map<List<Set<Ending>>, Integer> labels = new HashMap<>();
        int[] label = IntStream.range(0, next.size())
                .mapToObj(state -> List.of(rows.endings.get(state), rows.last.get(state)))
                .mapToInt(sets -> labels.computeIfAbsent(sets, none -> labels.size()))
                .toArray();
        int[] classes = Partition.of(byRange, label, budget);
        int count = Arrays.stream(classes).max().orElse(0) + 1;
        int[][] merged = new int[count][];
        List<Set<Ending>> endings = new ArrayList<>(Collections.nCopies(count, Set.of()));
        List<Set<Ending>> last = new ArrayList<>(endings);
        for (int state = 0; state < classes.length; state++) {
            merged[classes[state]] = renamed(byRange[state], classes);
            endings.set(classes[state], rows.endings.get(state));
            last.set(classes[state], rows.last.get(state));
        }
        int[] starts = Arrays.stream(rows.starts).map(start -> classes[start]).toArray();
        int[] behind = new int[count];
        for (int state = 0; state < classes.length; state++) {
            behind[classes[state]] = classes[rows.behind.get(state)];
        }
        return withObligations(lows, merged, endings, last, starts, behind, isCommitted, budget);
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

    /** Two states leave the same obligation if the same texts behind them lead to what is forbidden first. */
    private static LexerTable withObligations(
            int[] lows,
            int[][] next,
            List<Set<Ending>> endings,
            List<Set<Ending>> last,
            int[] starts,
            int[] behind,
            boolean isCommitted,
            WorkBudget budget) {
        int states = next.length;
        int[][] extended = new int[states + 1][]; // the last one: broken
        int[] label = new int[states + 1];
        label[states] = 1;
        for (int state = 0; state < states; state++) {
            extended[state] = Arrays.stream(next[state])
                    .map(target -> target < 0
                            ? NONE
                            : isCommitted || !endings.get(target).isEmpty() ? states : target)
                    .toArray();
            label[state] = last.get(state).isEmpty() ? 0 : 2;
        }
        extended[states] = filled(lows.length, NONE);
        int[] classes = Partition.of(extended, label, budget);
        int[] names = new int[states + 1];
        Arrays.fill(names, UNNAMED);
        names[classes[states]] = BROKEN;
        for (int state = 0; state < states; state++) {
            if (label[state] == 0 && Arrays.stream(extended[state]).allMatch(target -> target < 0)) {
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
        BitSet keptByEnd = new BitSet();
        for (int state = 0; state < states; state++) {
            obligation[state] = names[classes[behind[state]]];
            int own = names[classes[state]];
            keptByEnd.set(own, label[state] == 0);
            obligations[own] = Arrays.stream(extended[state])
                    .map(target -> target < 0 ? FREE : names[classes[target]])
                    .toArray();
        }
        return new LexerTable(
                lows,
                next,
                List.copyOf(endings),
                List.copyOf(last),
                starts,
                obligation,
                obligations,
                keptByEnd,
                isCommitted);
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

    /** Whether a token that may go on has to. */
    boolean isCommitted() {
        return isCommitted;
    }

    /** The kinds that some text is. */
    public Set<Integer> kinds() {
        return Stream.concat(endings.stream(), last.stream())
                .flatMap(Set::stream)
                .map(Ending::kind)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The state after another byte, or {@link #NONE}. */
    int next(int state, int range) {
        return next[state][range];
    }

    /** The state of a mode that has read nothing. */
    int start(int mode) {
        return starts[mode];
    }

    /** What a text is that leads to a state; empty if it is no token. */
    Set<Ending> endings(int state) {
        return endings.get(state);
    }

    /** What a text is that leads to a state, and behind which the whole text ends; empty if it is what {@link #endings} says. */
    Set<Ending> last(int state) {
        return last.get(state);
    }

    /** Whether the whole text may end where there is an obligation. */
    boolean isKeptByEnd(int obligation) {
        return keptByEnd.get(obligation);
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
