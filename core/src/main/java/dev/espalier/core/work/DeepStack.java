// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.work;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A runner of code that recurses with the nesting of its input, on a stack that is large enough. Shallow input runs on the caller's own thread. */
public final class DeepStack {

    private static final int SHALLOW = 32;
    private static final long ROOM = 512 << 10;
    private static final long BYTES_A_LEVEL = 4 << 10;
    private static final long LARGEST = 1L << 30;

    private DeepStack() {}

    /**
     * The result of some work, which is complete when this returns.
     *
     * <p>An interrupt of the calling thread is handed to the working thread, which ends at its next
     * {@link WorkBudget#poll()}; the caller's flag is set again on return. The {@link WorkMeter} that runs on the calling thread
     * runs on the working one. Cost: starting a thread (about 0.1 ms) when
     * the nesting is above 32 levels.
     *
     * @param nesting the levels of nesting that the work recurses into, up to about a dozen Java calls a level
     * @param work what to do; whatever it throws is thrown here
     */
    public static <T> T call(int nesting, Supplier<T> work) {
        if (nesting <= SHALLOW) {
            return work.get();
        }
        Task<T> task = new Task<>(work);
        long bytes = Math.min(LARGEST, ROOM + nesting * BYTES_A_LEVEL);
        Thread thread = new Thread(null, task, "espalier-deep-stack", bytes);
        thread.setDaemon(true);
        thread.start();
        awaitEnd(thread);
        return task.result();
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Task<T> implements Runnable {

        private final Supplier<T> work;
        private final @Nullable WorkMeter meter = WorkMeter.running();
        private final AtomicReference<@Nullable T> value = new AtomicReference<>();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Task(Supplier<T> work) {
            this.work = work;
        }

        @Override
        @SuppressWarnings("CatchAndPrintStackTrace")
        public void run() {
            try {
                value.set(meter == null ? work.get() : meter.run(work));
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        }

        T result() {
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            T result = value.get();
            if (result == null) {
                throw new IllegalStateException("the work returned null");
            }
            return result;
        }
    }
}
