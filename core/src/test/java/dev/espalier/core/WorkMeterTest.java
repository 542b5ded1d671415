// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.work.DeepStack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkMeterTest {

    private static final Limits MILLI = Limits.DEFAULT
            .withCompileDeadline(Duration.ofMillis(1))
            .withStepDeadline(Duration.ofMillis(1))
            .withWallClockFactor(1_000_000);

    @Test
    void aDeadlineCountsUnitsAndNotTime() {
        for (int trial = 0; trial < 3; trial++) {
            WorkMeter meter = WorkMeter.ofCompilation(MILLI, new Cancellation());
            int units = 0;
            try {
                while (units < 1_000_000) {
                    meter.spend(1);
                    units++;
                }
            } catch (CompileTimeoutException past) {
                assertTrue(String.valueOf(past.getMessage()).contains("compileDeadline"));
            }
            assertEquals(1023, units, "the first look past a thousand units");
        }
    }

    @Test
    void sixteenSmallStepsAreAUnit() {
        WorkBudget budget = WorkBudget.standard();
        for (int i = 0; i < 160; i++) {
            budget.spendSteps(1);
        }
        budget.spendSteps(170);
        budget.spendSteps(6);
        assertEquals(21, budget.meter().spent());
        budget.addStates(1000);
        budget.allocate(1000);
        assertEquals(21, budget.meter().spent());
    }

    @Test
    void aStepIsEndedByItsOwnDeadline() {
        WorkMeter meter = WorkMeter.ofStep(MILLI, new Cancellation());
        meter.spend(900);
        meter.restart();
        meter.spend(900);
        LimitExceededException past = assertThrows(LimitExceededException.class, () -> meter.spend(500));
        assertEquals("stepDeadline", past.limit());
        assertEquals(1, past.bound());
    }

    @Test
    void whatIsAllottedEndsAPartOfAStepAndTheStepGoesOn() {
        WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        meter.spend(100);
        meter.allot(7);
        meter.spend(6);
        assertThrows(AllotmentSpentException.class, () -> meter.spend(1));
        meter.allot(Long.MAX_VALUE);
        meter.spend(5_000);
        assertEquals(5_107, meter.spent());
        meter.allot(1_000);
        meter.spend(999);
        assertThrows(AllotmentSpentException.class, () -> meter.spend(1));
        meter.restart();
        meter.spend(5_000);
        assertEquals(5_000, meter.spent());
    }

    @Test
    void optionalWorkEndsWithItsUnitsAndWhatIsAllottedAroundItStays() {
        WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        meter.allot(100);
        assertTrue(meter.within(20, () -> meter.spend(19)));
        assertFalse(meter.within(20, () -> meter.spend(20)));
        assertFalse(meter.within(20, () -> assertFalse(meter.within(5, () -> meter.spend(30)))));
        meter.spend(1);
        assertThrows(AllotmentSpentException.class, () -> meter.within(1_000, () -> meter.spend(90)));
        meter.allot(Long.MAX_VALUE);
        assertTrue(meter.within(Long.MAX_VALUE, () -> meter.spend(5_000)));
    }

    @Test
    void aRepetitionEndsWithWhatIsAllotted() {
        WorkMeter step = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        step.allot(100);
        step.spend(60);
        WorkMeter part = step.run(() -> WorkMeter.ofRepetition(Limits.DEFAULT));
        part.spend(39);
        assertThrows(AllotmentSpentException.class, () -> part.spend(1));
        step.allot(Long.MAX_VALUE);
        step.run(() -> WorkMeter.ofRepetition(Limits.DEFAULT)).spend(5_000);
    }

    @Test
    void theDeadlineOfAStepEndsWhatIsAllottedToo() {
        WorkMeter meter = WorkMeter.ofStep(MILLI, new Cancellation());
        meter.allot(2_000);
        assertThrows(LimitExceededException.class, () -> meter.spend(1_000));
    }

    @Test
    void wallClockTimeIsALaterBoundThatIsNamed() throws InterruptedException {
        Limits limits = MILLI.withWallClockFactor(2);
        WorkMeter step = WorkMeter.ofStep(limits, new Cancellation());
        WorkMeter compilation = WorkMeter.ofCompilation(limits, new Cancellation());
        step.look();
        compilation.look();
        Thread.sleep(3);
        LimitExceededException past = assertThrows(LimitExceededException.class, step::look);
        assertEquals("wallClockFactor", past.limit());
        CompileTimeoutException late = assertThrows(CompileTimeoutException.class, compilation::look);
        assertTrue(String.valueOf(late.getMessage()).contains("wallClockFactor"));
    }

    @Test
    void aCallersDeadlineAndAConditionCancel() {
        WorkMeter late = WorkMeter.ofStep(Limits.DEFAULT, Cancellation.after(Duration.ZERO));
        assertThrows(CancelledException.class, late::look);
        AtomicInteger looks = new AtomicInteger();
        Cancellation third = Cancellation.when(() -> looks.incrementAndGet() == 3);
        WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, third.or(new Cancellation()));
        meter.look();
        meter.look();
        assertThrows(CancelledException.class, meter::look);
        assertTrue(third.isRequested(), "a switch stays on");
    }

    @Test
    void anInterruptEndsWorkAndStaysSet() {
        WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        Thread.currentThread().interrupt();
        try {
            assertThrows(CancelledException.class, meter::look);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void theMeterThatRunsIsSeenOnDeepStacksAndPutBack() {
        WorkMeter outer = WorkMeter.ofCompilation(Limits.DEFAULT, new Cancellation());
        WorkMeter inner = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        assertNull(WorkMeter.running());
        outer.run(() -> {
            assertSame(outer, DeepStack.call(100, () -> WorkMeter.running()));
            assertThrows(
                    IllegalStateException.class,
                    () -> inner.run(() -> {
                        assertSame(inner, WorkMeter.running());
                        throw new IllegalStateException();
                    }));
            assertSame(outer, WorkMeter.running());
            return outer;
        });
        assertNull(WorkMeter.running());
    }

    @Test
    void aRepetitionHasADeadlineOfItsOwnAndTheStepsCancellation() {
        Cancellation cancellation = new Cancellation();
        WorkMeter step = WorkMeter.ofStep(Limits.DEFAULT, cancellation);
        WorkBudget repeated = step.run(() -> WorkBudget.ofRepetition(Limits.DEFAULT));
        repeated.meter().spend(3_000_000);
        cancellation.cancel();
        assertThrows(CancelledException.class, repeated::poll);
    }

    @Test
    void aPartCountsOnWhatRuns() {
        for (WorkMeter meter : List.of(
                WorkMeter.ofStep(MILLI, new Cancellation()), WorkMeter.ofCompilation(MILLI, new Cancellation()))) {
            WorkBudget part = meter.run(() -> WorkBudget.ofPart(Limits.DEFAULT));
            assertSame(meter, part.meter());
            assertThrows(EspalierException.class, () -> part.meter().spend(1_000));
        }
    }
}
