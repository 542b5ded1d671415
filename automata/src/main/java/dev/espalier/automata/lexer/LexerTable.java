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
    public static final int BROKEN = -1;

    /** The obligation that forbids nothing. */
    public static final int FREE = 0;

    private static final int UNNAMED = -2;

    private final int[] lows;
    private final int[][] next;
    private final List<Set<Ending>> endings;
    private final List<Set<Ending>> last;
    private final int[][] starts;
    private final int[][] before;
    private final int[][] obligations;
    private final BitSet keptByEnd;
    private final boolean isCommitted;

    /**
     * What a text is.
     *
     * @param kind the number of the token's name, or {@link #SKIPPED}
     * @param mode the mode behind it
     * @param obligation what it forbids of the text behind it
     */
    public record Ending(int kind, int mode, int obligation) {

        /** What a text is that forbids what would make it longer. */
        public Ending(int kind, int mode) {
            this(kind, mode, FREE);
        }
    }

    /**
     * A deterministic automaton.
     *
     * @param next by state and byte, the next state or {@link #NONE}; every state that is no start leads to an end
     * @param endings by state, what its texts are
     * @param last by state, what its texts are if the whole text ends there, instead
     * @param starts by mode, the state that has read nothing; by what stands before
     * @param behind by state, one from which the same texts lead to an end first
     */
    public record Rows(
            List<int[]> next,
            List<Set<Ending>> endings,
            List<Set<Ending>> last,
            List<int[]> starts,
            List<Integer> behind) {}

    /**
     * What tokens look at that is around them.
     *
     * @param before what stands before a place, as an automaton over all texts: by state and byte, the next state
     * @param obligations what endings forbid: by obligation and byte, what is left of it; 0 forbids nothing, and {@link #BROKEN} all
     * @param keptByEnd obligations with which the whole text may end
     */
    public record Surroundings(List<int[]> before, List<int[]> obligations, BitSet keptByEnd) {}

    /** A minimal automaton with no obligations yet, and by state, one from which the same texts lead to an end first. */
    private record Merged(LexerTable table, int[] behind) {}

    private LexerTable(
            int[] lows,
            int[][] next,
            List<Set<Ending>> endings,
            List<Set<Ending>> last,
            int[][] starts,
            int[][] before,
            int[][] obligations,
            BitSet keptByEnd,
            boolean isCommitted) {
        this.lows = lows;
        this.next = next;
        this.endings = endings;
        this.last = last;
        this.starts = starts;
        this.before = before;
        this.obligations = obligations;
        this.keptByEnd = keptByEnd;
        this.isCommitted = isCommitted;
    }

    /**
     * The tables of a deterministic automaton whose endings forbid nothing but what would make them longer.
     *
     * @param isCommitted whether a token that may go on has to; otherwise only a longer token keeps it from ending
     */
    public static LexerTable of(Rows rows, boolean isCommitted, WorkBudget budget) {
        Merged merged = merged(rows, List.of(new int[256]), ranges(List.of(rows.next)), budget);
        return merged.table.withObligations(merged.behind, isCommitted, budget);
    }

    /** The tables of a deterministic automaton whose endings say what they forbid. */
    public static LexerTable of(Rows rows, Surroundings around, WorkBudget budget) {
        int[] lows = ranges(List.of(rows.next, around.before, around.obligations));
        LexerTable merged = merged(rows, around.before, lows, budget).table;
        return new LexerTable(
                lows,
                merged.next,
                merged.endings,
                merged.last,
                merged.starts,
                merged.before,
                byRange(around.obligations, lows),
                around.keptByEnd,
                false);
    }

    /** The minimal automaton, with no obligations yet. */
    private static Merged merged(Rows rows, List<int[]> before, int[] lows, WorkBudget budget) {
        int[][] byRange = byRange(rows.next, lows);
        Map<List<Set<Ending>>, Integer> labels = new HashMap<>();
        int[] label = IntStream.range(0, byRange.length)
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
        int[][] starts =
                rows.starts.stream().map(some -> renamed(some, classes)).toArray(int[][]::new);
        int[] behind = new int[count];
        for (int state = 0; state < classes.length; state++) {
            behind[classes[state]] = classes[rows.behind.get(state)];
        }
        return new Merged(withBefore(starts, byRange(before, lows), lows, merged, endings, last, budget), behind);
    }

    /** What stands before a place matters as far as tokens begin in other states behind it. */
    private static LexerTable withBefore(
            int[][] starts,
            int[][] before,
            int[] lows,
            int[][] next,
            List<Set<Ending>> endings,
            List<Set<Ending>> last,
            WorkBudget budget) {
        Map<List<Integer>, Integer> labels = new HashMap<>();
        int[] label = IntStream.range(0, before.length)
                .mapToObj(
                        state -> Arrays.stream(starts).map(some -> some[state]).toList())
                .mapToInt(some -> labels.computeIfAbsent(some, none -> labels.size()))
                .toArray();
        int[] classes = Partition.of(before, label, budget);
        int count = Arrays.stream(classes).max().orElse(0) + 1;
        int[][] merged = new int[count][];
        int[][] mergedStarts = new int[starts.length][count];
        for (int state = 0; state < classes.length; state++) {
            merged[classes[state]] = renamed(before[state], classes);
            for (int mode = 0; mode < starts.length; mode++) {
                mergedStarts[mode][classes[state]] = starts[mode][state];
            }
        }
        return new LexerTable(lows, next, endings, last, mergedStarts, merged, new int[0][], new BitSet(), false);
    }

    private static int[][] byRange(List<int[]> next, int[] lows) {
        return next.stream()
                .map(row -> Arrays.stream(lows).map(low -> row[low]).toArray())
                .toArray(int[][]::new);
    }

    private static int[] renamed(int[] targets, int[] names) {
        return Arrays.stream(targets)
                .map(target -> target < 0 ? NONE : names[target])
                .toArray();
    }

    /** The first bytes of the ranges that no state tells apart. */
    private static int[] ranges(List<List<int[]>> automata) {
        List<Integer> lows = new ArrayList<>(List.of(0));
        for (int value = 1; value < 256; value++) {
            int low = value;
            if (automata.stream().flatMap(List::stream).anyMatch(row -> row[low] != row[low - 1])) {
                lows.add(low);
            }
        }
        return lows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Two states leave the same obligation if the same texts behind them lead to what is forbidden first. */
    private LexerTable withObligations(int[] behind, boolean committed, WorkBudget budget) {
        int states = next.length;
        int[][] extended = new int[states + 1][]; // the last one: broken
        int[] label = new int[states + 1];
        label[states] = 1;
        for (int state = 0; state < states; state++) {
            extended[state] = Arrays.stream(next[state])
                    .map(target -> target < 0
                            ? NONE
                            : committed || !endings.get(target).isEmpty() ? states : target)
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
        int[][] left = new int[count][];
        left[FREE] = filled(lows.length, FREE);
        BitSet kept = new BitSet();
        List<Set<Ending>> bound = new ArrayList<>();
        for (int state = 0; state < states; state++) {
            int own = names[classes[state]];
            kept.set(own, label[state] == 0);
            int forbidden = names[classes[behind[state]]];
            bound.add(endings.get(state).stream()
                    .map(ending -> new Ending(ending.kind, ending.mode, forbidden))
                    .collect(Collectors.toUnmodifiableSet()));
            left[own] = Arrays.stream(extended[state])
                    .map(target -> target < 0 ? FREE : names[classes[target]])
                    .toArray();
        }
        return new LexerTable(lows, next, bound, last, starts, before, left, kept, committed);
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

    /** The state of a mode that has read nothing, behind what stands before. */
    int start(int mode, int before) {
        return starts[mode][before];
    }

    /** What stands before a place that a byte follows, for the place behind that. */
    int before(int before, int range) {
        return this.before[before][range];
    }

    /** Whether tokens look at what stands before them. */
    boolean looksBehind() {
        return before.length > 1;
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

    /** What is left of an obligation after a byte; {@link #FREE} if nothing, {@link #BROKEN} if it was what is forbidden. */
    int kept(int obligation, int range) {
        return obligations[obligation][range];
    }
}
