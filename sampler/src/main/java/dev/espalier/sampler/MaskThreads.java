package dev.espalier.sampler;

import dev.espalier.grammar.error.CancelledException;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that compute masks beside forward passes. Daemons that end when idle for some seconds, and all at once when
 * closed. Thread-safe.
 */
final class MaskThreads implements AutoCloseable {

    /** What its threads are called. */
    static final String NAME = "espalier-mask";

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;

    MaskThreads(int count) {
        executor = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), MaskThreads::thread);
        executor.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, NAME);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts some work.
     *
     * @throws CancelledException once closed
     */
    <T> Future<T> submit(Callable<T> work) {
        try {
            return executor.submit(work);
        } catch (RejectedExecutionException closed) {
            throw new CancelledException("the decoder was closed", closed);
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
