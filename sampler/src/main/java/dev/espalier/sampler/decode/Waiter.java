// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A thread that waits for texts, and leads the passes while no other does. */
final class Waiter {

    private final Thread thread = Thread.currentThread();
    private final Queue<Row> rows = new ConcurrentLinkedQueue<>();
    private final boolean isForMany;
    private volatile boolean woken;

    /**
     * The current thread.
     *
     * @param isForMany whether it waits for texts that others asked for, who must not wait for each other's
     */
    Waiter(boolean isForMany) {
        this.isForMany = isForMany;
    }

    /** Whether it waits for texts that others asked for. */
    boolean isForMany() {
        return isForMany;
    }

    /** Adds rows to wait for. Any thread. */
    void add(Collection<Row> more) {
        rows.addAll(more);
    }

    /** The rows that are waited for. Those that are done may be removed by its own thread. */
    Queue<Row> rows() {
        return rows;
    }

    /** Whether a row has ended or has calls for its listener. Any thread. */
    boolean hasNews() {
        for (Row row : rows) {
            if (row.isEnded() || !row.calls().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Makes the calls for the listeners, and removes the rows that are done. */
    void handle() {
        for (Row row : rows) {
            row.calls().make();
        }
        rows.removeIf(Row::isDone);
    }

    /** Ends a sleep, or the next one if it does not sleep. Any thread. */
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Sleeps until it is woken, interrupted, or so many nanoseconds have passed. Only its own thread. */
    void sleep(long nanos) {
        if (!woken) {
            LockSupport.parkNanos(this, nanos);
        }
        woken = false;
    }
}
