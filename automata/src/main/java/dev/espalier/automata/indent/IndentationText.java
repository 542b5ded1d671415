// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.indent;

import dev.espalier.automata.lexer.TokenText;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.LexedGrammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The texts behind the last line end of a newline token as a deterministic automaton whose bytes have columns, and the least bytes from each state for each number of
 * columns. State 0 has read nothing. Immutable.
 */
public final class IndentationText {

    /** No text. */
    static final int NEVER = Integer.MAX_VALUE;

    /** No state. */
    static final int NONE = -1;

    private final int[][] next;
    private final List<BitSet> ends;
    private final int most;
    private final Map<Integer, int[][]> least = new HashMap<>();

    private IndentationText(int[][] next, List<BitSet> ends, int most) {
        this.next = next;
        this.ends = ends;
        this.most = most;
    }

    /** The texts of at most {@code Limits.maxIndentation} columns. */
    public static IndentationText of(TokenText text, WorkBudget budget) {
        int[][] next = new int[text.edges().size()][State.SPECIAL];
        for (int state = 0; state < next.length; state++) {
            Arrays.fill(next[state], NONE);
            for (TokenText.Edge edge : text.edges().get(state)) {
                Arrays.fill(next[state], edge.low(), edge.high() + 1, edge.target());
            }
        }
        int most = budget.limits().maxIndentation();
        IndentationText result = new IndentationText(next, text.ends(), most);
        text.outcomes().stream().forEach(end -> result.least.put(end, result.lengths(end, budget)));
        budget.allocate((long) next.length * (4 * State.SPECIAL + 4L * most * result.least.size()));
        return result;
    }

    /** The columns of a byte. */
    static int columns(int symbol) {
        return symbol == ' ' ? 1 : symbol == '\t' ? LexedGrammar.Indentation.TAB : 0;
    }

    /** Breadth first from the ends, against the direction of reading. */
    private int[][] lengths(int end, WorkBudget budget) {
        List<List<int[]>> before = before();
        int[][] lengths = new int[next.length][most + 1];
        ArrayDeque<int[]> pending = new ArrayDeque<>();
        for (int state = 0; state < next.length; state++) {
            Arrays.fill(lengths[state], NEVER);
            if (ends.get(state).get(end)) {
                lengths[state][0] = 0;
                pending.add(new int[] {state, 0});
            }
        }
        while (!pending.isEmpty()) {
            budget.step();
            int[] at = pending.remove();
            for (int[] edge : before.get(at[0])) {
                int columns = at[1] + edge[1];
                if (columns <= most && lengths[edge[0]][columns] == NEVER) {
                    lengths[edge[0]][columns] = lengths[at[0]][at[1]] + 1;
                    pending.add(new int[] {edge[0], columns});
                }
            }
        }
        return lengths;
    }

    /** By state, the states from which a byte leads to it, with its columns. */
    private List<List<int[]>> before() {
        List<List<int[]>> before = new ArrayList<>();
        Arrays.stream(next).forEach(row -> before.add(new ArrayList<>()));
        for (int state = 0; state < next.length; state++) {
            for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                int target = next[state][symbol];
                boolean isRepeated = symbol > 0
                        && next[state][symbol - 1] == target
                        && columns(symbol - 1) == columns(symbol);
                if (target != NONE && !isRepeated) {
                    before.get(target).add(new int[] {state, columns(symbol)});
                }
            }
        }
        return before;
    }

    /** The state after a byte, or {@link #NONE}. */
    int next(int state, int symbol) {
        return symbol < State.SPECIAL ? next[state][symbol] : NONE;
    }

    /** Whether the text may end in a state, with a boundary behind it. */
    boolean mayEnd(int state, int end) {
        return ends.get(state).get(end);
    }

    /** The most columns. */
    int most() {
        return most;
    }

    /** The least bytes from a state to an end with some columns, or {@link #NEVER}. */
    int length(int state, int columns, int end) {
        return columns > most ? NEVER : Objects.requireNonNull(least.get(end))[state][columns];
    }

    /** As {@link #length} from the first state, but at least one byte. */
    int lengthNotEmpty(int columns, int end) {
        int best = NEVER;
        for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
            int left = columns - columns(symbol);
            int rest = next[0][symbol] == NONE || left < 0 ? NEVER : length(next[0][symbol], left, end);
            best = rest == NEVER ? best : Math.min(best, rest + 1);
        }
        return best;
    }
}
