// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.RandomTrials;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tables by chance, held to their rows read one byte after another, and to distances that are lowered until nothing changes. */
@org.jspecify.annotations.NullUnmarked
class NumberAutomatonTest {

    private static final String SYMBOLS = "0123456789-.e+";

    @RandomTrials(300)
    void aTableSaysWhatItsRowsSay(long seed, Random random) {
        int rows = random.nextInt(1, 9);
        int[] next = new int[rows * NumberAutomaton.SYMBOLS];
        int[] outcome = new int[rows];
        Arrays.setAll(outcome, row -> random.nextInt(4) - 1);
        int dense = random.nextInt(1, 20);
        Arrays.setAll(next, i -> random.nextInt(20) < dense ? random.nextInt(rows) : -1);
        NumberAutomaton table = new NumberAutomaton(next.clone(), outcome.clone());
        for (int row = 0; row < rows; row++) {
            assertEquals(outcome[row], table.outcome(row), "seed " + seed);
            for (int symbol = 0; symbol < 300; symbol++) {
                int at = symbol == 'E' ? SYMBOLS.indexOf('e') : SYMBOLS.indexOf(symbol);
                int expected = at < 0 ? -1 : next[row * NumberAutomaton.SYMBOLS + at];
                assertEquals(expected, table.next(row, symbol), "seed " + seed + ", symbol " + symbol);
            }
            TreeMap<Integer, Integer> found = new TreeMap<>();
            for (int result : table.reach(row).results()) {
                found.put(result, table.reach(row).to(result));
            }
            assertEquals(reach(next, outcome, row), found, "seed " + seed + ", row " + row);
        }
        assertEquals(table.reach(0), table.reach(), "seed " + seed);
    }

    /** The results that come of all rows after 0, 1, 2 symbols and so on, each when it comes first. */
    private static TreeMap<Integer, Integer> reach(int[] next, int[] outcome, int start) {
        TreeMap<Integer, Integer> found = new TreeMap<>();
        TreeSet<Integer> rows = new TreeSet<>(java.util.List.of(start));
        for (int length = 0; length <= outcome.length; length++) {
            TreeSet<Integer> after = new TreeSet<>();
            for (int row : rows) {
                if (outcome[row] >= 0) {
                    found.putIfAbsent(outcome[row], length);
                }
                for (int symbol = 0; symbol < NumberAutomaton.SYMBOLS; symbol++) {
                    int target = next[row * NumberAutomaton.SYMBOLS + symbol];
                    if (target >= 0) {
                        after.add(target);
                    }
                }
            }
            rows = after;
        }
        return found;
    }
}
