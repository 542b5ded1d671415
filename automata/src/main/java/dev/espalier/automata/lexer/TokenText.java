// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All texts of the tokens of a kind behind a boundary, as an automaton whose ends say which boundary is behind them. State 0 has read nothing. Immutable.
 *
 * @param edges by state, where ranges of bytes lead
 * @param ends by state, the boundaries that may be behind a token which ends there
 * @param isBound whether it is other than behind the boundary of the same mode that forbids nothing
 */
public record TokenText(List<List<Edge>> edges, List<BitSet> ends, boolean isBound) {

    /**
     * An edge.
     *
     * @param low the first byte that is read
     * @param high the last one
     * @param target the state after it
     */
    public record Edge(int low, int high, int target) {}

    /** A state of the lexer, and what is still forbidden. */
    private record Place(int state, int boundary) {}

    /** The texts of a kind of tokens behind a boundary. */
    static TokenText of(
            LexerTable lexer, Boundaries boundaries, int boundary, int kind, BitSet leading, WorkBudget budget) {
        List<Place> places = new ArrayList<>(List.of(new Place(lexer.start(boundaries.mode(boundary)), boundary)));
        Map<Place, Integer> numbers = new HashMap<>(Map.of(places.get(0), 0));
        List<List<Edge>> edges = new ArrayList<>();
        List<BitSet> ends = new ArrayList<>();
        boolean bound = false;
        for (int i = 0; i < places.size(); i++) {
            budget.addStates(1);
            Place place = places.get(i);
            BitSet behind = new BitSet();
            for (LexerTable.Ending ending : lexer.endings(place.state)) {
                if (ending.kind() == kind) {
                    behind.set(boundaries.join(place.boundary, place.state, ending.mode()));
                }
            }
            for (LexerTable.Ending ending : lexer.last(place.state)) {
                if (ending.kind() == kind && boundaries.mayEnd(place.boundary)) {
                    behind.set(boundaries.of(ending.mode()));
                }
                bound |= ending.kind() == kind && !boundaries.mayEnd(place.boundary);
            }
            ends.add(behind);
            bound |= !behind.isEmpty() && boundaries.free(place.boundary) != place.boundary;
            List<Edge> some = new ArrayList<>();
            for (int range = 0; range < lexer.ranges(); range++) {
                int state = lexer.next(place.state, range);
                if (state < 0 || !leading.get(state)) {
                    continue;
                }
                int kept = boundaries.after(place.boundary, range);
                if (kept == Boundaries.BROKEN) {
                    bound = true;
                    continue;
                }
                Place next = new Place(state, kept);
                int target = numbers.computeIfAbsent(next, none -> {
                    places.add(next);
                    return places.size() - 1;
                });
                add(some, lexer.low(range), lexer.high(range), target);
            }
            edges.add(some);
        }
        return new TokenText(edges, ends, bound);
    }

    private static void add(List<Edge> edges, int low, int high, int target) {
        Edge last = edges.isEmpty() ? null : edges.get(edges.size() - 1);
        if (last != null && last.target == target && last.high + 1 == low) {
            edges.set(edges.size() - 1, new Edge(last.low, high, target));
        } else {
            edges.add(new Edge(low, high, target));
        }
    }

    /** The boundaries that may be behind the token. */
    public BitSet outcomes() {
        BitSet outcomes = new BitSet();
        ends.forEach(outcomes::or);
        return outcomes;
    }
}
