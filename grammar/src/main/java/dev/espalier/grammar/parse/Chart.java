// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Earley's chart (1970) of a text: for each place the items that are there. An item is a dotted production, by its number, and the place where it began. Not
 * thread-safe.
 */
final class Chart {

    private static final BitSet NONE = new BitSet();
    private static final int BYTES_OF_ITEM = 120;

    private final Productions rules;
    private final Input input;
    private final WorkBudget budget;
    private final int[][] dotted;
    private final List<Dot> dots = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    /** By symbol and beginning, the ends of what was completed. */
    private final Map<Long, BitSet> ends = new HashMap<>();

    /** By symbol and end, the beginnings of what was completed. */
    private final Map<Long, BitSet> begins = new HashMap<>();

    /** A place in an alternative of a symbol. */
    record Dot(int symbol, int[] row, int at) {
        boolean isEnd() {
            return at == row.length;
        }

        int next() {
            return row[at];
        }
    }

    /** An item of a column. */
    record Item(int dot, int origin) {}

    private static final class Column {
        final List<Item> items = new ArrayList<>();
        final Set<Item> known = new HashSet<>();
        final BitSet predicted = new BitSet();
        final Map<Integer, List<Item>> callers = new HashMap<>();
    }

    private Chart(Productions rules, Input input, WorkBudget budget) {
        this.rules = rules;
        this.input = input;
        this.budget = budget;
        this.dotted = new int[rules.size()][];
        for (int symbol = 0; symbol < rules.size(); symbol++) {
            List<int[]> rows = rules.alternatives(symbol);
            dotted[symbol] = new int[rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                dotted[symbol][i] = dots.size();
                for (int at = 0; at <= rows.get(i).length; at++) {
                    dots.add(new Dot(symbol, rows.get(i), at));
                }
            }
        }
        for (int place = 0; place < input.places(); place++) {
            columns.add(new Column());
        }
    }

    /** The chart of a text, from symbol 0 on. */
    static Chart of(Productions rules, Input input, WorkBudget budget) {
        Chart chart = new Chart(rules, input, budget);
        chart.predict(0, 0);
        for (int place = 0; place < chart.columns.size(); place++) {
            chart.fill(place);
        }
        return chart;
    }

    Productions rules() {
        return rules;
    }

    Input input() {
        return input;
    }

    Dot dot(int number) {
        return dots.get(number);
    }

    /** The numbers of a symbol's alternatives with the dot before their first parts. */
    int[] beginnings(int symbol) {
        return dotted[symbol];
    }

    List<Item> items(int place) {
        return columns.get(place).items;
    }

    /** The items of a place whose next part is a symbol. */
    List<Item> callers(int place, int symbol) {
        return columns.get(place).callers.getOrDefault(symbol, List.of());
    }

    boolean has(int place, int dot, int origin) {
        return columns.get(place).known.contains(new Item(dot, origin));
    }

    /** Where a symbol may begin that ends at a place. */
    BitSet begins(int symbol, int to) {
        return begins.getOrDefault(key(symbol, to), NONE);
    }

    /** The place where the text ends as the start rule reads it, or -1. */
    int end() {
        BitSet found = ends.getOrDefault(key(0, 0), NONE);
        return found.stream().filter(input::isEnd).max().orElse(-1);
    }

    /** The last place that the text was read to. */
    int furthest() {
        int place = columns.size() - 1;
        while (place > 0 && columns.get(place).items.isEmpty()) {
            place--;
        }
        return place;
    }

    private static long key(int symbol, int place) {
        return (long) symbol << 32 | place;
    }

    private void add(int place, int dot, int origin) {
        Column column = columns.get(place);
        Item item = new Item(dot, origin);
        if (column.known.add(item)) {
            budget.allocate(BYTES_OF_ITEM);
            column.items.add(item);
        }
    }

    private void predict(int symbol, int place) {
        if (!columns.get(place).predicted.get(symbol)) {
            columns.get(place).predicted.set(symbol);
            for (int dot : dotted[symbol]) {
                add(place, dot, place);
            }
        }
    }

    private void fill(int place) {
        Column column = columns.get(place);
        for (int i = 0; i < column.items.size(); i++) {
            Item item = column.items.get(i);
            Dot dot = dots.get(item.dot);
            if (dot.isEnd()) {
                complete(dot.symbol, item.origin, place);
            } else if (dot.next() < 0) {
                for (int next : input.after(place, rules.terminal(dot.next()))) {
                    add(next, item.dot + 1, item.origin);
                }
            } else {
                column.callers
                        .computeIfAbsent(dot.next(), none -> new ArrayList<>())
                        .add(item);
                predict(dot.next(), place);
                if (begins(dot.next(), place).get(place)) {
                    add(place, item.dot + 1, item.origin);
                }
            }
        }
    }

    private void complete(int symbol, int origin, int place) {
        BitSet found = ends.computeIfAbsent(key(symbol, origin), none -> new BitSet());
        if (found.get(place)) {
            return;
        }
        found.set(place);
        begins.computeIfAbsent(key(symbol, place), none -> new BitSet()).set(origin);
        List<Item> callers = callers(origin, symbol);
        for (int i = 0; i < callers.size(); i++) {
            budget.step();
            add(place, callers.get(i).dot + 1, callers.get(i).origin);
        }
    }
}
