package dev.espalier.mask;

import dev.espalier.automata.State;
import dev.espalier.grammar.Limits;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Masks of frame states for one vocabulary, shared by all grammars: the string, number and white-space states of all
 * schemas are one entry. Keys are compared with equality, never by hash alone. Bounded in bytes; the entries used least
 * recently go first, approximately. Thread-safe.
 *
 * <p>Each {@link GrammarCompiler} has one of its own unless it is given one.
 */
public final class MaskStore {

    /** What an entry keeps alive beside its mask, estimated: its key, and through it a part of a grammar. */
    private static final long ENTRY_BYTES = 2_048;

    private final Vocabulary vocabulary;
    private final long maxBytes;
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
        volatile long used;

        Entry(FrameMask mask, long used) {
            this.mask = mask;
            this.used = used;
        }

        long bytes() {
            return ENTRY_BYTES + mask.bytes();
        }
    }

    /** An empty store that keeps at most half of {@link Limits#maxCacheBytes}; compilers keep the other half. */
    public MaskStore(Vocabulary vocabulary, Limits limits) {
        this.vocabulary = vocabulary;
        this.maxBytes = limits.maxCacheBytes() / 2;
    }

    /** Whether masks of this store fit a vocabulary: the same tokens, the same size. */
    boolean fits(Vocabulary other) {
        return vocabulary.tokens() == other.tokens() && vocabulary.size() == other.size();
    }

    /** What masks of a state are kept under: all that tokens of this vocabulary can tell of it. */
    Object key(State state) {
        return state.within(vocabulary.longestToken()).key();
    }

    @Nullable
    FrameMask get(Object key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            misses.increment();
            return null;
        }
        hits.increment();
        entry.used = clock.get();
        return entry.mask;
    }

    /** Keeps a mask, unless it is larger than the whole store. */
    void put(Object key, FrameMask mask) {
        nodes.add(mask.nodes());
        Entry entry = new Entry(mask, clock.incrementAndGet());
        if (entry.bytes() > maxBytes || entries.putIfAbsent(key, entry) != null) {
            return;
        }
        if (bytes.addAndGet(entry.bytes()) > maxBytes && evicting.tryLock()) {
            try {
                evict();
            } finally {
                evicting.unlock();
            }
        }
    }

    /** Drops the oldest entries until a quarter of the store is free. */
    private void evict() {
        long[] uses = entries.values().stream().mapToLong(entry -> entry.used).toArray();
        Arrays.sort(uses);
        for (int part = 1; part <= 4 && bytes.get() > maxBytes / 4 * 3; part++) {
            long oldest = uses.length == 0 ? Long.MAX_VALUE : uses[(uses.length - 1) * part / 4];
            entries.forEach((key, entry) -> {
                if (entry.used <= oldest && bytes.get() > maxBytes / 4 * 3 && entries.remove(key, entry)) {
                    bytes.addAndGet(-entry.bytes());
                    evictions.increment();
                }
            });
        }
    }

    /** Forgets all masks. */
    public void clear() {
        entries.forEach((key, entry) -> {
            if (entries.remove(key, entry)) {
                bytes.addAndGet(-entry.bytes());
            }
        });
    }

    /** What the store did so far. Cost: constant. */
    public StoreStats stats() {
        PlainText plain = vocabulary.tokens().plainText();
        long prepared = (long) vocabulary.tokens().trie().nodeCount()
                + plain.rest().nodeCount()
                + plain.stemsAtOnce().nodeCount()
                + plain.stemsAfterText().nodeCount();
        return new StoreStats(
                hits.sum(), misses.sum(), evictions.sum(), entries.size(), bytes.get(), nodes.sum(), prepared);
    }
}
