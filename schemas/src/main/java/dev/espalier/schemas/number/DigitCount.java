// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.collect.IntArrayIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One construction: a table of numbers beside a count of their digits. */
public final class DigitCount {

    private static final int EXPONENT_DIGITS = 3;
    private static final int EXPONENT = 12;

    private final NumberAutomaton numbers;
    private final int[] most;
    private final IntArrayIndex rows = new IntArrayIndex();

    private DigitCount(NumberAutomaton numbers, int whole, int fraction) {
        this.numbers = numbers;
        this.most = new int[] {whole, fraction, EXPONENT_DIGITS};
    }

    /** The numbers with at most so many digits before and after the point, and 3 in an exponent. */
    public static NumberAutomaton bounded(NumberAutomaton numbers, int whole, int fraction) {
        return new DigitCount(numbers, whole, fraction).build();
    }

    private NumberAutomaton build() {
        List<int[]> next = new ArrayList<>();
        row(0, 0, 0);
        for (int i = 0; i < rows.size(); i++) {
            int[] targets = new int[NumberAutomaton.SYMBOLS];
            for (int symbol = 0; symbol < targets.length; symbol++) {
                targets[symbol] = target(rows.get(i), symbol);
            }
            next.add(targets);
        }
        int[] outcome = new int[rows.size()];
        Arrays.setAll(outcome, i -> numbers.outcome(rows.get(i)[0]));
        return NumberTable.finish(next, outcome);
    }

    /** A row of the table, the part of the number (whole, fraction, exponent) and its digits so far. */
    private int row(int row, int part, int digits) {
        return rows.add(new int[] {row, part, digits});
    }

    private int target(int[] row, int symbol) {
        int after = numbers.after(row[0], symbol);
        if (after < 0) {
            return -1;
        }
        if (symbol < 10) {
            return row[2] == most[row[1]] ? -1 : row(after, row[1], row[2] + 1);
        }
        boolean part = symbol == NumberReader.POINT || symbol == EXPONENT;
        return part ? row(after, symbol == EXPONENT ? 2 : 1, 0) : row(after, row[1], row[2]);
    }
}
