// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All texts of the tokens of a kind behind a boundary, as an automaton whose ends say which boundary is behind them. State 0 has read nothing. Immutable.
 *
 * @param edges by state, where ranges of bytes lead
 * @param ends by state, the boundaries that may be behind a token which ends there
 * @param outcomes all of these
 * @param isBound whether it is other than behind the boundary of the same mode that forbids nothing
 */
public record TokenText(List<List<Edge>> edges, List<BitSet> ends, BitSet outcomes, boolean isBound) {

    /** Ranges of bytes of one state that are looked at in about a microsecond. */
    static final int RANGES_A_UNIT = 64;

    /** No text. */
    static final TokenText NONE = of(List.of(List.of()), List.of(new BitSet()), true);

    /**
     * An edge.
     *
     * @param low the first byte that is read; of a {@linkplain LexerParts part} its symbol
     * @param high the last one
     * @param target the state after it
     */
    public record Edge(int low, int high, int target) {}

    /** A state of the lexer, and what is still forbidden; whether a line ended here, and that is the end of the text that is looked for. */
    private record Place(int state, int boundary, boolean isLineEnd) {}

    /** Which part of a token. */
    enum Part {
        /** All of it. */
        TOKEN,
        /** Up to the end of a line in it, which is its last one; it ends with a boundary that {@linkplain Boundaries#isLine is} within the token. */
        LINE,
        /** What follows from there. */
        INDENTATION
    }

    /** Some texts as an automaton. */
    static TokenText of(List<List<Edge>> edges, List<BitSet> ends, boolean isBound) {
        BitSet outcomes = new BitSet();
        ends.forEach(outcomes::or);
        return new TokenText(edges, ends, outcomes, isBound);
    }

    /** The texts of a kind of tokens behind a boundary. */
    static TokenText of(
            LexerTable lexer,
            Boundaries boundaries,
            int boundary,
            int kind,
            BitSet leading,
            Part part,
            WorkBudget budget) {
        return new Search(lexer, boundaries, kind, leading, part, budget).from(boundary);
    }

    /** The search for the texts. */
    private static final class Search {

        private static final int LINE_END = '\n';

        /** Units of work for a place, besides its ranges of bytes. */
        private static final int UNITS_A_PLACE = 2;

        private final LexerTable lexer;
        private final Boundaries boundaries;
        private final int kind;
        private final BitSet leading;
        private final Part part;
        private final WorkBudget budget;
        private final List<Place> places = new ArrayList<>();
        private final Map<Place, Integer> numbers = new HashMap<>();
        private boolean bound;
        private int first;
        private @Nullable Place last;
        private int lastNumber;

        Search(LexerTable lexer, Boundaries boundaries, int kind, BitSet leading, Part part, WorkBudget budget) {
            this.lexer = lexer;
            this.boundaries = boundaries;
            this.kind = kind;
            this.leading = leading;
            this.part = part;
            this.budget = budget;
        }

        TokenText from(int boundary) {
            first = boundary;
            int start = part == Part.INDENTATION ? boundaries.lineState(boundary) : boundaries.start(boundary);
            int unused = number(new Place(start, boundaries.whole(boundary), false));
            List<List<Edge>> edges = new ArrayList<>();
            List<BitSet> ends = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                budget.addStates(1);
                budget.spend(UNITS_A_PLACE + lexer.ranges() / RANGES_A_UNIT);
                Place place = places.get(i);
                BitSet behind = behind(place);
                bound |= !behind.isEmpty() && boundaries.free(place.boundary) != place.boundary;
                ends.add(behind);
                edges.add(edges(place));
            }
            return TokenText.of(edges, ends, bound);
        }

        private int number(Place place) {
            if (!places.isEmpty() && place.equals(last)) {
                return lastNumber;
            }
            budget.spendSteps(1);
            last = place;
            lastNumber = numbered(place);
            return lastNumber;
        }

        private int numbered(Place place) {
            return numbers.computeIfAbsent(place, none -> {
                places.add(place);
                return places.size() - 1;
            });
        }

        /** The boundaries behind the text if it ends at a place. */
        private BitSet behind(Place place) {
            BitSet behind = new BitSet();
            if (part == Part.LINE) {
                if (place.isLineEnd) {
                    behind.set(boundaries.line(place.boundary, place.state, kind));
                }
                return behind;
            }
            for (LexerTable.Ending ending : lexer.endings(place.state)) {
                if (ending.kind() == kind) {
                    behind.set(boundaries.join(place.boundary, ending, boundaries.modeBehind(first, ending.mode())));
                }
            }
            for (LexerTable.Ending ending : lexer.last(place.state)) {
                if (ending.kind() == kind && boundaries.mayEnd(place.boundary)) {
                    behind.set(boundaries.of(ending.mode()));
                }
                bound |= ending.kind() == kind && !boundaries.mayEnd(place.boundary);
            }
            return behind;
        }

        private List<Edge> edges(Place place) {
            List<Edge> some = new ArrayList<>();
            for (int range = 0; range < lexer.ranges(); range++) {
                int next = lexer.next(place.state, range);
                if (next < 0 || !leading.get(next)) {
                    continue;
                }
                int forbidden = boundaries.after(place.boundary, range);
                if (forbidden == Boundaries.BROKEN) {
                    bound = true;
                } else {
                    add(some, next, forbidden, lexer.low(range), lexer.high(range));
                }
            }
            return some;
        }

        private void add(List<Edge> some, int state, int kept, int low, int high) {
            if (part == Part.TOKEN || low > LINE_END || high < LINE_END) {
                TokenText.add(some, low, high, number(new Place(state, kept, false)));
                return;
            }
            if (low < LINE_END) {
                TokenText.add(some, low, LINE_END - 1, number(new Place(state, kept, false)));
            }
            if (part == Part.LINE) {
                TokenText.add(some, LINE_END, LINE_END, number(new Place(state, kept, true)));
            }
            if (high > LINE_END) {
                TokenText.add(some, LINE_END + 1, high, number(new Place(state, kept, false)));
            }
        }
    }

    private static void add(List<Edge> edges, int low, int high, int target) {
        Edge last = edges.isEmpty() ? null : edges.get(edges.size() - 1);
        if (last != null && last.target == target && last.high + 1 == low) {
            edges.set(edges.size() - 1, new Edge(last.low, high, target));
        } else {
            edges.add(new Edge(low, high, target));
        }
    }
}
