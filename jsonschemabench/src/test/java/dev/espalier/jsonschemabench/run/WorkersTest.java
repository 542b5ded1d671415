// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void everyTaskRunsOnce() throws InterruptedException {
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        new Workers(4, new Cancellation()).run(100, n -> assertTrue(begun.add(n)));
        assertEquals(100, begun.size());
    }

    @Test
    void noTaskBeginsOnceOneHasThrownWhicheverThreadItWasOn() {
        AtomicInteger begun = new AtomicInteger();
        Workers workers = new Workers(2, new Cancellation());
        assertThrows(
                IllegalArgumentException.class,
                () -> workers.run(1_000, n -> {
                    begun.incrementAndGet();
                    LockSupport.parkNanos(1_000_000);
                    if (Thread.currentThread().getName().endsWith("2")) {
                        throw new IllegalArgumentException("task " + n);
                    }
                }));
        assertTrue(begun.get() < 1_000, begun + " tasks begun");
    }

    @Test
    void anErrorOfTheMachineIsTheCause() {
        Workers workers = new Workers(1, new Cancellation());
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> workers.run(1, n -> {
                    throw new StackOverflowError();
                }));
        assertTrue(thrown.getCause() instanceof StackOverflowError);
    }

    @Test
    void stoppedWorkersBeginNothing() throws InterruptedException {
        Cancellation stop = new Cancellation();
        AtomicInteger begun = new AtomicInteger();
        new Workers(1, stop).run(10, n -> {
            if (begun.incrementAndGet() == 3) {
                stop.cancel();
            }
        });
        assertEquals(3, begun.get());
    }
}
