// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.NumberWorld;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.work.Deadline;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

@org.jspecify.annotations.NullUnmarked // a null state is a dead one
class DigitBoundsTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261125);
    private static final int WORLDS = Integer.getInteger("espalier.schemas.random", 16);
    private static final long[] GREATEST = {9, 99, 47, 250, 999, 1000};

    private static DigitBounds of(NumberTest... tests) {
        return DigitBounds.of(GenerationBounds.NUMBERS, List.of(tests));
    }

    private static BigInteger big(String digits) {
        return new BigInteger(digits);
    }

    @Test
    void tablesAndArithmeticAllowTheNumbersWithinTheBounds() {
        for (int i = 0; i < WORLDS; i++) {
            long seed = SEED + 104729L * i;
            Random random = new Random(seed);
            NumberWorld world = new NumberWorld(random, false);
            long most = GREATEST[random.nextInt(GREATEST.length)];
            int fraction = 1 + random.nextInt(3);
            world.bound(most, fraction);
            DigitBounds bounds = new DigitBounds(BigInteger.valueOf(most), fraction);
            NumberAutomaton plain = NumberTable.small(world.tests(), world::result);
            assertNotNull(plain);
            NumberLanguage table = DigitCount.bounded(plain, bounds);
            assertNotNull(table);
            NumberLanguage sums = DecimalLanguage.of(
                    world.tests(), world::result, false, bounds, Limits.DEFAULT, new Deadline(WorkBudget.standard()));
            assertEquals(table.reach(), sums.reach(), () -> "seed " + seed + ", " + world);
            for (NumberLanguage language : List.of(table, sums)) {
                try {
                    check(world, language, random, seed);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + seed + ", " + world + ", " + bounds + "\n" + e, e);
                }
            }
        }
    }

    private static void check(NumberWorld world, NumberLanguage language, Random random, long seed) {
        if (!language.reach().isEmpty()) {
            world.compareAll(language.start(), "", 3);
            FrameContract.check(language.start(), 128, seed, 2, 12);
        }
        for (int t = 0; t < 200; t++) {
            String text = world.text(random);
            world.read(language.reach().isEmpty() ? null : language.start(), text);
            if (t % 40 == 0 && !language.reach().isEmpty()) {
                world.compareAll(language.start(), text.substring(0, random.nextInt(text.length() + 1)), 2);
            }
        }
    }

    @Test
    void numbersOf64BitsAreWithinTheBounds() {
        assertEquals(new DigitBounds(BigInteger.valueOf(Long.MAX_VALUE), 17), of());
        assertEquals(of(), of(new NumberTest.AtLeast(BigDecimal.ZERO), new NumberTest.Integral(false)));
    }

    @Test
    void boundsReachAsFarAsTheNumbersOfTheTests() {
        BigDecimal far = new BigDecimal("1e30");
        assertEquals(
                big("9".repeat(31)), of(new NumberTest.AtLeast(far.negate())).greatest());
        assertEquals(big("9".repeat(31)), of(new NumberTest.Above(far)).greatest());
        assertEquals(big("9".repeat(34)), of(new NumberTest.MultipleOf(far)).greatest());
        assertEquals(
                20, of(new NumberTest.OneOf(Set.of(new BigDecimal("1e-20")))).fraction());
        assertEquals(
                19,
                of(new NumberTest.MultipleOf(new BigDecimal("0.0000000000000000005")))
                        .fraction());
    }

    @Test
    void numbersTooLongForATableHaveNoBound() {
        assertEquals(
                null, of(new NumberTest.AtLeast(new BigDecimal("1e999999"))).greatest());
        int fraction = of(new NumberTest.AtLeast(new BigDecimal("1e-999999"))).fraction();
        assertEquals(GenerationBounds.UNBOUNDED, fraction);
    }
}
