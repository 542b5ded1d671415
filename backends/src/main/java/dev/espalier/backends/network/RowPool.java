// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import dev.espalier.core.error.ModelException;
import dev.espalier.core.oracle.FastPath;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * An allocator of extents of consecutive rows of the key/value cache: first fit, with growth in place where the next rows are free. It only
 * keeps the books; the rows themselves are in PyTorch's memory.
 */
@FastPath(oracle = "RowPoolTest")
public final class RowPool {

    /** Extents start and end at multiples of this many rows. */
    static final int CHUNK = 256;

    /** The free extents, start to end, never adjacent to each other. */
    private final TreeMap<Integer, Integer> free = new TreeMap<>();

    private int size;

    /** The number of rows of the pool. */
    public int size() {
        return size;
    }

    /** The number of free rows. */
    public int free() {
        int rows = 0;
        for (Map.Entry<Integer, Integer> extent : free.entrySet()) {
            rows += extent.getValue() - extent.getKey();
        }
        return rows;
    }

    /** The number of rows to allocate for so many tokens, with room to grow, at most {@code most} rounded up. */
    public static int capacity(int tokens, int most) {
        long roomy = Math.min((long) tokens + tokens / 2, Math.max(tokens, most));
        return (int) Math.min((roomy + CHUNK - 1) / CHUNK * CHUNK, Integer.MAX_VALUE / CHUNK * CHUNK);
    }

    /** Takes the first free extent of so many rows; empty if there is none. */
    public OptionalInt allocate(int rows) {
        for (Map.Entry<Integer, Integer> extent : free.entrySet()) {
            int start = extent.getKey();
            int end = extent.getValue();
            if (end - start >= rows) {
                free.remove(start);
                if (end - start > rows) {
                    free.put(start + rows, end);
                }
                return OptionalInt.of(start);
            }
        }
        return OptionalInt.empty();
    }

    /** Extends an allocated extent by the rows directly after it; returns false and changes nothing if they are not free. */
    public boolean extend(int end, int newEnd) {
        Integer freeEnd = free.get(end);
        if (freeEnd == null || freeEnd < newEnd) {
            return false;
        }
        free.remove(end);
        if (freeEnd > newEnd) {
            free.put(newEnd, freeEnd);
        }
        return true;
    }

    /** Returns an extent to the pool. */
    public void release(int start, int end) {
        if (start == end) {
            return;
        }
        int from = start;
        int to = end;
        Map.Entry<Integer, Integer> before = free.lowerEntry(start);
        if (before != null && before.getValue() == start) {
            from = before.getKey();
        }
        Integer behind = free.remove(end);
        if (behind != null) {
            to = behind;
        }
        free.put(from, to);
    }

    /**
     * The size that a pool needs so that {@code rows} more can be taken at its end; it grows by at least half.
     *
     * @throws ModelException if that is more rows than there can be
     */
    public int grownSize(int rows) {
        Map.Entry<Integer, Integer> last = free.lastEntry();
        int atEnd = last != null && last.getValue() == size ? size - last.getKey() : 0;
        long needed = (long) size + rows - atEnd;
        long grown = Math.max(needed, Math.min((long) size + size / 2 / CHUNK * CHUNK, Integer.MAX_VALUE));
        if (needed > Integer.MAX_VALUE) {
            throw new ModelException(
                    "no room for another sequence: the key/value cache would have " + needed + " rows");
        }
        return (int) grown;
    }

    /** Records that the pool has grown. */
    public void grow(int newSize) {
        int old = size;
        size = newSize;
        release(old, newSize);
    }
}
