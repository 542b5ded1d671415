// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Short sentences around the texts of symbols. Texts are rows of terminals. */
final class ShortTexts {

    private static final int UNREACHED = Integer.MAX_VALUE;

    private final Productions rules;
    private final WorkBudget budget;
    private final int[] around;
    private final int[] callers;
    private final int[][] rows;
    private final int[] places;

    ShortTexts(Productions rules, WorkBudget budget) {
        this.rules = rules;
        this.budget = budget;
        this.around = new int[rules.size()];
        this.callers = new int[rules.size()];
        this.rows = new int[rules.size()][0];
        this.places = new int[rules.size()];
        Arrays.fill(around, UNREACHED);
        around[0] = 0;
        for (boolean changes = true; changes; ) {
            changes = false;
            for (int symbol = 0; symbol < around.length; symbol++) {
                changes |= around[symbol] != UNREACHED && spread(symbol);
            }
        }
    }

    private boolean spread(int symbol) {
        boolean changes = false;
        for (int[] row : rules.alternatives(symbol)) {
            long whole = (long) around[symbol] + rules.length(row, 0);
            for (int i = 0; i < row.length; i++) {
                budget.step();
                if (row[i] >= 0 && whole - rules.shortest(row[i]) < around[row[i]]) {
                    around[row[i]] = (int) (whole - rules.shortest(row[i]));
                    callers[row[i]] = symbol;
                    rows[row[i]] = row;
                    places[row[i]] = i;
                    changes = true;
                }
            }
        }
        return changes;
    }

    /** Whether the start rule leads to a symbol, and the symbol to a text. */
    boolean isReached(int symbol) {
        return around[symbol] != UNREACHED && rules.shortest(symbol) != Integer.MAX_VALUE;
    }

    /** The number of terminals of a shortest sentence around a symbol, without those of the symbol. */
    int around(int symbol) {
        return around[symbol];
    }

    /** A shortest text of a symbol. */
    List<Terminal> text(int symbol) {
        List<Terminal> text = new ArrayList<>();
        Deque<Integer> pending = new ArrayDeque<>(List.of(symbol));
        while (!pending.isEmpty()) {
            budget.allocate(8);
            int next = pending.pop();
            if (next < 0) {
                text.add(rules.terminal(next));
                continue;
            }
            int[] row = rules.best(next);
            for (int i = row.length - 1; i >= 0; i--) {
                pending.push(row[i]);
            }
        }
        return text;
    }

    /** A shortest sentence with a text of a symbol in it. */
    List<Terminal> around(int symbol, List<Terminal> text) {
        Deque<Terminal> whole = new ArrayDeque<>(text);
        int inner = symbol;
        while (inner != 0) {
            for (int i = places[inner] - 1; i >= 0; i--) {
                List<Terminal> before = text(rows[inner][i]);
                for (int t = before.size() - 1; t >= 0; t--) {
                    whole.addFirst(before.get(t));
                }
            }
            for (int i = places[inner] + 1; i < rows[inner].length; i++) {
                text(rows[inner][i]).forEach(whole::addLast);
            }
            inner = callers[inner];
        }
        return List.copyOf(whole);
    }
}
