// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Filling canvases slot by slot, in any order and from the left. */
class CanvasWalkTest {

    private static final Toy JSON =
            Toy.jsonWithBytes("{}[]\",:01ax \\u", "{\"", "\":", "\",", "},{\"", "\"}", "]]", "[1,", Toy.END);

    private final Vocabulary vocabulary = JSON.grammar().vocabulary();

    @Test
    void everyFillInRandomOrderEndsInTheLanguageWithoutTakingBack() {
        SlowRecognizer oracle = new SlowRecognizer(new GbnfReader().read(JsonText.ANY));
        Random random = new Random(25);
        for (int fill = 0; fill < 1_000; fill++) {
            Canvas canvas = fill(Canvas.blank(vocabulary, 1 + random.nextInt(8)), random);
            assertTrue(oracle.accepts(vocabulary.decode(canvas.tokens())), canvas.toString());
        }
    }

    /** Fixes allowed tokens until none is free: masks only shrink; what is not allowed leaves no completion. */
    private Canvas fill(Canvas blank, Random random) {
        Canvas canvas = blank;
        CanvasChart chart = JSON.parser().parse(canvas);
        assertTrue(chart.isCompletable());
        while (canvas.freeSlots() > 0) {
            Canvas before = canvas;
            int[] free =
                    IntStream.range(0, before.size()).filter(before::isFree).toArray();
            int slot = free[random.nextInt(free.length)];
            int refused = random.nextInt(vocabulary.size());
            if (random.nextInt(4) == 0 && !chart.mask(slot).allows(refused)) {
                assertFalse(JSON.parser().parse(canvas.with(slot, refused)).isCompletable(), canvas + " " + refused);
            }
            int[] allowed = chart.mask(slot).ids();
            canvas = canvas.with(slot, allowed[random.nextInt(allowed.length)]);
            CanvasChart next = JSON.parser().parse(canvas);
            assertTrue(next.isCompletable(), canvas.toString());
            for (int other = 0; other < canvas.size(); other++) {
                CanvasChart former = chart;
                int at = other;
                assertTrue(Arrays.stream(next.mask(other).ids())
                        .allMatch(token -> former.mask(at).allows(token)));
            }
            chart = next;
        }
        return canvas;
    }

    @Test
    void beforeABlankTailTheMaskIsThatOfTheMatcherForWhatCanBeFinishedInTheTail() {
        Random random = new Random(26);
        GapOracle oracle = new GapOracle(new GbnfReader().read(JsonText.ANY), vocabulary);
        int equal = 0;
        for (int text = 0; text < 60; text++) {
            Matcher matcher = JSON.grammar().matcher();
            for (int step = 0; step < 6 && !matcher.isTerminated(); step++) {
                int tail = random.nextInt(8);
                Canvas canvas = begun(matcher).gap(1 + tail).build();
                int[] all = matcher.mask().ids();
                int[] found = JSON.parser().parse(canvas).mask(matcher.length()).ids();
                assertTrue(Arrays.stream(found).allMatch(matcher::allows), canvas.toString());
                int token = all[random.nextInt(all.length)];
                assertEquals(
                        oracle.isCompletable(
                                canvas.with(matcher.length(), token).tokens()),
                        Arrays.stream(found).anyMatch(id -> id == token),
                        canvas + " " + token);
                int longest = Arrays.stream(all)
                        .map(id -> distanceAfter(matcher, id))
                        .max()
                        .orElse(0);
                if (longest <= tail) {
                    assertArrayEquals(all, found, canvas.toString());
                    equal++;
                }
                matcher.accept(token);
            }
        }
        assertTrue(equal > 60, equal + " long tails");
    }

    @Test
    void beforeAnEndlessTailTheMaskIsThatOfTheMatcher() {
        Random random = new Random(27);
        for (int text = 0; text < 60; text++) {
            Matcher matcher = JSON.grammar().matcher();
            for (int step = 0; step < 10 && !matcher.isTerminated(); step++) {
                Canvas canvas = begun(matcher).gapFrom(1).build();
                int[] all = matcher.mask().ids();
                assertArrayEquals(
                        all, JSON.parser().parse(canvas).mask(matcher.length()).ids(), canvas.toString());
                matcher.accept(all[random.nextInt(all.length)]);
            }
        }
    }

    private CanvasBuilder begun(Matcher matcher) {
        return Canvas.builder(vocabulary).tokens(matcher.tokens());
    }

    /** The bytes that are needed after a token, each of them a token. */
    private static int distanceAfter(Matcher matcher, int token) {
        Matcher after = matcher.fork();
        after.accept(token);
        return after.isTerminated() ? 0 : after.leastBytesToEnd();
    }

    @Test
    void fixedSlotsHaveTheirTokenAsMask() {
        CanvasChart chart = JSON.parser().parse(JSON.canvas("[", "_", "]"));
        assertEquals(JSON.texts(chart.mask(0)), java.util.Set.of("["));
        assertEquals(JSON.texts(chart.mask(2)), java.util.Set.of("]"));
    }
}
