// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.espalier.schemas.atom.NumberTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which of several steps divide a number, told by a table and by {@link BigDecimal}. */
class NumberTableTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261120);
    private static final String[] STEPS = {
        "1", "2", "3", "4", "5", "7", "8", "12", "30", "0.5", "0.2", "0.3", "0.01", "0.15"
    };

    private static int outcome(NumberAutomaton table, String text) {
        int row = 0;
        for (int i = 0; i < text.length() && row >= 0; i++) {
            row = table.next(row, text.charAt(i));
        }
        return row < 0 ? -1 : table.outcome(row);
    }

    private static int mask(boolean[] holds) {
        int mask = 0;
        for (int i = 0; i < holds.length; i++) {
            mask |= holds[i] ? 1 << i : 0;
        }
        return mask;
    }

    private static String text(Random random) {
        String sign = random.nextInt(4) == 0 ? "-" : "";
        String whole = Integer.toString(random.nextInt(random.nextBoolean() ? 100 : 1_000_000));
        int digits = random.nextInt(4);
        StringBuilder fraction = new StringBuilder(digits == 0 ? "" : ".");
        for (int i = 0; i < digits; i++) {
            fraction.append(random.nextInt(3) == 0 ? 5 : random.nextInt(2) == 0 ? 0 : random.nextInt(10));
        }
        return sign + whole + fraction;
    }

    @Test
    void multiplesOfSeveralStepsAreToldApart() {
        for (int i = 0; i < 40; i++) {
            Random random = new Random(SEED + 31L * i);
            List<BigDecimal> steps = new ArrayList<>();
            for (int n = 2 + random.nextInt(4); n > 0; n--) {
                steps.add(new BigDecimal(STEPS[random.nextInt(STEPS.length)]));
            }
            List<NumberTest> tests = new ArrayList<>();
            steps.forEach(step -> tests.add(new NumberTest.MultipleOf(step)));
            NumberAutomaton table = NumberTable.small(tests, NumberTableTest::mask);
            assertNotNull(table);
            for (int t = 0; t < 500; t++) {
                String text = text(random);
                boolean[] holds = new boolean[tests.size()];
                boolean isDigits = false; // a multiple of an integer is written without a point
                for (int test = 0; test < holds.length; test++) {
                    holds[test] =
                            new BigDecimal(text).remainder(steps.get(test)).signum() == 0;
                    isDigits |= holds[test] && steps.get(test).scale() <= 0;
                }
                int expected = isDigits && text.contains(".") ? -1 : mask(holds);
                assertEquals(expected, outcome(table, text), () -> text + " by " + steps);
            }
        }
    }
}
