// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import dev.espalier.core.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that share numbered tasks, each task on one thread.
 *
 * @param threads how many, at least 1
 * @param stop once this is requested, no further task begins
 */
public record Workers(int threads, Cancellation stop) {

    /**
     * Runs the tasks 0 to {@code count} − 1, begun in this order.
     *
     * @throws InterruptedException if the calling thread is interrupted; the workers then are too
     * @throws RuntimeException what a task threw; no task begins after that
     */
    public void run(int count, IntConsumer task) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    try {
                        int n = next.getAndIncrement();
                        while (n < count && !stop.isRequested()) {
                            task.accept(n);
                            n = next.getAndIncrement();
                        }
                    } finally { // also for the others, if this one has thrown
                        next.set(count);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
