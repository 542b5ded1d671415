// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.core.Limits;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.PlainText;
import dev.espalier.mask.stats.StoreStats;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cache of masks of frame states for one vocabulary, shared by all grammars: the string, number and white-space states of all schemas
 * are one entry. Keys are compared with equality, never by hash alone, and keep no grammar alive; equal masks are one object. Bounded
 * in bytes; the entries used least recently go first, approximately. Thread-safe.
 *
 * <p>Each {@code GrammarCompiler} has one of its own unless it is given one.
 */
@FastPath(oracle = "MatcherSessionTest")
public final class MaskStore {

    /** Estimated bytes that an entry keeps alive beside its mask: its key, and through it a pattern or a row of rules. */
    private static final long ENTRY_BYTES = 2_048;

    private final Vocabulary vocabulary;
    private final long maxBytes;
    private final MaskInterner masks = new MaskInterner();
    private final Map<Object, Entry> entries = new ConcurrentHashMap<>();
    private final ReentrantLock evicting = new ReentrantLock();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong clock = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder nodes = new LongAdder();

    private static final class Entry {
        final FrameMask mask;
        /** True if the mask was made for this entry; masks shared from other entries are not counted again. */
        final boolean isFirst;

        volatile long used;

        public Entry(FrameMask mask, boolean isFirst, long used) {
            this.mask = mask;
            this.isFirst = isFirst;
            this.used = used;
        }

        long bytes() {
            return ENTRY_BYTES + (isFirst ? mask.bytes() : mask.ownBytes());
        }
    }

    /** An empty store that keeps at most half of {@link Limits#maxCacheBytes}; compilers keep the other half. */
    public MaskStore(Vocabulary vocabulary, Limits limits) {
        this.vocabulary = vocabulary;
        this.maxBytes = limits.maxCacheBytes() / 2;
    }

    /** True if masks of this store are valid for a vocabulary: the same tokens, the same size. */
    public boolean fits(Vocabulary other) {
        return vocabulary.sharesTokens(other);
    }

    @Nullable
    public FrameMask get(Object key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            misses.increment();
            return null;
        }
        hits.increment();
        long now = clock.get();
        if (entry.used != now) { // written only then: an entry that all threads use stays in all their caches
            entry.used = now;
        }
        return entry.mask;
    }

    /**
     * Keeps a mask, unless it is larger than the whole store.
     *
     * @return the mask to be used from now on: the one that was there already, or this one with what it can share
     */
    public FrameMask put(Object key, FrameMask mask) {
        FrameMask shared = shared(mask);
        Entry entry = new Entry(shared, shared == mask, clock.incrementAndGet());
        if (entry.bytes() > maxBytes) {
            return shared;
        }
        Entry known = entries.putIfAbsent(key, entry);
        if (known != null) {
            return known.mask;
        }
        bytes.addAndGet(entry.bytes());
        while (bytes.get() > maxBytes
                && evicting.tryLock()) { // again, for what others have added meanwhile, who found the lock taken
            try {
                evict();
            } finally {
                evicting.unlock();
            }
        }
        return shared;
    }

    /** A new mask, with its set of tokens replaced by an equal one if such an object exists already. */
    public FrameMask shared(FrameMask mask) {
        nodes.add(mask.nodes());
        return mask.with(masks.intern(mask.accepted()));
    }

    /** One object for all masks that are equal, nearly always. */
    public TokenMask shared(TokenMask mask) {
        return masks.intern(mask);
    }

    /** Drops the oldest entries until a quarter of the store is free; counts anew, since masks may have lost their first entry. */
    private void evict() {
        long before = bytes.get();
        List<Aged> all = new ArrayList<>();
        entries.forEach((key, entry) -> all.add(new Aged(key, entry, entry.used)));
        all.sort(Comparator.comparingLong(Aged::used).reversed());
        Set<TokenMask> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long kept = 0;
        for (Aged aged : all) {
            FrameMask mask = aged.entry.mask;
            long more = ENTRY_BYTES + (seen.contains(mask.accepted()) ? mask.ownBytes() : mask.bytes());
            if (kept + more > maxBytes / 4 * 3) {
                evictions.increment();
                entries.remove(aged.key, aged.entry);
            } else {
                kept += more;
                seen.add(mask.accepted());
            }
        }
        bytes.addAndGet(kept - before);
    }

    /** An entry with an age that does not change while it is sorted. */
    private record Aged(Object key, Entry entry, long used) {}

    /** Forgets all masks. */
    public void clear() {
        evicting.lock();
        try {
            entries.clear();
            bytes.set(0);
        } finally {
            evicting.unlock();
        }
    }

    /** Statistics of the store so far. Cost: constant. */
    public StoreStats stats() {
        PlainText plain = vocabulary.index().plainText();
        long prepared = (long) vocabulary.index().trie().nodeCount()
                + plain.rest().nodeCount()
                + plain.stemsAtOnce().nodeCount()
                + plain.stemsAfterText().nodeCount();
        return new StoreStats(
                hits.sum(), misses.sum(), evictions.sum(), entries.size(), bytes.get(), nodes.sum(), prepared);
    }
}
