// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map of results that can be computed again: a full map forgets all values before the next one is put. So it keeps no order of use,
 * and values still in use are soon there again. The bytes of values are as the owner states them, for owners that bound several maps together.
 * One thread at a time, which the owner ensures.
 *
 * @param <K> of keys
 * @param <V> of values
 */
@FastPath(oracle = "MemoTest")
public final class Memo<K, V> {

    private final int most;
    private final Map<K, V> values = new HashMap<>();
    private long bytes;
    private long hits;

    /**
     * A memo without values.
     *
     * @param most the most values that it keeps
     */
    public Memo(int most) {
        this.most = most;
    }

    /** The value of a key; null if it is not known. */
    public @Nullable V get(K key) {
        V known = values.get(key);
        hits += known == null ? 0 : 1;
        return known;
    }

    /** The value of a key, computed if it is not known. The computation may itself use this memo. */
    public V get(K key, Function<? super K, ? extends V> work) {
        V known = get(key);
        if (known == null) {
            known = work.apply(key);
            put(key, known);
        }
        return known;
    }

    /** Keeps a value whose bytes are not counted. */
    public void put(K key, V value) {
        put(key, value, 0);
    }

    /**
     * Keeps a value.
     *
     * @param size its estimated bytes on the heap, with those of its key
     */
    public void put(K key, V value, long size) {
        if (values.size() >= most) {
            clear();
        }
        values.put(key, value);
        bytes += size;
    }

    /** Forgets all values. */
    public void clear() {
        values.clear();
        bytes = 0;
    }

    /** The number of values. */
    public int size() {
        return values.size();
    }

    /** The sum of the stated bytes of the values; a value that was put twice counts twice. */
    public long bytes() {
        return bytes;
    }

    /** The number of times that a value was known. */
    public long hits() {
        return hits;
    }
}
