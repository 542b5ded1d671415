// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.core.Cancellation;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@link MaskBatch}: numbered rows that threads take one by one. The call is over when all rows are; a thread
 * that comes later finds nothing to do, so nobody waits for an executor.
 */
final class MaskBatchRun {

    /** The work on one row. */
    interface Row {

        /**
         * Makes the mask; what it throws is the row's failure.
         *
         * @param cancellation ends it when the whole call is to end
         */
        void make(int index, Cancellation cancellation);

        /** Clears the row after a failure. */
        void refuse(int index);
    }

    private final Thread caller = Thread.currentThread();
    private final Cancellation cancellation = Cancellation.when(caller::isInterrupted);
    private final int count;
    private final Row row;
    private final Executor executor;
    /** The number of threads that may still be asked. */
    private final AtomicInteger idle;

    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReferenceArray<@Nullable RuntimeException> failures;
    private final AtomicReference<@Nullable Error> error = new AtomicReference<>();

    MaskBatchRun(int count, Row row, Executor executor, int threads) {
        this.count = count;
        this.row = row;
        this.executor = executor;
        this.idle = new AtomicInteger(Math.min(threads, count) - 1);
        this.left = new CountDownLatch(count);
        this.failures = new AtomicReferenceArray<>(count);
    }

    /** Makes all rows. An error of the Java machine is thrown once all rows are done with. */
    List<MaskBatch.Failure> run() {
        help();
        await();
        Error thrown = error.get();
        if (thrown != null) {
            throw thrown;
        }
        return IntStream.range(0, count)
                .filter(i -> failures.get(i) != null)
                .mapToObj(i -> new MaskBatch.Failure(i, failure(i)))
                .toList();
    }

    private RuntimeException failure(int index) {
        RuntimeException cause = failures.get(index);
        return cause == null ? new IllegalStateException("row " + index + " did not fail") : cause;
    }

    /** Asks for one more thread, then works until all rows are taken. */
    private void help() {
        if (next.get() < count - 1 && idle.getAndDecrement() > 0) {
            try {
                executor.execute(this::help);
            } catch (RejectedExecutionException full) {
                idle.set(0);
            }
        }
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            make(i);
        }
    }

    private void make(int index) {
        try {
            row.make(index, cancellation);
        } catch (RuntimeException failure) {
            failures.set(index, failure);
            row.refuse(index);
        } catch (Error thrown) {
            error.compareAndSet(null, thrown);
            row.refuse(index);
        } finally {
            left.countDown();
        }
    }

    /** Rows under way are ended by an interrupt, and use matchers that the caller would take back: they are waited for. */
    private void await() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // which cleared the flag that the rows look at
                cancellation.cancel();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
