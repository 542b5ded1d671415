package dev.espalier.core.collect;

import dev.espalier.core.oracle.FastPath;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map of results that can be worked out again: a value that is put into a full one makes it forget all others first. That
 * costs no order of use; what is still asked for is soon there again. Bytes are those that its owner says values have, for owners that
 * bound several things together. One thread at a time, as its owner sees to.
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
     * A memo of nothing.
     *
     * @param most values that it keeps at most
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

    /** The value of a key, worked out if it is not known; that may itself ask for others. */
    public V get(K key, Function<? super K, ? extends V> work) {
        V known = get(key);
        if (known == null) {
            known = work.apply(key);
            put(key, known);
        }
        return known;
    }

    /** Keeps a value whose bytes nobody counts. */
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

    /** The bytes of the values, as far as they were told; of a value that was put twice, twice. */
    public long bytes() {
        return bytes;
    }

    /** How often a value was known. */
    public long hits() {
        return hits;
    }
}
