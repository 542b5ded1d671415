package dev.espalier.mask;

import dev.espalier.grammar.Limits;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The idle workers of all grammars of one compiler. Bounded in number and bytes: the longest idle ones go first.
 * Thread-safe; a take and a give cost a short lock each.
 */
final class WorkerPool {

    private static final int MAX_IDLE = 64;

    /** A worker at rest. The collector may take it when memory runs short; the grammar itself is not kept alive. */
    private record Idle(WeakReference<CompiledGrammar> owner, SoftReference<MaskWorker> worker, long bytes) {}

    private final long maxBytes;
    private final List<Idle> idle = new ArrayList<>();
    private long bytes;

    /** A pool that keeps at most half of {@link Limits#maxCacheBytes}. */
    WorkerPool(Limits limits) {
        this.maxBytes = limits.maxCacheBytes() / 2;
    }

    /** A worker for a grammar, preferably one that has worked for it. */
    MaskWorker take(CompiledGrammar grammar) {
        synchronized (this) {
            for (int i = idle.size() - 1; i >= 0; i--) {
                if (idle.get(i).owner.refersTo(grammar)) {
                    Idle found = idle.remove(i);
                    bytes -= found.bytes;
                    MaskWorker worker = found.worker.get();
                    if (worker != null) {
                        return worker;
                    }
                }
            }
        }
        return grammar.newWorker();
    }

    /** Takes a worker back. */
    void give(CompiledGrammar grammar, MaskWorker worker) {
        Idle returned = new Idle(grammar.reference(), new SoftReference<>(worker), worker.bytes());
        synchronized (this) {
            idle.add(returned);
            bytes += returned.bytes;
            while (idle.size() > MAX_IDLE || (bytes > maxBytes && !idle.isEmpty())) {
                bytes -= idle.remove(0).bytes;
            }
        }
    }

    /** Drops all idle workers. */
    synchronized void clear() {
        idle.clear();
        bytes = 0;
    }

    /** Estimated bytes of the idle workers. */
    synchronized long bytes() {
        return bytes;
    }
}
