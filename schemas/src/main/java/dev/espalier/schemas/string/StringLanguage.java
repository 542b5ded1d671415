// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.ClosingRoom;
import dev.espalier.schemas.characters.ExactLengths;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.characters.LengthTables;
import dev.espalier.schemas.state.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of JSON strings, each with a result: by an automaton over the characters and by the number of characters.
 * The number is counted up to the last count that matters; between two of these lies a <em>span</em> of counts that
 * are judged alike. A bound of a million characters so costs nothing.
 *
 * <p>Immutable, equal by content; what it works out on demand is guarded by its monitor.
 */
public final class StringLanguage implements StringFrame {

    /** The language of all texts in their shortest spelling, with result 0. */
    static final StringLanguage ALL = all(true);

    /** The language of all texts in every spelling, with result 0. */
    static final StringLanguage ALL_SPELLINGS = all(false);

    /** The number of rows of results from which reachability is computed without a table for each. */
    private static final int MANY = 16;

    /** The number of states up to which all are visited for a bound. */
    private static final int MAX_STATES = 4_096;

    /** The number of states from which an automaton is too large for the dense tables of small ones: its size is that of a megabyte. */
    static final int LARGE = 1 << 14;

    /** The number of rows of results up to which alike states are sought. */
    private static final int MAX_ALIKE = 8;

    /** The bound of representatives of languages whose far upper bound is all that is left. */
    private static final int BOUND = 1 << 12;

    /** The weight of a byte of the tables of one language: they may take an eighth of what a compilation may keep. */
    private static final int WEIGHT = 8;

    private final CharacterAutomaton automaton;
    private final int[] starts;
    private final int[][] results;
    private final boolean shortest;
    private final boolean trivial;

    /** Whether every state is live whatever the count. */
    private final boolean complete;

    private final int hash;
    private @Nullable BitSet total;
    private @Nullable ClosingRoom closingRoom;
    private final List<ExactLengths> lengths = new ArrayList<>();
    private final Map<Part, StringLanguage> parts = new HashMap<>();

    /** The last span in which a text has a result. */
    private final int lastLive;

    /** By span, what {@link #farthest(int)} found; 0 before. */
    private final int[] farthest;

    private int farthestEnd;

    private final Limits limits;
    private long tableBytes;

    /**
     * A language.
     *
     * @param automaton its outcomes are rows of {@code results}
     * @param starts the first counts of all spans but the first, ascending
     * @param results by outcome and span; -1 for none
     * @param shortest whether each character has its shortest spelling only
     * @param limits bound the tables that are worked out on demand
     */
    StringLanguage(CharacterAutomaton automaton, int[] starts, int[][] results, boolean shortest, Limits limits) {
        this.limits = limits;
        this.automaton = automaton;
        this.starts = starts;
        this.results = results;
        this.shortest = shortest;
        this.complete = starts.length == 0 && Arrays.stream(results).allMatch(row -> row[0] >= 0);
        this.lastLive = IntStream.rangeClosed(0, starts.length)
                .filter(span -> Arrays.stream(results).anyMatch(row -> row[span] >= 0))
                .max()
                .orElse(0);
        this.farthest = new int[starts.length + 1];
        this.trivial = automaton.states() == 1 && automaton.equals(CharacterAutomaton.ALL);
        this.hash = automaton.hashCode() * 31
                + Arrays.hashCode(starts)
                + 7 * Arrays.deepHashCode(results)
                + (shortest ? 1 : 0);
    }

    private static StringLanguage all(boolean shortest) {
        return new StringLanguage(CharacterAutomaton.ALL, new int[0], new int[][] {{0}}, shortest, Limits.DEFAULT);
    }

    /** Whether any text has an outcome, the same for all: only lengths matter. */
    boolean isTrivial() {
        return trivial;
    }

    /** True if characters are counted. */
    public boolean isCounted() {
        return starts.length > 0;
    }

    /** Whether its automaton takes much memory, as that of the spans of a long source. */
    boolean isLarge() {
        return automaton.states() > LARGE;
    }

    /** Whether each character has its shortest spelling only. */
    boolean isShortest() {
        return shortest;
    }

    @Override
    public List<State> beginnings() {
        return List.of(StringState.start(this));
    }

    @Override
    public Reach reach() {
        int start = automaton.start();
        return start < 0 ? Reach.NONE : reach(start, 0);
    }

    public CharacterAutomaton automaton() {
        return automaton;
    }

    /** The count after one more character, as far as counts are distinguished. */
    public int counted(int count) {
        return starts.length == 0 ? 0 : Math.min(count + 1, starts[starts.length - 1]);
    }

    private int span(int count) {
        int span = 0;
        while (span < starts.length && starts[span] <= count) {
            span++;
        }
        return span;
    }

    private int spanStart(int span) {
        return span == 0 ? 0 : starts[span - 1];
    }

    /** The first counts of all spans but the first, ascending; shared. */
    public int[] starts() {
        return starts;
    }

    /** The result of a text of a span with an outcome of the automaton; -1 for none. */
    int resultOf(int span, int outcome) {
        return outcome < 0 ? -1 : results[outcome][span];
    }

    /** The result of a text that ends in a state with a count of a span; -1 for none. */
    public int resultIn(int span, int state) {
        return resultOf(span, automaton.outcome(state));
    }

    /** The result of a text that ends in a state with a count; -1 for none. */
    public int result(int state, int count) {
        return resultOf(span(count), automaton.outcome(state));
    }

    /** Whether some result can be reached from a state of the automaton with a count. */
    public boolean isLive(int state, int count) {
        return state >= 0 && (complete || !reach(state, count).isEmpty());
    }

    /** The results that can be reached, with the bytes to spell until after the closing quotation mark. */
    Reach reach(int state, int count) {
        if (starts.length == 0 && results.length >= MANY) {
            return reachOnward(state);
        }
        Reach reach = Reach.NONE;
        for (int span = span(count); span <= starts.length; span++) {
            int from = Math.max(0, spanStart(span) - count);
            int to = span == starts.length ? Integer.MAX_VALUE : starts[span] - 1 - count;
            reach = reach.or(trivial ? trivialReach(span, from) : reach(state, span, from, to));
        }
        return reach;
    }

    /**
     * A bound on the bytes from a place with at least so many characters to the end of the string, the closing quotation mark included,
     * with any result; {@link Integer#MAX_VALUE} where none is found easily. Cost: a look at all states, the first time.
     */
    int farthestEnd(int count) {
        if (trivial) {
            return Reach.add(Math.max(0, spanStart(lastLive) - count), 1);
        }
        if (starts.length > 0 || results.length >= MANY || automaton.states() > MAX_STATES) {
            return Integer.MAX_VALUE;
        }
        int most = farthestEnd; // any thread finds the same
        for (int state = 0; farthestEnd == 0 && state < automaton.states(); state++) {
            Reach reach = reach(state, 0);
            for (int i = 0; i < reach.size(); i++) {
                most = Math.max(most, reach.cost(i));
            }
        }
        farthestEnd = most;
        return most;
    }

    /**
     * As {@link #reach}, for many results that do not depend on counts: one search over everything that follows, without a table for
     * each result.
     */
    private Reach reachOnward(int start) {
        int[] bytes = new int[automaton.states()];
        Arrays.fill(bytes, Integer.MAX_VALUE);
        bytes[start] = 0;
        // states are numbered from the start on: mostly they lead to later ones
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = 0; state < bytes.length; state++) {
                for (int r = automaton.rangeStart(state);
                        bytes[state] < Integer.MAX_VALUE && r < automaton.rangeEnd(state);
                        r++) {
                    int target = automaton.target(r);
                    int cost = Reach.add(bytes[state], JsonCharacters.bytes(automaton.first(r), automaton.last(r)));
                    changed |= target <= state && cost < bytes[target];
                    bytes[target] = Math.min(bytes[target], cost);
                }
            }
        }
        TreeMap<Integer, Integer> costs = new TreeMap<>();
        for (int state = 0; state < bytes.length; state++) {
            int result = resultIn(0, state);
            if (result >= 0 && bytes[state] < Integer.MAX_VALUE) {
                costs.merge(result, Reach.add(bytes[state], 1), Math::min);
            }
        }
        return Reach.of(costs);
    }

    private Reach trivialReach(int span, int from) {
        int result = results[0][span];
        return result < 0 ? Reach.NONE : Reach.of(result, Reach.add(from, 1));
    }

    private synchronized Reach reach(int state, int span, int from, int to) {
        Reach reach = Reach.NONE;
        BitSet seen = new BitSet();
        for (int[] row : results) {
            int result = row[span];
            if (result >= 0 && !seen.get(result)) {
                seen.set(result);
                int bytes = lengths(span, result).least(state, from, to);
                if (bytes < Integer.MAX_VALUE) {
                    reach = reach.or(result, Reach.add(bytes, 1));
                }
            }
        }
        return reach;
    }

    /** True if a text has room for a number of closing parentheses. */
    synchronized boolean hasRoomToClose(int state, int closing) {
        ClosingRoom known = closingRoom;
        if (known == null) {
            known = ClosingRoom.of(
                    automaton, outcome -> Arrays.stream(results[outcome]).anyMatch(result -> result >= 0));
            closingRoom = known;
        }
        return known.has(state, closing);
    }

    /** The most characters that can follow a count. */
    int room(int count) {
        for (int span = starts.length; span >= 0; span--) {
            for (int[] row : results) {
                if (row[span] >= 0) {
                    return span == starts.length ? Integer.MAX_VALUE : Math.max(0, starts[span] - 1 - count);
                }
            }
        }
        return 0;
    }

    /**
     * The fewest bytes of a text to a result that has at least some characters; {@link Integer#MAX_VALUE} for none.
     *
     * @param least the fewest characters
     * @param spelled the fewest bytes that those take; any further one takes one byte if it is free
     */
    synchronized int bytes(int state, int count, int result, int least, int spelled) {
        int best = Integer.MAX_VALUE;
        for (int span = span(count); span <= starts.length; span++) {
            int from = Math.max(Math.max(0, spanStart(span) - count), least);
            int to = span == starts.length ? Integer.MAX_VALUE : starts[span] - 1 - count;
            if (from > to) {
                continue;
            }
            if (!trivial) {
                int bytes = lengths(span, result).least(state, from, to);
                best = Math.min(best, bytes == Integer.MAX_VALUE ? bytes : Math.max(bytes, spelled));
            } else if (results[0][span] == result) {
                best = Math.min(best, Reach.add(spelled, from - least));
            }
        }
        return best;
    }

    private ExactLengths lengths(int span, int result) {
        for (ExactLengths known : lengths) {
            if (known.result == result && (known.span == span || starts.length == 0)) {
                return known;
            }
        }
        ExactLengths made = new ExactLengths(
                span, result, automaton, outcome -> results[outcome][span] == result, new TableMemory());
        lengths.add(made);
        return made;
    }

    /** The tables of all lengths share an eighth of what a compilation may keep. */
    private final class TableMemory implements LengthTables.Memory {

        @Override
        public boolean take(long bytes) {
            boolean isFree = tableBytes + bytes <= limits.maxCompileBytes() / WEIGHT;
            tableBytes += isFree ? bytes : 0;
            return isFree;
        }

        @Override
        public void give(long bytes) {
            tableBytes -= bytes;
        }
    }

    /** As {@link dev.espalier.automata.state.TextView#plainTextBound()}, between two characters. */
    public int plainTextBound(int state, int count) {
        if (!trivial || starts.length == 0) {
            return total().get(state) ? Integer.MAX_VALUE : -1;
        }
        for (int span = starts.length; span >= 0; span--) {
            if (results[0][span] >= 0) {
                return span == starts.length ? Integer.MAX_VALUE : starts[span] - 1 - count;
            }
        }
        return -1;
    }

    /** The states from which every plain character leads to such a state again, and long texts to a result. */
    private synchronized BitSet total() {
        BitSet known = total;
        if (known == null) {
            int most = spanStart(starts.length);
            known = PlainStates.of(automaton, state -> isLive(state, most));
            total = known;
        }
        return known;
    }

    /**
     * The representative of this language and a count for some further characters: all counts far from the bounds of their span are
     * one. If only an upper bound is left, so are all counts equally far from it.
     */
    At within(int count, int characters) {
        if (starts.length == 0) {
            return new At(this, count);
        }
        int span = span(count);
        int kept = span;
        while (kept < starts.length
                && starts[kept] - Math.max((long) count + characters, spanStart(kept)) <= farthest(kept)) {
            kept++;
        }
        if (kept >= lastLive && (kept < starts.length || kept == span)) {
            return kept == span
                    ? new At(part(span, span), 0)
                    : new At(part(0, kept, Arrays.copyOf(starts, kept)), count);
        }
        if (span >= lastLive && starts[span] - count <= BOUND) {
            return new At(part(span, span, BOUND), BOUND - (starts[span] - count));
        }
        return trivial && kept == span ? new At(this, spanStart(span)) : new At(this, count);
    }

    /** The representative of a state for some further characters; the state itself if there are counts or many results. */
    int alike(int state, int characters) {
        return complete && results.length <= MAX_ALIKE ? automaton.within(state, characters) : state;
    }

    /** The characters after which every state has reached every result of a span that it can reach. */
    private synchronized int farthest(int span) {
        if (farthest[span] == 0) {
            int most = 1;
            for (int[] row : results) {
                most = row[span] < 0
                        ? most
                        : Math.max(most, lengths(span, row[span]).farthest());
            }
            farthest[span] = Math.min(most, automaton.states());
        }
        return farthest[span];
    }

    /**
     * Those texts of a row of spans that are judged as in them, numbered from 0 on.
     *
     * @param bounds where each of them ends; the last one has no end if it has no bound here, and else nothing follows it
     */
    private synchronized StringLanguage part(int from, int to, int... bounds) {
        Part key = new Part(from, to, bounds.length);
        StringLanguage known = parts.get(key);
        if (known == null) {
            int[][] rows = new int[results.length][];
            Arrays.setAll(
                    rows,
                    outcome -> Arrays.copyOf(Arrays.copyOfRange(results[outcome], from, to + 1), bounds.length + 1));
            if (bounds.length > to - from) {
                Arrays.stream(rows).forEach(row -> row[bounds.length] = -1);
            }
            known = Arrays.equals(bounds, starts) && Arrays.deepEquals(rows, results)
                    ? this
                    : new StringLanguage(automaton, bounds, rows, shortest, limits);
            parts.put(key, known);
        }
        return known;
    }

    /** Spans of this that make up another language, and how many bounds that has. */
    private record Part(int from, int to, int bounds) {}

    /** A language with a count of characters read. */
    record At(StringLanguage language, int count) {}

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof StringLanguage that
                        && hash == that.hash
                        && shortest == that.shortest
                        && Arrays.equals(starts, that.starts)
                        && Arrays.deepEquals(results, that.results)
                        && automaton.equals(that.automaton));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
