// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import dev.espalier.core.error.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The books of the cache of keys and values: which rows belong to which sequences, and what they share. The rows themselves are in PyTorch's
 * memory. Used by one thread at a time.
 */
public final class KeyValueCache {

    /** Where the rows are. */
    public interface Memory {

        /** Sets the number of rows, whose contents stay. */
        void reserve(int rows);

        /** Copies rows; the ranges do not overlap. */
        void copy(int source, int target, int length);
    }

    private final Memory memory;
    private final int contextLength;
    private final RowPool pool = new RowPool();

    /** An empty cache, which grows with its sequences of at most {@code contextLength} tokens. */
    public KeyValueCache(Memory memory, int contextLength) {
        this.memory = memory;
        this.contextLength = contextLength;
    }

    /** An empty sequence. */
    public SequenceRows open() {
        return new SequenceRows(this);
    }

    /** The number of rows, and the number of free ones. */
    public int[] rows() {
        return new int[] {pool.size(), pool.free()};
    }

    /**
     * What sequences share, each part once.
     *
     * @param sequences those of a pass
     * @return for each part its first row, its length, the position of its first row, how many sequences see it, and the indices of these
     */
    public static long[] parts(List<SequenceRows> sequences) {
        Map<CacheExtent, List<Reader>> readers = new LinkedHashMap<>();
        for (int i = 0; i < sequences.size(); i++) {
            int position = 0;
            for (SequenceRows.View view : sequences.get(i).views()) {
                readers.computeIfAbsent(view.extent(), extent -> new ArrayList<>())
                        .add(new Reader(i, position, view.length()));
                position += view.length();
            }
        }
        List<Long> parts = new ArrayList<>();
        readers.forEach((extent, every) -> addParts(extent.start(), every, parts));
        return parts.stream().mapToLong(Long::longValue).toArray();
    }

    /** A sequence that sees the first rows of an extent, which begin at a position. */
    private record Reader(int index, int position, int length) {}

    /** Cuts an extent where readers end. */
    private static void addParts(int start, List<Reader> readers, List<Long> parts) {
        int[] ends =
                readers.stream().mapToInt(Reader::length).sorted().distinct().toArray();
        int from = 0;
        for (int end : ends) {
            int first = from;
            List<Reader> seeing =
                    readers.stream().filter(reader -> reader.length > first).toList();
            parts.add((long) start + from);
            parts.add((long) end - from);
            parts.add((long) seeing.get(0).position + from);
            parts.add((long) seeing.size());
            seeing.forEach(reader -> parts.add((long) reader.index));
            from = end;
        }
    }

    /** Rows for so many tokens, with room to grow; they are given back if what fills them fails. */
    CacheExtent allocate(int tokens, Consumer<CacheExtent> filled) {
        int rows = RowPool.capacity(tokens, contextLength);
        OptionalInt start = pool.allocate(rows);
        if (start.isEmpty()) {
            enlarge(rows);
            start = pool.allocate(rows);
        }
        int first = start.orElseThrow(() -> new ModelException("no room for " + rows + " more rows of the cache"));
        CacheExtent extent = new CacheExtent(pool, first, rows);
        try {
            filled.accept(extent);
            return extent;
        } catch (RuntimeException e) {
            extent.release();
            throw e;
        }
    }

    /** Extends an extent in place; returns false if the next rows are not free. */
    boolean extend(CacheExtent extent, int tokens) {
        int rows = RowPool.capacity(tokens, contextLength);
        if (extent.isLast()) {
            enlarge(rows - extent.capacity());
        }
        return extent.extend(rows);
    }

    private void enlarge(int rows) {
        int size = pool.grownSize(rows);
        memory.reserve(size);
        pool.grow(size);
    }

    /** Copies the first rows of an extent to another one, from the row {@code to} on. */
    void copy(CacheExtent source, CacheExtent target, int to, int length) {
        if (length > 0) {
            memory.copy(source.start(), target.start() + to, length);
        }
    }

    /** Copies a row. */
    void move(int source, int target) {
        memory.copy(source, target, 1);
    }
}
