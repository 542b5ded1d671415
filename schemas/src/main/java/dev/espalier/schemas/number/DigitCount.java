// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.options.GenerationBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One construction: a table of plain numbers beside a count of their digits. */
@FastPath(oracle = "DigitBoundsTest")
final class DigitCount {

    private static final int MAX_ROWS = 1 << 13;

    private static final int WHOLE = 0;
    private static final int FRACTION = 1;

    private static final int LESS = 0;
    private static final int EQUAL = 1;
    private static final int GREATER = 2;

    private final NumberAutomaton numbers;
    /** The digits of the greatest number before the point; null for no bound. */
    private final @Nullable String greatest;

    private final int fraction;
    private final IntArrayIndex rows = new IntArrayIndex();

    private DigitCount(NumberAutomaton numbers, DigitBounds bounds) {
        this.numbers = numbers;
        this.greatest = bounds.greatest() == null ? null : bounds.greatest().toString();
        this.fraction = bounds.fraction();
    }

    /** The numbers within some bounds; null if the table would be too large. */
    static @Nullable NumberAutomaton bounded(NumberAutomaton numbers, DigitBounds bounds) {
        return numbers.reach().isEmpty() ? numbers : new DigitCount(numbers, bounds).build();
    }

    private @Nullable NumberAutomaton build() {
        List<int[]> next = new ArrayList<>();
        row(0, WHOLE, 0, EQUAL);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.size() > MAX_ROWS) {
                return null;
            }
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

    /** A row of the table, the part of the number, its digits so far, and how those before the point compare with the bound's first. */
    private int row(int row, int part, int digits, int relation) {
        return rows.add(new int[] {row, part, digits, relation});
    }

    private int target(int[] row, int symbol) {
        int after = numbers.after(row[0], symbol);
        if (after < 0 || symbol == NumberReader.MINUS) {
            return after < 0 ? -1 : row(after, WHOLE, 0, EQUAL);
        } else if (symbol == NumberReader.POINT) {
            return row(after, FRACTION, 0, EQUAL);
        }
        int digits = row[2];
        if (row[1] == FRACTION) {
            return digits == fraction
                    ? -1
                    : row(after, FRACTION, fraction == GenerationBounds.UNBOUNDED ? 0 : digits + 1, EQUAL);
        }
        if (greatest == null || digits == greatest.length()) {
            return greatest == null ? row(after, WHOLE, 0, EQUAL) : -1;
        }
        int most = greatest.charAt(digits) - '0';
        int relation = row[3] != EQUAL ? row[3] : symbol < most ? LESS : symbol == most ? EQUAL : GREATER;
        boolean isTooGreat = relation == GREATER && digits + 1 == greatest.length();
        return isTooGreat ? -1 : row(after, WHOLE, digits + 1, relation);
    }
}
