// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * Gaps for random schemas: one of up to m tokens allows what the gaps of exactly 0 to m allow, place by place; one of any length
 * allows at least that, and is completable only if some length is.
 */
class SchemaGapTest implements CountedTrials {

    private static final int MOST = 4;
    private static final int LONGEST = 14;

    /** States with seen keys or items are endless many: such gaps are refused, soon. */
    private static final Limits LITTLE =
            Limits.DEFAULT.withMaxCompileBytes(4 << 20).withCompileDeadline(Duration.ofMillis(300));

    private long canvases;
    private long completable;
    private long endless;
    private long refused;

    @RandomTrials(200)
    void gapsOfRandomSchemasAreThoseOfAllTheirLengths(long seed, Random random) {
        SchemaCanvasTest.onRandomSchema(seed, random, (grammar, where) -> compare(grammar, random, where));
    }

    @Override
    public void afterTrials() {
        assertTrue(completable >= 11, "only " + completable + " completable canvases");
        assertTrue(endless >= 1, "only " + endless + " endless gaps");
        assertTrue(refused < canvases, refused + " of " + canvases + " refused");
    }

    private void compare(CompiledGrammar grammar, Random random, String where) {
        CanvasParser parser = CanvasParser.withoutEnds(grammar);
        for (int round = 0; round < 3; round++) {
            int[] before = text(parser, random);
            int[] after =
                    random.nextInt(3) == 0 || before.length == 0 ? new int[0] : new int[] {before[before.length - 1]};
            int[] begin = Arrays.copyOf(before, Math.max(0, before.length - 1 - random.nextInt(3)));
            compare(parser, begin, after, where);
        }
    }

    /** A text of the grammar of a few tokens, or none. */
    private static int[] text(CanvasParser parser, Random random) {
        Canvas canvas = Canvas.blank(parser.grammar().vocabulary(), 1 + random.nextInt(5));
        CanvasChart chart = parser.parse(canvas);
        for (int slot = 0; slot < canvas.size() && chart.isCompletable(); slot++) {
            int[] allowed = chart.mask(slot).ids();
            canvas = canvas.with(slot, allowed[random.nextInt(allowed.length)]);
            chart = parser.parse(canvas);
        }
        return chart.isCompletable() ? canvas.tokens() : new int[0];
    }

    private void compare(CanvasParser parser, int[] begin, int[] end, String where) {
        Vocabulary vocabulary = parser.grammar().vocabulary();
        BitSet[] masks = new BitSet[MOST];
        boolean[] absent = new boolean[MOST];
        boolean any = false;
        for (int place = 0; place < MOST; place++) {
            masks[place] = new BitSet();
        }
        for (int length = 0; length <= MOST; length++) {
            CanvasChart exact = parser.parse(Canvas.builder(vocabulary)
                    .tokens(begin)
                    .gap(length)
                    .tokens(end)
                    .build());
            any |= exact.isCompletable();
            for (int place = 0; place < MOST; place++) {
                if (place < length) {
                    add(exact, begin.length + place, masks[place]);
                } else {
                    absent[place] |= exact.isCompletable();
                }
            }
        }
        Canvas gap = Canvas.builder(vocabulary)
                .tokens(begin)
                .gap(0, MOST)
                .tokens(end)
                .build();
        CanvasChart chart = parser.parse(gap);
        String at = where + " " + gap;
        assertEquals(any, chart.isCompletable(), at);
        for (int place = 0; place < MOST; place++) {
            BitSet found = new BitSet();
            add(chart, begin.length + place, found);
            assertEquals(masks[place], found, at + " place " + place);
            assertEquals(absent[place], chart.mayBeAbsent(begin.length + place), at + " place " + place);
        }
        canvases++;
        completable += any ? 1 : 0;
        compareEndless(parser, begin, end, masks, any, at);
    }

    private void compareEndless(CanvasParser parser, int[] begin, int[] end, BitSet[] masks, boolean any, String at) {
        Vocabulary vocabulary = parser.grammar().vocabulary();
        Canvas gap =
                Canvas.builder(vocabulary).tokens(begin).gapFrom(0).tokens(end).build();
        try {
            CanvasChart chart = parser.parse(gap, new WorkBudget(LITTLE, new Cancellation()));
            assertTrue(chart.isCompletable() || !any, at);
            BitSet found = new BitSet();
            add(chart, begin.length, found);
            for (BitSet mask : masks) {
                mask.andNot(found);
                assertTrue(mask.isEmpty(), at + " " + mask);
            }
            if (chart.isCompletable() && !any) {
                Canvas longer = Canvas.builder(vocabulary)
                        .tokens(begin)
                        .gap(0, LONGEST)
                        .tokens(end)
                        .build();
                assertTrue(parser.parse(longer).isCompletable(), at);
            }
            endless += chart.isCompletable() ? 1 : 0;
        } catch (LimitExceededException | CompileTimeoutException statesWithoutEnd) {
            refused++;
        }
    }

    private static void add(CanvasChart chart, int slot, BitSet target) {
        for (int id : chart.mask(slot).ids()) {
            target.set(id);
        }
    }
}
