// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.sampler.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The texts that nobody blocks for: one thread waits for all of them, others call their listeners. All are daemons that end when idle for some
 * seconds. Thread-safe.
 */
final class Submissions implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;

    private final Scheduler scheduler;
    private final DecodingTools tools;
    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentMap<Row, CompletableFuture<Outcome>> futures = new ConcurrentHashMap<>();
    private final ConcurrentMap<Row, Boolean> called = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor callers = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Submissions::daemon);

    /** The thread that waits; none at first. Guarded by this. */
    private Waiter waiter = new Waiter(true);

    private boolean runs;
    private boolean closed;

    Submissions(Scheduler scheduler, DecodingTools tools, int most) {
        this.scheduler = scheduler;
        this.tools = tools;
        this.most = most;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "espalier-batch");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Adds a text.
     *
     * @throws LimitExceededException if too many wait
     */
    CompletableFuture<Outcome> submit(DecodeRequest request) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            throw new LimitExceededException("maxWaiting", most, most + 1L, Place.UNKNOWN);
        }
        CompletableFuture<Outcome> future = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                count.decrementAndGet();
                throw new CancelledException("the decoder was closed");
            }
        }
        callers.execute(() -> {
            try {
                begin(request, future);
            } catch (RuntimeException | Error e) { // nobody else would tell whoever waits
                count.decrementAndGet();
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /** Compiles masks of the start, which may take a while, and hands the row on. */
    private void begin(DecodeRequest request, CompletableFuture<Outcome> future) {
        Waiter waiting = waiter();
        Row row = new Row(request, tools, waiting);
        future.whenComplete((outcome, thrown) -> row.interrupt());
        row.begin();
        futures.put(row, future);
        waiting.add(List.of(row));
        scheduler.add(List.of(row));
        waiting.wake();
    }

    private synchronized Waiter waiter() {
        if (!runs) {
            runs = true;
            CompletableFuture<Waiter> started = new CompletableFuture<>();
            callers.execute(() -> run(started));
            waiter = started.join();
        }
        return waiter;
    }

    private void run(CompletableFuture<Waiter> started) {
        Waiter own = new Waiter(true);
        scheduler.enter(own);
        started.complete(own);
        long idleSince = System.nanoTime();
        while (true) {
            boolean isIdle = System.nanoTime() - idleSince > TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
            if (count.get() == 0 && end(own, isIdle)) {
                return;
            }
            if (count.get() > 0) {
                idleSince = System.nanoTime();
                scheduler.await(own);
                handle(own);
            } else {
                own.sleep(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private synchronized boolean end(Waiter own, boolean isIdle) {
        if (count.get() > 0 || !(isIdle || closed)) {
            return false;
        }
        runs = false;
        scheduler.leave(own);
        return true;
    }

    private void handle(Waiter own) {
        for (Row row : own.rows()) {
            if ((row.isEnded() || !row.calls().isEmpty()) && called.putIfAbsent(row, true) == null) {
                callers.execute(() -> call(row, own));
            }
        }
    }

    private void call(Row row, Waiter own) {
        row.calls().make();
        CompletableFuture<Outcome> future = futures.get(row);
        if (row.isDone() && future != null) {
            own.rows().remove(row);
            futures.remove(row);
            called.remove(row);
            count.decrementAndGet();
            future.complete(row.outcome());
        } else {
            called.remove(row);
            scheduler.signal(); // a text that paused can go on
        }
    }

    /** Ends the texts under way; the threads end when that is done. */
    @Override
    public synchronized void close() {
        closed = true;
        futures.keySet().forEach(Row::interrupt);
        waiter.wake();
        callers.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    }
}
