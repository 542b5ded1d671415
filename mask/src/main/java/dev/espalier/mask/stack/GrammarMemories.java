// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.core.Limits;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The memories of all grammars of one compiler, none of which it keeps alive. Bounded in bytes: when they have grown past the
 * bound they are counted anew, without those of grammars that are gone, and the ones used least recently are made to forget
 * until a quarter is free: first what only helps to make new masks, then, if that is not enough, everything. Thread-safe; no lock is held while anybody makes a mask.
 */
public final class GrammarMemories {

    private final long maxBytes;
    private final Set<Reference<? extends GrammarMemory>> memories = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<GrammarMemory> gone = new ReferenceQueue<>();
    private final ReentrantLock counting = new ReentrantLock();

    /** An upper bound on the bytes of all memories: what was freed since the last count is not subtracted. */
    private final AtomicLong bytes = new AtomicLong();

    private final AtomicLong clock = new AtomicLong();
    private volatile long recounts;

    /** Memories that together take at most half of {@link Limits#maxCacheBytes}; the store has the other half. */
    public GrammarMemories(Limits limits) {
        this.maxBytes = limits.maxCacheBytes() / 2;
    }

    /** Registers a new memory, without keeping its grammar alive. */
    void add(GrammarMemory memory) {
        Reference<? extends GrammarMemory> old = gone.poll();
        while (old != null) {
            memories.remove(old);
            old = gone.poll();
        }
        memories.add(new WeakReference<>(memory, gone));
        clock.incrementAndGet();
    }

    /** A logical clock for the age of memories. It advances when a grammar is compiled or a memory grows. */
    long now() {
        return clock.get();
    }

    /** The number of recounts so far. */
    long recounts() {
        return recounts;
    }

    /** Reports that a memory has grown. */
    void grew(long more) {
        clock.incrementAndGet();
        if (bytes.addAndGet(more) > maxBytes && counting.tryLock()) {
            try {
                shrink();
            } finally {
                counting.unlock();
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void shrink() {
        long before = bytes.get();
        recounts++;
        List<Aged> live = new ArrayList<>();
        each(memory -> live.add(new Aged(memory, memory.used())));
        live.sort(Comparator.comparingLong(Aged::used).reversed());
        slim(live);
        long kept = 0;
        for (Aged each : live) {
            each.memory.countedIn(recounts);
            long more = each.memory.bytes();
            if (kept + more > maxBytes / 4 * 3) {
                each.memory.forget();
            } else {
                kept += more;
            }
        }
        bytes.addAndGet(kept - before);
    }

    /** Shrinks memories, the least recently used first, until enough is free. */
    private void slim(List<Aged> newestFirst) {
        long sum = 0;
        for (Aged each : newestFirst) {
            sum += each.memory.bytes();
        }
        for (int i = newestFirst.size() - 1; i >= 0 && sum > maxBytes / 4 * 3; i--) {
            sum -= newestFirst.get(i).memory.slim();
        }
    }

    /** A memory with an age that does not change while it is sorted. */
    private record Aged(GrammarMemory memory, long used) {}

    private void each(Consumer<GrammarMemory> action) {
        for (Reference<? extends GrammarMemory> reference : memories) {
            GrammarMemory memory = reference.get();
            if (memory != null) {
                action.accept(memory);
            }
        }
    }

    /** Clears all memories. */
    public void clear() {
        each(GrammarMemory::forget);
    }

    /** Estimated bytes of all memories of grammars that are still used. Cost: linear in their number. */
    public long bytes() {
        long[] sum = {0};
        each(memory -> sum[0] += memory.bytes());
        return sum[0];
    }

    /** The number of grammars whose memories are known here: those in use, and some that have just gone. */
    public int size() {
        return memories.size();
    }
}
