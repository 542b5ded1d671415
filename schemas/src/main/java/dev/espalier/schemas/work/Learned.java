// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import dev.espalier.core.oracle.FastPath;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An LRU cache of immutable values that were computed for one schema and serve the next, by what they were made of. Bounded in
 * estimated bytes. Thread-safe.
 */
@FastPath(oracle = "LearnedTest")
public final class Learned<K, V> {

    /** Estimated bytes of an entry beside its value. */
    private static final int ENTRY = 200;

    private final long most;
    private final Map<K, Weighed<V>> known = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Weighed<V>(V value, long bytes) {}

    /** An empty cache for at most {@code most} estimated bytes. */
    public Learned(long most) {
        this.most = most;
    }

    /** The value of a key; null if it is not there. */
    public synchronized @Nullable V get(K key) {
        Weighed<V> found = known.get(key);
        return found == null ? null : found.value;
    }

    /** Caches a value of some estimated bytes; a key must always have the same value. */
    public synchronized void put(K key, V value, long estimated) {
        long weight = estimated + ENTRY;
        if (weight > most / 4) {
            return;
        }
        Weighed<V> before = known.put(key, new Weighed<>(value, weight));
        bytes += weight - (before == null ? 0 : before.bytes);
        for (Iterator<Weighed<V>> eldest = known.values().iterator(); bytes > most; ) {
            bytes -= eldest.next().bytes;
            eldest.remove();
        }
    }

    /** Estimated bytes held now. */
    public synchronized long bytes() {
        return bytes;
    }
}
