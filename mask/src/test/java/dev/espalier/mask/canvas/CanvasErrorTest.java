// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What canvases and their parser refuse, and how. */
class CanvasErrorTest {

    private final Toy toy = Toy.json("[", "]", "1", Toy.END);
    private final Vocabulary vocabulary = toy.grammar().vocabulary();
    private final Canvas blank = Canvas.blank(vocabulary, 6);

    @Test
    void tokensOutsideTheVocabularyAreRefused() {
        assertThrows(InvalidTokenException.class, () -> Canvas.of(vocabulary, 0, 4));
        assertThrows(InvalidTokenException.class, () -> Canvas.of(vocabulary, -4));
        assertThrows(InvalidTokenException.class, () -> blank.with(0, 4));
        assertThrows(InvalidTokenException.class, () -> blank.with(0, Canvas.FREE));
    }

    @Test
    void slotsOutsideTheCanvasAreRefused() {
        assertThrows(InvalidInputException.class, () -> Canvas.blank(vocabulary, -1));
        assertThrows(InvalidInputException.class, () -> blank.with(6, 0));
        assertThrows(InvalidInputException.class, () -> blank.withFree(-1));
        assertThrows(InvalidInputException.class, () -> blank.token(6));
        CanvasChart chart = toy.parser().parse(blank);
        assertThrows(InvalidInputException.class, () -> chart.mask(6));
        assertThrows(InvalidInputException.class, () -> chart.mask(-1));
    }

    @Test
    void canvasesOfAnotherVocabularyAreRefused() {
        Canvas other = Canvas.blank(vocabulary.withSize(9), 2);
        assertThrows(InvalidInputException.class, () -> toy.parser().parse(other));
    }

    @Test
    void aCanvasIsAValue() {
        Canvas changed = blank.with(1, 2);
        assertEquals(Canvas.of(vocabulary, -1, 2, -1, -1, -1, -1), changed);
        assertEquals(blank, changed.withFree(1));
        assertEquals(blank.hashCode(), changed.withFree(1).hashCode());
        assertNotEquals(blank, changed);
        assertNotEquals(blank, Canvas.blank(vocabulary.withSize(9), 6));
        assertEquals("[_, 2, _, _, _, _]", changed.toString());
        assertEquals(5, changed.freeSlots());
        assertTrue(blank.isFree(1));
        assertFalse(changed.isFree(1));
    }

    @Test
    void pastALimitThereIsATypedErrorAndThenTheAnswer() {
        Canvas large = Canvas.blank(vocabulary, 40);
        WorkBudget little = new WorkBudget(Limits.DEFAULT.withMaxCompileBytes(20_000), new Cancellation());
        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> toy.parser().parse(large, little));
        assertEquals("maxCompileBytes", refused.limit());
        WorkBudget late = new WorkBudget(Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(0)), new Cancellation());
        assertThrows(CompileTimeoutException.class, () -> toy.parser().parse(large, late));
        assertTrue(toy.parser().parse(large).isCompletable());
    }

    @Test
    void whatTheFastTierHasNoMemoryForTheChartAnswers() {
        Canvas row = Canvas.blank(vocabulary, 12).with(3, 2);
        CanvasParser poor = new CanvasParser(toy.grammar(), true, 500);
        CanvasChart answer = poor.parse(row);
        CanvasChart expected = poor.byChart(row, WorkBudget.standard());
        assertTrue(expected.isCompletable());
        assertEquals(expected.items(), answer.items(), "the chart was not asked");
        for (int slot = 0; slot < row.size(); slot++) {
            assertEquals(toy.parser().parse(row).mask(slot), answer.mask(slot), "slot " + slot);
        }
    }

    @Test
    void countingSlotsPastALimitIsATypedError() {
        WorkBudget little = new WorkBudget(Limits.DEFAULT.withMaxCompileBytes(60_000), new Cancellation());
        Canvas uncompletable = Canvas.of(vocabulary, Canvas.FREE, 3, 0);
        assertThrows(LimitExceededException.class, () -> toy.parser().neededSlots(uncompletable, 5_000, little));
    }

    @Test
    void gapsPastALimitGiveATypedErrorAndThenTheAnswer() {
        Canvas gaps = Canvas.builder(vocabulary)
                .tokens(0)
                .gap(2, 60)
                .tokens(1)
                .gapFrom(0)
                .tokens(1)
                .build();
        WorkBudget little = new WorkBudget(Limits.DEFAULT.withMaxCompileBytes(20_000), new Cancellation());
        assertThrows(LimitExceededException.class, () -> toy.parser().parse(gaps, little));
        WorkBudget late = new WorkBudget(Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(0)), new Cancellation());
        assertThrows(CompileTimeoutException.class, () -> toy.parser().byChart(gaps, late));
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        WorkBudget stopped = new WorkBudget(Limits.DEFAULT, cancellation);
        assertThrows(CancelledException.class, () -> toy.parser().byChart(gaps, stopped));
        assertTrue(toy.parser().parse(gaps).isCompletable());
    }

    @Test
    void parsingCanBeCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        WorkBudget budget = new WorkBudget(Limits.DEFAULT, cancellation);
        assertThrows(CancelledException.class, () -> toy.parser().parse(blank, budget));
    }
}
