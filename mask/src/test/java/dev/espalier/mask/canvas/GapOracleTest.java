// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Random;

/**
 * Canvases with slots that may be absent or hold any number of tokens against {@link GapOracle}.
 */
class GapOracleTest implements CountedTrials {

    private long canvases;
    private long completable;
    private long questions;

    @RandomTrials(200)
    void gapsOfRandomGrammarsAreThoseOfGraphs(long seed, Random random) {
        compare(CanvasCase.random(seed, random), random);
    }

    @RandomTrials(40)
    void gapsOfRecursiveGrammarsAreThoseOfGraphs(long seed, Random random) {
        compare(CanvasCase.recursive(seed, random), random);
    }

    @RandomTrials(25)
    void gapsOfJsonAreThoseOfGraphs(long seed, Random random) {
        compare(CanvasCase.json(seed, random, 8), random);
    }

    @Override
    public void afterTrials() {
        assertTrue(canvases >= 11, "only " + canvases + " canvases");
        assertTrue(completable >= canvases / 10, "only " + completable + " completable canvases");
        assertTrue(questions > canvases, "only " + questions + " questions");
    }

    private void compare(CanvasCase one, Random random) {
        GapOracle oracle = new GapOracle(one.grammar(), one.vocabulary());
        one.parser().ifPresent(parser -> {
            for (int round = 0; round < 40; round++) {
                compare(parser, oracle, random(one.vocabulary(), random), one.where());
            }
        });
    }

    /** Slots of all kinds, rarely more than two that are endless. */
    private static Canvas random(Vocabulary vocabulary, Random random) {
        CanvasBuilder builder = Canvas.builder(vocabulary);
        for (int parts = random.nextInt(5); parts > 0; parts--) {
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> builder.tokens(random.nextInt(vocabulary.size()));
                case 3 -> builder.gap(1);
                case 4 -> builder.gap(0, 1 + random.nextInt(3));
                case 5 -> builder.gapFrom(random.nextInt(4) / 3);
                default -> builder.gap(0, 1).gapFrom(0);
            }
        }
        return builder.build();
    }

    private void compare(CanvasParser parser, GapOracle oracle, Canvas canvas, String where) {
        CanvasChart chart = parser.parse(canvas);
        String place = where + " canvas " + canvas;
        boolean expected = oracle.isCompletable(canvas.tokens());
        assertEquals(expected, chart.isCompletable(), place);
        for (int slot = 0; slot < canvas.size(); slot++) {
            String at = place + " slot " + slot;
            if (expected) {
                assertArrayEquals(oracle.mask(canvas, slot), chart.mask(slot).ids(), at);
                assertEquals(oracle.mayBeAbsent(canvas, slot), chart.mayBeAbsent(slot), at);
                questions += canvas.vocabularySize() + 1;
            } else {
                assertEquals(0, chart.mask(slot).count(), at);
                assertEquals(false, chart.mayBeAbsent(slot), at);
            }
        }
        canvases++;
        completable += expected ? 1 : 0;
    }
}
