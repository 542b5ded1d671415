// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.nfa.Nfa;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@linkplain Expression.FreeText Free text} as an automaton: all marks and excluded texts at once, as Aho and Corasick have it, beside what of a character of UTF-8 is still to
 * be read. Linear in the texts.
 */
@FastPath(oracle = "FreeTextTest")
final class FreeTextBuilder {

    private static final int ROOT = 0;
    private static final int NONE = -1;

    private final Expression.FreeText free;
    private final Nfa nfa;
    private final int to;
    private final WorkBudget budget;
    private final List<int[]> next = new ArrayList<>();
    /** By node, the marks that end there; the number of marks for an excluded text. */
    private final List<BitSet> ends = new ArrayList<>();

    private final Map<Place, Integer> states = new HashMap<>();
    private final ArrayDeque<Place> waiting = new ArrayDeque<>();

    /** What has been read of marks, and of a character. */
    private record Place(int node, Rest rest) {}

    /** The bytes that a character still needs, and which the next one may be. */
    private enum Rest {
        NONE(0, 0, 0),
        ONE(1, 0x80, 0xbf),
        TWO(2, 0x80, 0xbf),
        THREE(3, 0x80, 0xbf),
        NO_OVERLONG_TWO(2, 0xa0, 0xbf),
        NO_SURROGATE(2, 0x80, 0x9f),
        NO_OVERLONG_THREE(3, 0x90, 0xbf),
        NO_MORE_THAN_UNICODE(3, 0x80, 0x8f);

        private final int bytes;
        private final int low;
        private final int high;

        Rest(int bytes, int low, int high) {
            this.bytes = bytes;
            this.low = low;
            this.high = high;
        }

        /** What is left after a byte; null if it may not come. */
        static @Nullable Rest after(Rest rest, int value) {
            if (rest != NONE) {
                return value < rest.low || value > rest.high
                        ? null
                        : rest.bytes == 1 ? NONE : rest.bytes == 2 ? ONE : TWO;
            } else if (value < 0x80) {
                return NONE;
            } else if (value < 0xc2 || value > 0xf4) {
                return null;
            }
            return switch (value) {
                case 0xe0 -> NO_OVERLONG_TWO;
                case 0xed -> NO_SURROGATE;
                case 0xf0 -> NO_OVERLONG_THREE;
                case 0xf4 -> NO_MORE_THAN_UNICODE;
                default -> value < 0xe0 ? ONE : value < 0xf0 ? TWO : THREE;
            };
        }
    }

    private FreeTextBuilder(Expression.FreeText free, Nfa nfa, int to, WorkBudget budget) {
        this.free = free;
        this.nfa = nfa;
        this.to = to;
        this.budget = budget;
        addNode();
        for (int i = 0; i < free.stops().size(); i++) {
            addText(free.stops().get(i).mark(), i);
        }
        free.excluded().forEach(text -> addText(text, free.stops().size()));
        link();
    }

    /** About how many states free text takes, what follows its marks not counted. */
    static long size(Expression.FreeText free) {
        long size = Rest.values().length;
        for (Expression.FreeText.Stop stop : free.stops()) {
            size += stop.mark().length();
        }
        for (String text : free.excluded()) {
            size += text.length();
        }
        return size;
    }

    /** Connects two states by free text that ends without a mark; the states behind the marks. */
    static int[] add(Expression.FreeText free, Nfa nfa, int from, int to, WorkBudget budget) {
        return new FreeTextBuilder(free, nfa, to, budget).run(from);
    }

    private int addNode() {
        budget.addStates(1);
        int[] row = new int[256];
        Arrays.fill(row, NONE);
        next.add(row);
        ends.add(new BitSet());
        return next.size() - 1;
    }

    private void addText(String text, int end) {
        int node = ROOT;
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            int[] row = next.get(node);
            if (row[value & 0xff] == NONE) {
                row[value & 0xff] = addNode();
            }
            node = row[value & 0xff];
        }
        ends.get(node).set(end);
    }

    /** Leads each node, for bytes that it does not know, to where the longest of its ends that is a node goes. */
    private void link() {
        int[] fallback = new int[next.size()];
        ArrayDeque<Integer> pending = new ArrayDeque<>(List.of(ROOT));
        while (!pending.isEmpty()) {
            budget.step();
            int node = pending.remove();
            int[] row = next.get(node);
            for (int value = 0; value < row.length; value++) {
                int shorter = node == ROOT ? ROOT : next.get(fallback[node])[value];
                if (row[value] == NONE) {
                    row[value] = shorter;
                } else {
                    fallback[row[value]] = shorter;
                    ends.get(row[value]).or(ends.get(shorter));
                    pending.add(row[value]);
                }
            }
        }
    }

    private int[] run(int from) {
        int[] stops = new int[free.stops().size()];
        Arrays.setAll(stops, none -> nfa.addState());
        nfa.addEmpty(from, state(new Place(ROOT, Rest.NONE)));
        while (!waiting.isEmpty()) {
            budget.step();
            Place place = waiting.remove();
            int state = state(place);
            BitSet ended = ends.get(place.node);
            if (!ended.isEmpty()) {
                ended.stream().forEach(stop -> nfa.addEmpty(state, stops[stop]));
                continue;
            }
            if (free.mayEnd() && place.rest == Rest.NONE) {
                nfa.addEmpty(state, to);
            }
            addEdges(place, state);
        }
        return stops;
    }

    private int state(Place place) {
        return states.computeIfAbsent(place, none -> {
            waiting.add(place);
            return nfa.addState();
        });
    }

    private void addEdges(Place place, int from) {
        int[] row = next.get(place.node);
        Place reached = null;
        int low = 0;
        for (int value = 0; value <= row.length; value++) {
            Place after = value == row.length ? null : after(place, row, value);
            if (value == row.length || (after == null ? reached != null : !after.equals(reached))) {
                if (reached != null) {
                    nfa.addRange(from, low, value - 1, state(reached));
                }
                reached = after;
                low = value;
            }
        }
    }

    /** Where a byte leads; null if it may not come, or completes what is excluded. */
    private @Nullable Place after(Place place, int[] row, int value) {
        Rest rest = Rest.after(place.rest, value);
        boolean isExcluded = ends.get(row[value]).get(free.stops().size());
        return rest == null || isExcluded ? null : new Place(row[value], rest);
    }
}
