// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.core.error.CancelledException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that compute masks beside forward passes. Daemons that end when idle for some seconds, and all at once when
 * closed. With none, the work is done by whoever waits for it.
 *
 * <p>Work that is expected to take long has as many threads as other work, and waits for its own kind only. What takes longer than its kind is
 * {@linkplain #overtake overtaken}: it goes on, and another thread does what waits. So a text whose masks take long holds up no text whose masks
 * do not. Thread-safe.
 */
public final class MaskThreads implements AutoCloseable {

    /** What its threads are called. */
    public static final String NAME = "espalier-mask";

    private static final long IDLE_SECONDS = 5;

    /** From so many nanoseconds on, work takes long. */
    private static final long LONG_NANOS = 5_000_000;

    /** From so many nanoseconds on, not even work that is expected to take long waits for some. */
    private static final long ENDLESS_NANOS = 100_000_000;

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), MaskThreads::thread);
    private final boolean none;
    private final Runnable done;

    /** Guards all that follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Lane brief;
    private final Lane slow;
    private boolean closed;

    /** Work that waits, and what runs of it. */
    private static final class Lane {
        private final int most;
        private final Deque<Work<?>> waiting = new ArrayDeque<>();
        private final Set<Work<?>> running = new HashSet<>();

        Lane(int most) {
            this.most = most;
        }

        /** The next to run, or null. */
        private @Nullable Work<?> next() {
            Work<?> next = running.size() < most ? waiting.poll() : null;
            if (next != null) {
                next.begun = System.nanoTime();
                running.add(next);
            }
            return next;
        }

        /** Takes out, where some work waits, what has run since a time or longer. */
        private List<Work<?>> overtaken(long since) {
            List<Work<?>> old = waiting.isEmpty()
                    ? List.of()
                    : running.stream().filter(work -> work.begun - since <= 0).toList();
            running.removeAll(old);
            return old;
        }
    }

    private final class Work<T> extends FutureTask<T> {
        private long begun;

        Work(Callable<T> work) {
            super(work);
        }

        @Override
        protected void done() {
            done.run();
        }
    }

    /**
     * Some threads.
     *
     * @param done called when some work is done, or was cancelled
     */
    public MaskThreads(int count, Runnable done) {
        this.done = done;
        none = count == 0;
        brief = new Lane(Math.max(1, count));
        slow = new Lane(Math.max(1, count));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, NAME);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether work that took so many nanoseconds took long. */
    public static boolean isLong(long nanos) {
        return nanos >= LONG_NANOS;
    }

    /**
     * Starts some work, or notes it where there are no threads.
     *
     * @param takesLong whether the work is expected to {@linkplain #isLong take long}
     * @throws CancelledException once closed
     */
    public <T> Future<T> submit(Callable<T> work, boolean takesLong) {
        lock.lock();
        try {
            if (closed) {
                throw new CancelledException("the decoder was closed");
            }
            if (none) {
                return new FutureTask<>(work);
            }
            Work<T> added = new Work<>(work);
            (takesLong ? slow : brief).waiting.add(added);
            start();
            return added;
        } finally {
            lock.unlock();
        }
    }

    /** Gives threads to what may run. */
    private void start() {
        for (Work<?> next = next(); next != null; next = next()) {
            Work<?> first = next;
            executor.execute(() -> work(first));
        }
    }

    private @Nullable Work<?> next() {
        Work<?> next = brief.next();
        return next == null ? slow.next() : next;
    }

    /** Does some work, and then what waits. */
    private void work(Work<?> first) {
        for (Work<?> work = first; work != null; work = after(work)) {
            work.run();
        }
    }

    private @Nullable Work<?> after(Work<?> ended) {
        lock.lock();
        try {
            brief.running.remove(ended);
            slow.running.remove(ended);
            return closed ? null : next();
        } finally {
            lock.unlock();
        }
    }

    /** Lets what waits go on beside what takes longer than its kind. To be called when somebody has waited. */
    public void overtake() {
        lock.lock();
        try {
            long now = System.nanoTime();
            slow.running.addAll(brief.overtaken(now - LONG_NANOS));
            slow.overtaken(now - ENDLESS_NANOS);
            if (!closed) {
                start();
            }
        } finally {
            lock.unlock();
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
        Deque<Work<?>> left = new ArrayDeque<>();
        lock.lock();
        try {
            closed = true;
            left.addAll(brief.waiting);
            left.addAll(slow.waiting);
            brief.waiting.clear();
            slow.waiting.clear();
        } finally {
            lock.unlock();
        }
        executor.shutdownNow();
        left.forEach(waiting -> waiting.cancel(true));
    }
}
