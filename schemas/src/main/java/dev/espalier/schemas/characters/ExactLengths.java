// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.Limits;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.work.Deadline;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tables of the fewest bytes of a text of exactly n characters, from each state of an automaton to one result in one span of lengths.
 * They grow on demand; not thread-safe.
 */
@FastPath(oracle = "ExactLengthsTest")
public final class ExactLengths {

    /** The number of states from which shortest ways are found in order of their length, and not by sweeps over all states. */
    private static final int MANY_STATES = 1 << 12;

    public final int span;
    public final int result;
    private final CharacterAutomaton automaton;
    private final IntPredicate ends;
    private final LengthTables.Memory memory;
    private final LengthTables bytes;
    private @Nullable LengthTables longer;
    private final int[] first;
    private int @Nullable [] shortest;
    private int farthest = -1;

    /**
     * For a result.
     *
     * @param ends whether a text with an outcome of the automaton has the result
     * @param memory for tables
     */
    public ExactLengths(
            int span, int result, CharacterAutomaton automaton, IntPredicate ends, LengthTables.Memory memory) {
        this.span = span;
        this.result = result;
        this.automaton = automaton;
        this.ends = ends;
        this.memory = memory;
        int[] none = new int[automaton.states()];
        for (int state = 0; state < none.length; state++) {
            int outcome = automaton.outcome(state);
            none[state] = outcome >= 0 && ends.test(outcome) ? 0 : Integer.MAX_VALUE;
        }
        this.first = none;
        this.bytes = new LengthTables(none, this::step, memory);
    }

    /**
     * The fewest bytes of a text of {@code from} to {@code to} characters. A longer one than needed only adds loops,
     * and one of n bytes has at most n characters.
     */
    public int least(int state, int from, int to) {
        int any = atLeast(from, state);
        if (any <= to || any == Integer.MAX_VALUE || to >= (long) from + automaton.states()) {
            return any;
        }
        int best = Integer.MAX_VALUE;
        for (int n = from; n <= to; n++) {
            best = Math.min(best, bytes.at(n, state));
        }
        return best;
    }

    /** The fewest bytes of exactly n characters followed by a shortest text. */
    private int atLeast(int n, int state) {
        LengthTables known = longer;
        if (known == null) {
            known = new LengthTables(shortest(), this::step, memory);
            longer = known;
        }
        return known.at(n, state);
    }

    /** The bytes from the state that is farthest away from the result. */
    public int farthest() {
        if (farthest < 0) {
            farthest = Arrays.stream(shortest())
                    .filter(n -> n < Integer.MAX_VALUE)
                    .max()
                    .orElse(0);
        }
        return farthest;
    }

    private int[] shortest() {
        int[] known = shortest;
        if (known == null) {
            known = automaton.states() > MANY_STATES
                    ? new LeastBytes(automaton, new Deadline(Limits.DEFAULT))
                            .find(ends)
                            .bytes()
                    : swept();
            shortest = known;
        }
        return known;
    }

    private int[] swept() {
        int[] known = first.clone();
        // states are numbered from the start on: mostly they lead to later ones, which are looked at first
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = known.length - 1; state >= 0; state--) {
                int now = before(state, known);
                changed |= now < known[state];
                known[state] = Math.min(known[state], now);
            }
        }
        return known;
    }

    private int[] step(int[] after) {
        int[] before = new int[after.length];
        Arrays.setAll(before, state -> before(state, after));
        return before;
    }

    /** The fewest bytes of one character and what follows it. */
    private int before(int state, int[] after) {
        int best = Integer.MAX_VALUE;
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
            int rest = after[automaton.target(r)];
            if (rest < best) {
                best = Math.min(best, Reach.add(rest, JsonCharacters.bytes(automaton.first(r), automaton.last(r))));
            }
        }
        return best;
    }
}
