// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.core.error.CancelledException;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that compute masks beside forward passes. Daemons that end when idle for some seconds, and all at once when
 * closed. With none, the work is done by whoever waits for it. Thread-safe.
 */
public final class MaskThreads implements AutoCloseable {

    /** What its threads are called. */
    public static final String NAME = "espalier-mask";

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    private final boolean none;
    private final Runnable done;

    /**
     * Some threads.
     *
     * @param done called when some work is done, or was cancelled
     */
    public MaskThreads(int count, Runnable done) {
        this.done = done;
        none = count == 0;
        int threads = Math.max(1, count);
        executor = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), MaskThreads::thread);
        executor.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, NAME);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts some work, or notes it where there are no threads.
     *
     * @throws CancelledException once closed
     */
    public <T> Future<T> submit(Callable<T> work) {
        if (none && !executor.isShutdown()) {
            return new FutureTask<>(work);
        }
        try {
            FutureTask<T> task = new FutureTask<>(work) {
                @Override
                protected void done() {
                    done.run();
                }
            };
            executor.execute(task);
            return task;
        } catch (RejectedExecutionException closed) {
            throw new CancelledException("the decoder was closed", closed);
        }
    }

    /** Does what was submitted on the calling thread, if there are no threads for it; else returns at once. */
    public void help(Future<?> work) {
        if (none && work instanceof FutureTask<?> waiting) {
            waiting.run();
        }
    }

    /** Interrupts running work and cancels waiting work. */
    @Override
    public void close() {
        for (Runnable waiting : executor.shutdownNow()) {
            if (waiting instanceof Future<?> future) {
                future.cancel(true);
            }
        }
    }
}
