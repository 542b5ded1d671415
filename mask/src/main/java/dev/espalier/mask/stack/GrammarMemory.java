// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.MaskMemory;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.token.TokenMask;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one compiled grammar, beside the store that it shares with others: idle workers, and masks of states that no other
 * grammar has. It lives as long as the grammar, and may be cleared at any time. Thread-safe without locks.
 */
public final class GrammarMemory implements MaskMemory {

    private static final int FEWEST_SLOTS = 8;
    private static final int MOST_SLOTS = 64;

    /** Estimated bytes of a mask's entry beside the mask: its key and two map nodes. */
    private static final int OWN_BYTES = 256;

    /** The growth in bytes below which a worker is not counted again. */
    private static final int GRAIN = 16 << 10;

    private final MaskStore store;
    private final GrammarMemories all;
    private final AtomicReferenceArray<@Nullable WorkerReference> idle;
    private final Map<Object, FrameMask> own = new ConcurrentHashMap<>();
    private final AtomicLong ownBytes = new AtomicLong();
    private volatile long used;

    public GrammarMemory(MaskStore store, GrammarMemories all) {
        this.store = store;
        this.all = all;
        int processors = Runtime.getRuntime().availableProcessors();
        int slots = Integer.highestOneBit(Math.max(FEWEST_SLOTS, Math.min(MOST_SLOTS, 2 * processors - 1)));
        this.idle = new AtomicReferenceArray<>(slots);
        all.add(this);
    }

    /** Takes an idle worker, preferably the one that this thread gave back last; a new one if there is none. */
    public MaskWorker take(Supplier<MaskWorker> fresh) {
        int from = slotOfThread();
        for (int i = 0; i < idle.length(); i++) {
            int slot = (from + i) & (idle.length() - 1);
            WorkerReference reference = idle.getAcquire(slot);
            if (reference != null && idle.compareAndSet(slot, reference, null)) {
                MaskWorker worker = reference.get();
                if (worker != null) {
                    return worker;
                }
            }
        }
        return fresh.get();
    }

    /** Gives a worker back. It is dropped if more are idle than threads can need. */
    public void give(MaskWorker worker) {
        WorkerReference reference = worker.reference();
        long more = reference.count(worker.bytes(), all.recounts(), GRAIN);
        int from = slotOfThread();
        for (int i = 0; i < idle.length(); i++) {
            int slot = (from + i) & (idle.length() - 1);
            if (idle.getAcquire(slot) == null && idle.compareAndSet(slot, null, reference)) {
                break;
            }
        }
        use();
        if (more > 0) {
            all.grew(more);
        }
    }

    @SuppressWarnings("deprecation") // its successor is of Java 19
    private int slotOfThread() {
        return (int) (Thread.currentThread().getId() * 0x9e3779b9L >>> 16) & (idle.length() - 1);
    }

    private void use() {
        long now = all.now();
        if (used != now) {
            used = now;
        }
    }

    @Override
    public @Nullable FrameMask get(@Nullable Object sharedKey, Object key) {
        return sharedKey == null ? own.get(key) : store.get(sharedKey);
    }

    @Override
    public FrameMask put(@Nullable Object sharedKey, Object key, FrameMask mask) {
        if (sharedKey != null) {
            return store.put(sharedKey, mask);
        }
        FrameMask shared = store.shared(mask);
        FrameMask known = own.putIfAbsent(key, shared);
        if (known != null) {
            return known;
        }
        long bytes = OWN_BYTES + (shared.accepted() == mask.accepted() ? shared.bytes() : shared.ownBytes());
        ownBytes.addAndGet(bytes);
        use();
        all.grew(bytes);
        return shared;
    }

    @Override
    public TokenMask shared(TokenMask mask) {
        return store.shared(mask);
    }

    /** The time of {@link GrammarMemories} at which a worker was last given back, or a mask made. */
    long used() {
        return used;
    }

    /** The number of idle workers. */
    public int idleWorkers() {
        int count = 0;
        for (int slot = 0; slot < idle.length(); slot++) {
            WorkerReference reference = idle.get(slot);
            if (reference != null && reference.get() != null) {
                count++;
            }
        }
        return count;
    }

    /** The number of masks of states that no other grammar has. */
    public int ownMasks() {
        return own.size();
    }

    /** Estimated bytes on the heap, without busy workers. */
    public long bytes() {
        long sum = ownBytes.get();
        for (int slot = 0; slot < idle.length(); slot++) {
            WorkerReference reference = idle.get(slot);
            if (reference != null && reference.get() != null) {
                sum += reference.counted();
            }
        }
        return sum;
    }

    /** Records that a recount included the idle workers, so that they are not counted again when they are next given back. */
    void countedIn(long recount) {
        for (int slot = 0; slot < idle.length(); slot++) {
            WorkerReference reference = idle.get(slot);
            if (reference != null) {
                reference.countedIn(recount);
            }
        }
    }

    /** Drops what idle workers keep only to make new masks. Returns the bytes that this freed. */
    public long slim() {
        long freed = 0;
        for (int slot = 0; slot < idle.length(); slot++) {
            WorkerReference reference = idle.getAcquire(slot);
            MaskWorker worker = reference == null ? null : reference.get();
            if (reference != null && worker != null && idle.compareAndSet(slot, reference, null)) {
                long before = worker.bytes();
                worker.slim();
                reference.shrunk(worker.bytes());
                freed += before - reference.counted();
                idle.compareAndSet(slot, null, reference);
            }
        }
        return freed;
    }

    /** Drops everything. Busy workers are not affected. */
    void forget() {
        for (int slot = 0; slot < idle.length(); slot++) {
            idle.set(slot, null);
        }
        own.clear();
        ownBytes.set(0);
    }
}
