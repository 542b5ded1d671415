// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.counting;

import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.SymbolicState;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state of a {@link CountingAutomaton}: all configurations that what was read may have led to. */
@FastPath(oracle = "CountingAutomatonTest")
public final class CountingState implements SymbolicState, ByteView, BudgetView, Family.Counting {

    private final CountingAutomaton automaton;
    private final int costs;
    private final int[] set;
    /** The least costs with which it may end; none if it is not symbolic; null if it may not. */
    private final int @Nullable [] ends;

    private final int hash;
    private @Nullable ByteSet readable;

    /**
     * A state.
     *
     * @param costs how many costs each configuration has; 0 if they are not symbolic
     */
    CountingState(CountingAutomaton automaton, int costs, int[] set, int @Nullable [] ends) {
        this.automaton = automaton;
        this.costs = costs;
        this.set = set;
        this.ends = ends;
        this.hash = (31 * automaton.hashCode() + Arrays.hashCode(set)) * 31 + Arrays.hashCode(ends) + costs;
    }

    @Override
    public void moves(int symbol, Moves moves) {
        CountingState next = symbol < SPECIAL ? automaton.next(costs, set, symbol) : null;
        if (next != null) {
            moves.stay(next);
        }
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public BudgetView budgetView() {
        return this;
    }

    @Override
    public @Nullable Family family() {
        return costs == 0 && set.length > 0 ? this : null;
    }

    @Override
    public boolean mayRead(int symbol) {
        return symbol < SPECIAL && readable().contains(symbol);
    }

    @Override
    public ByteSet readable() {
        ByteSet known = readable;
        if (known == null) {
            known = automaton.readable(costs, set);
            readable = known;
        }
        return known;
    }

    @Override
    public int[] results() {
        return ends != null ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int distance(int result) {
        return result != 0 ? Integer.MAX_VALUE : ends != null ? 0 : automaton.distance(costs, set);
    }

    @Override
    public int farthest(Horizon horizon) {
        return automaton.farthest();
    }

    @Override
    public State within(Horizon horizon) {
        int[] near = automaton.within(costs, set, horizon.bytes());
        return near == set ? this : new CountingState(automaton, costs, near, ends);
    }

    @Override
    public int like(int symbol, Horizon horizon) {
        ByteSet alike = automaton.alike(symbol);
        int word = 0;
        while (alike.word(word) == 0) {
            word++;
        }
        return 64 * word + Long.numberOfTrailingZeros(alike.word(word));
    }

    @Override
    public List<Family.Part> parts(int most) {
        return automaton.parts(set, most);
    }

    @Override
    public int[] liveCosts() {
        return automaton.leastCosts(costs, set, ends);
    }

    @Override
    public int[] endCosts() {
        return ends == null ? NO_RESULTS : ends;
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        return automaton.isSmall() ? this : null;
    }

    /** Estimated bytes on the heap, without the automaton. */
    public long bytes() {
        return 64 + 4L * set.length;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof CountingState that
                        && hash == that.hash
                        && costs == that.costs
                        && Arrays.equals(ends, that.ends)
                        && Arrays.equals(set, that.set)
                        && automaton.equals(that.automaton));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return automaton.describe(costs, set) + (ends != null ? " end" : "");
    }
}
