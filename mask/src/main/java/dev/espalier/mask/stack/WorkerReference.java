package dev.espalier.mask.stack;

import java.lang.ref.SoftReference;

/**
 * A worker as it is kept at rest: the collector may take it when memory runs short. One for each worker, so that taking and
 * giving back allocates nothing. Its figures belong to whoever has the worker.
 */
final class WorkerReference extends SoftReference<MaskWorker> {

    private volatile long counted;
    private volatile long recount = -1;

    WorkerReference(MaskWorker worker) {
        super(worker);
    }

    /** The bytes of a worker at rest are part of a count of all. */
    void countedIn(long thisRecount) {
        recount = thisRecount;
    }

    /** The worker at rest has become smaller. */
    void shrunk(long now) {
        counted = now;
    }

    /** The bytes that were last counted. */
    long counted() {
        return counted;
    }

    /**
     * Counts the worker again if it has grown by more than a grain, or all was counted anew while it was at work.
     *
     * @param now its bytes
     * @param lastRecount the number of the last time that all was counted anew
     * @return the bytes that nobody has counted yet
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
