// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Random;

/** Completability and every mask of small canvases against {@link Fillings}, which tries all fillings. */
class CanvasOracleTest implements CountedTrials {

    private double fillings;
    private long canvases;
    private long completable;

    @RandomTrials(2_500)
    void chartsOfRandomGrammarsAreThoseOfAllFillings(long seed, Random random) {
        compare(CanvasCase.random(seed, random), random, 5);
    }

    @RandomTrials(800)
    void chartsOfRecursiveGrammarsAreThoseOfAllFillings(long seed, Random random) {
        compare(CanvasCase.recursive(seed, random), random, 6);
    }

    @RandomTrials(200)
    void chartsOfCountersAreThoseOfAllFillings(long seed, Random random) {
        compare(CanvasCase.counted(seed, random), random, 5);
    }

    @RandomTrials(80)
    void chartsOfJsonAreThoseOfAllFillings(long seed, Random random) {
        compare(CanvasCase.json(seed, random, 11), random, 6);
    }

    @Override
    public void afterTrials() {
        assertTrue(canvases >= 11, "only " + canvases + " canvases");
        assertTrue(completable >= canvases / 10, "only " + completable + " completable canvases");
        assertTrue(fillings > canvases, "only " + fillings + " fillings");
    }

    private void compare(CanvasCase one, Random random, int slots) {
        one.parser().ifPresent(parser -> compare(one, parser, random, slots));
    }

    /**
     * A blank canvas, in which slots may be optional, then some in which slots are fixed to what a completion has there, or to
     * anything.
     */
    private void compare(CanvasCase one, CanvasParser parser, Random random, int slots) {
        Fillings oracle = new Fillings(one.grammar(), one.vocabulary());
        Vocabulary vocabulary = one.vocabulary();
        int size = random.nextInt(slots + 1);
        int optional = random.nextInt(3);
        int[] open = random.ints(size, 0, 4)
                .map(choice -> choice < optional ? Canvas.OPTIONAL : Canvas.FREE)
                .toArray();
        Canvas canvas = Canvas.of(vocabulary, open);
        int[] some = compare(parser, oracle, canvas, random, one.where());
        int[] last = open;
        for (int round = 0; round < 4 && size > 0; round++) {
            int[] partial = random.nextBoolean() ? open.clone() : last.clone();
            for (int slot = 0; slot < size; slot++) {
                if (some.length > 0 && random.nextInt(3) == 0) {
                    partial[slot] = some[slot];
                } else if (random.nextInt(some.length > 0 ? 12 : 4) == 0) {
                    partial[slot] = random.nextInt(vocabulary.size());
                }
            }
            compare(parser, oracle, Canvas.of(vocabulary, partial), random, one.where());
            last = partial;
        }
    }

    private int[] compare(CanvasParser parser, Fillings oracle, Canvas canvas, Random random, String where) {
        Fillings.Answer expected = oracle.of(canvas, random);
        compare(expected, parser.byChart(canvas, WorkBudget.standard()), where + " chart of " + canvas);
        compare(expected, parser.bySets(canvas, WorkBudget.standard()), where + " sets of " + canvas);
        canvases++;
        fillings += expected.fillings();
        completable += expected.completions() > 0 ? 1 : 0;
        return expected.some();
    }

    private static void compare(Fillings.Answer expected, CanvasChart chart, String place) {
        assertEquals(expected.completions() > 0, chart.isCompletable(), place);
        for (int slot = 0; slot < chart.canvas().size(); slot++) {
            assertArrayEquals(expected.mask(slot), chart.mask(slot).ids(), place + " slot " + slot);
            assertEquals(expected.absent()[slot], chart.mayBeAbsent(slot), place + " slot " + slot);
        }
    }
}
