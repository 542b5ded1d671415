// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold of slots that may be absent. {@code _} is a free slot, {@code ?} an optional, {@code *} an endless one. */
class GapTest {

    private static final String END = Toy.END;

    private final Toy toy = Toy.json("[", "]", "1", ",", "\"", "a", "]]", END);
    private final Vocabulary vocabulary = toy.grammar().vocabulary();

    @Test
    void optionalSlotsHaveOneTokenOrNone() {
        CanvasChart chart = toy.parser().parse(toy.canvas("[", "?", "]"));
        assertEquals(Set.of("1"), toy.texts(chart.mask(1)));
        assertTrue(chart.mayBeAbsent(1));
        assertFalse(chart.mayBeAbsent(0));
        assertEquals(Set.of("[", "]", "1", ",", "a", "]]"), toy.mask(2, "[", "\"", "?", "\"", "]", "?"));
        assertFalse(toy.isCompletable("[", "?", "1"));
    }

    @Test
    void anOptionalSlotMayHaveToBeThereOrNotToBe() {
        CanvasChart needed = toy.parser().parse(toy.canvas("[", "\"", "\"", "?", "\"", "\"", "]"));
        assertEquals(Set.of(","), toy.texts(needed.mask(3)));
        assertFalse(needed.mayBeAbsent(3));
        CanvasChart either = toy.parser().parse(toy.canvas("1", "?", "1"));
        assertEquals(Set.of("1"), toy.texts(either.mask(1)));
        assertTrue(either.mayBeAbsent(1));
        CanvasChart never = toy.parser().parse(toy.canvas("1", "?", END));
        assertEquals(Set.of("1", END), toy.texts(never.mask(1)));
        assertEquals(Set.of(), toy.mask(2, "[", "]", "?", "]]"));
    }

    @Test
    void optionalSlotsInARowAreFilledFromTheLeft() {
        CanvasChart chart = toy.parser().parse(toy.canvas("\"", "?", "?", "?", "]]"));
        assertFalse(chart.isCompletable());
        CanvasChart closed = toy.parser().parse(toy.canvas("[", "?", "?", "?", "]]"));
        assertEquals(Set.of("[", "1"), toy.texts(closed.mask(1)));
        assertEquals(Set.of("1", "[", "\"", ","), toy.texts(closed.mask(2)));
        assertFalse(closed.mayBeAbsent(1));
        assertTrue(closed.mayBeAbsent(2) && closed.mayBeAbsent(3));
    }

    @Test
    void endlessSlotsHaveAnyNumberOfTokens() {
        CanvasChart chart = toy.parser().parse(toy.canvas("*", "]", "]", "]", "]", "]"));
        assertEquals(Set.of("[", "1", "\"", "a", ",", "]", "]]"), toy.texts(chart.mask(0)));
        assertFalse(chart.mayBeAbsent(0));
        assertTrue(toy.parser().parse(toy.canvas("[", "*", "]")).mayBeAbsent(1));
        assertFalse(toy.isCompletable("]", "*"));
        assertTrue(toy.isCompletable("[", "[", "[", "*"));
    }

    @Test
    void behindTheEndOptionalAndEndlessSlotsAreAbsentOrEndTokens() {
        CanvasChart chart = toy.parser().parse(toy.canvas("[", "]", "?", END, "*"));
        assertEquals(Set.of(END), toy.texts(chart.mask(2)));
        assertEquals(Set.of(END), toy.texts(chart.mask(4)));
        assertTrue(chart.mayBeAbsent(2) && chart.mayBeAbsent(4));
        assertFalse(toy.isCompletable("[", "?", END, "*", "]"));
        Toy endless = Toy.json("[", "]");
        CanvasChart without = endless.parser().parse(endless.canvas("[", "]", "?", "*"));
        assertTrue(without.isCompletable());
        assertEquals(Set.of(), endless.texts(without.mask(2)));
        assertEquals(Set.of(), endless.texts(without.mask(3)));
    }

    @Test
    void anEndlessSlotIsLikeManyOptionalOnes() {
        Random random = new Random(2);
        String[] kinds = {"[", "]", "1", ",", "\"", "*", "*", "_"};
        for (int round = 0; round < 300; round++) {
            String[] slots = IntStream.range(0, 1 + random.nextInt(5))
                    .mapToObj(slot -> kinds[random.nextInt(kinds.length)])
                    .toArray(String[]::new);
            boolean endless = toy.isCompletable(slots);
            boolean optional = false;
            for (int k = 1; k <= 8 && optional != endless; k++) {
                optional = toy.isCompletable(withOptional(slots, k));
                assertTrue(endless || !optional, Arrays.toString(slots));
            }
            assertEquals(endless, optional, Arrays.toString(slots));
        }
    }

    private static String[] withOptional(String[] slots, int count) {
        return Arrays.stream(slots)
                .flatMap(slot -> slot.equals("*")
                        ? java.util.Collections.nCopies(count, "?").stream()
                        : java.util.stream.Stream.of(slot))
                .toArray(String[]::new);
    }

    /** Fixes, leaves out and inserts until nothing is open; what masks said stays true. */
    @Test
    void everyFillOfGapsInRandomOrderIsCompletableAtEveryStep() {
        Random random = new Random(3);
        for (int fill = 0; fill < 200; fill++) {
            Canvas canvas = toy.canvas("[", "?", "?", "?", "*", "]", "?", "?");
            CanvasChart chart = toy.parser().parse(canvas);
            for (int step = 0; step < 40 && (canvas.isElastic() || canvas.freeSlots() > 0); step++) {
                canvas = change(toy.parser(), canvas, chart, random, step > 8);
                CanvasChart next = toy.parser().parse(canvas);
                assertTrue(next.isCompletable(), canvas.toString());
                chart = next;
            }
        }
    }

    private static Canvas change(
            CanvasParser parser, Canvas canvas, CanvasChart chart, Random random, boolean shrinks) {
        int[] open = IntStream.range(0, canvas.size())
                .filter(slot -> canvas.token(slot) < 0)
                .toArray();
        int slot = open[random.nextInt(open.length)];
        if (chart.mayBeAbsent(slot)
                && (shrinks || random.nextBoolean() || chart.mask(slot).count() == 0)) {
            int to = slot + 1;
            while (to < canvas.size() && canvas.token(to - 1) == Canvas.OPTIONAL && canvas.mayBeAbsent(to)) {
                to++;
            }
            return canvas.withRemoved(slot, to);
        }
        if (canvas.token(slot) != Canvas.ENDLESS) {
            return canvas.with(slot, any(chart.mask(slot), random));
        }
        Canvas grown = canvas.withInserted(slot, 1);
        return grown.with(slot, any(parser.parse(grown).mask(slot), random));
    }

    private static int any(TokenMask mask, Random random) {
        return mask.ids()[random.nextInt(mask.count())];
    }

    @Test
    void canvasesArePutTogetherFromTokensAndGaps() {
        CanvasBuilder builder = Canvas.builder(vocabulary).tokens(0).gap(1, 3);
        assertEquals(4, builder.size());
        Canvas canvas = builder.tokens(3, 2).gap(2).gapFrom(1).build();
        assertEquals("[0, _, ?, ?, 3, 2, _, _, _, *]", canvas.toString());
        assertTrue(canvas.isElastic() && canvas.mayBeAbsent(2) && canvas.mayBeAbsent(9));
        assertTrue(canvas.hasEndless() && !canvas.withRemoved(9, 10).hasEndless());
        assertFalse(canvas.isFree(2) || canvas.mayBeAbsent(1));
        assertEquals(4, canvas.freeSlots());
        assertFalse(Canvas.builder(vocabulary).build().isElastic());
        assertThrows(InvalidInputException.class, () -> builder.gap(-1));
        assertThrows(InvalidInputException.class, () -> builder.gap(3, 2));
        assertThrows(InvalidInputException.class, () -> builder.gapFrom(-1));
        assertThrows(InvalidTokenException.class, () -> builder.tokens(99));
        assertThrows(InvalidTokenException.class, () -> builder.tokens(Canvas.FREE));
    }

    @Test
    void canvasesGrowAndShrink() {
        Canvas canvas = Canvas.of(vocabulary, 0, Canvas.OPTIONAL, Canvas.OPTIONAL, Canvas.ENDLESS, 1);
        assertEquals("[0, _, 2, *, 1]", canvas.with(2, 2).toString());
        assertEquals("[0, _, ?, *, 1]", canvas.withFree(1).toString());
        assertEquals("[0, ?, ?, _, _, *, 1]", canvas.withInserted(3, 2).toString());
        assertEquals("[0, ?, ?, *, 1, _]", canvas.withInserted(5, 1).toString());
        assertEquals("[0, *, 1]", canvas.withRemoved(1, 3).toString());
        assertEquals(canvas, canvas.withRemoved(2, 2));
        assertNotEquals(canvas, canvas.withRemoved(4, 5));
        assertThrows(InvalidInputException.class, () -> canvas.with(3, 0));
        assertThrows(InvalidInputException.class, () -> canvas.withFree(3));
        assertThrows(InvalidInputException.class, () -> canvas.withInserted(6, 1));
        assertThrows(InvalidInputException.class, () -> canvas.withInserted(0, -1));
        assertThrows(InvalidInputException.class, () -> canvas.withRemoved(2, 1));
        assertThrows(InvalidInputException.class, () -> canvas.withRemoved(0, 6));
        assertThrows(InvalidInputException.class, () -> canvas.mayBeAbsent(5));
    }
}
