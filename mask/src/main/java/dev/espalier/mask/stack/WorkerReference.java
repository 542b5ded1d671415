// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import java.lang.ref.SoftReference;

/**
 * A soft reference to an idle worker, which the garbage collector may clear when memory runs short. There is one for each worker, so
 * that taking and giving back allocates nothing. Its counters belong to the holder of the worker.
 */
final class WorkerReference extends SoftReference<MaskWorker> {

    private volatile long counted;
    private volatile long recount = -1;

    WorkerReference(MaskWorker worker) {
        super(worker);
    }

    /** Records that a recount included this idle worker. */
    void countedIn(long thisRecount) {
        recount = thisRecount;
    }

    /** Records that the idle worker has shrunk. */
    void shrunk(long now) {
        counted = now;
    }

    /** The worker's bytes at the last count. */
    long counted() {
        return counted;
    }

    /**
     * Counts the worker again if it has grown by more than a grain, or if a recount took place while it was busy.
     *
     * @param now its bytes
     * @param lastRecount the number of the last recount
     * @return the bytes that are not counted yet
     */
    long count(long now, long lastRecount, long grain) {
        long before = recount == lastRecount ? counted : 0;
        recount = lastRecount;
        if (now - before > grain || now < before || before == 0) {
            counted = now;
            return Math.max(0, now - before);
        }
        return 0;
    }
}
