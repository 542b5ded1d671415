// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskThreadsTest {

    private static Integer afterwards(CountDownLatch latch, int result) throws InterruptedException {
        latch.await();
        return result;
    }

    @Test
    void workThatIsExpectedToTakeLongWaitsForItsOwnKindOnly() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (MaskThreads threads = new MaskThreads(1, () -> {})) {
            Future<Integer> first = threads.submit(() -> afterwards(latch, 1), true);
            Future<Integer> second = threads.submit(() -> 2, true);
            for (int i = 0; i < 10; i++) {
                assertEquals(3, threads.submit(() -> 3, false).get());
            }
            assertFalse(second.isDone(), "one at a time");
            latch.countDown();
            assertEquals(1, first.get());
            assertEquals(2, second.get());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTakesLongerThanItsKindIsOvertaken(boolean takesLong) throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (MaskThreads threads = new MaskThreads(2, () -> {})) {
            List<Future<Integer>> slow = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                slow.add(threads.submit(() -> afterwards(latch, 1), takesLong));
            }
            Future<Integer> other = threads.submit(() -> 2, takesLong);
            while (!other.isDone()) {
                threads.overtake(); // for ever, if the other waited
                Thread.onSpinWait();
            }
            latch.countDown();
            for (Future<Integer> each : slow) {
                assertEquals(1, each.get());
            }
        }
    }

    @Test
    void closingCancelsWhatWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        MaskThreads threads = new MaskThreads(1, () -> {});
        Future<Integer> running = threads.submit(
                () -> {
                    begun.countDown();
                    return afterwards(new CountDownLatch(1), 1);
                },
                false);
        Future<Integer> waiting = threads.submit(() -> 2, false);
        begun.await();
        threads.close();
        assertTrue(waiting.isCancelled());
        assertThrows(Exception.class, running::get);
        assertThrows(CancelledException.class, () -> threads.submit(() -> 4, false));
    }
}
