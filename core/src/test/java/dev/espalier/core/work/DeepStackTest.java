// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import org.junit.jupiter.api.Test;

class DeepStackTest {

    private static int recurse(int levels) {
        return levels == 0 ? 0 : 1 + recurse(levels - 1);
    }

    @Test
    void deepRecursionHasRoom() {
        assertEquals(1_000_000, DeepStack.call(100_000, () -> recurse(1_000_000)));
    }

    @Test
    void shallowWorkStaysOnItsThread() {
        assertSame(Thread.currentThread(), DeepStack.call(3, Thread::currentThread));
    }

    @Test
    void exceptionsArriveAsTheyWereThrown() {
        CancelledException thrown = new CancelledException("test");
        assertSame(
                thrown,
                assertThrows(
                        CancelledException.class,
                        () -> DeepStack.call(1000, () -> {
                            throw thrown;
                        })));
    }

    @Test
    void anInterruptEndsTheWorkAndStaysVisible() {
        WorkBudget budget = WorkBudget.standard();
        Thread.currentThread().interrupt();
        assertThrows(
                CancelledException.class,
                () -> DeepStack.call(1000, () -> {
                    while (true) {
                        budget.step();
                    }
                }));
        assertTrue(Thread.interrupted());
    }
}
