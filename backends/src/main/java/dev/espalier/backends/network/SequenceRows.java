// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import dev.espalier.core.error.ModelException;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sequence: first those that it shares with others, then its own. A fork shares what is long enough and copies the rest; whoever writes
 * where others see something moves on to rows of its own. Used by one thread at a time.
 */
@FastPath(oracle = "KeyValueCacheTest")
public final class SequenceRows {

    /** Fewer rows are copied: another part costs each pass more than a copy costs once. */
    static final int WORTH_SHARING = 64;

    /** The first rows of an extent that somebody else may write behind. */
    record View(CacheExtent extent, int length) {}

    private final KeyValueCache cache;
    private final List<View> views = new ArrayList<>();
    private int begin;
    private @Nullable CacheExtent own;
    private int length;
    private boolean closed;

    SequenceRows(KeyValueCache cache) {
        this.cache = cache;
    }

    /** The number of tokens. */
    public int length() {
        return length;
    }

    /** Whether the rows were given back. */
    public boolean isClosed() {
        return closed;
    }

    /** The row at which position 0 is, or would be if all rows were own ones; only after {@link #prepare}. */
    public int start() {
        return own == null ? 0 : own.start() - begin;
    }

    /** The first position in own rows. */
    public int begin() {
        return begin;
    }

    List<View> views() {
        return views;
    }

    /** More tokens were written to the rows that {@link #prepare} made room for. */
    public void grow(int tokens) {
        length += tokens;
    }

    /**
     * Some of the tokens that were written behind the last one are kept, next to each other.
     *
     * @param written their places among those that were written, in ascending order
     */
    public void keep(int[] written) {
        for (int i = 0; i < written.length; i++) {
            if (written[i] != i) {
                cache.move(start() + length + written[i], start() + length + i);
            }
        }
        length += written.length;
    }

    /**
     * A second sequence of the same tokens.
     *
     * @throws ModelException if there is no room; nothing has changed then
     */
    public SequenceRows fork() {
        SequenceRows copy = new SequenceRows(cache);
        int rows = length - begin;
        if (own != null && rows > 0 && rows < WORTH_SHARING) {
            copy.own = moved(own, rows, rows);
        }
        for (View view : views) {
            copy.see(view.extent, view.length);
        }
        if (own != null && rows >= WORTH_SHARING) {
            copy.see(own, rows);
        }
        copy.length = length;
        return copy;
    }

    private void see(CacheExtent extent, int rows) {
        extent.see(rows);
        views.add(new View(extent, rows));
        begin += rows;
    }

    /** Forgets the last tokens. */
    public void truncate(int newLength) {
        length = newLength;
        while (begin > newLength) {
            View last = views.remove(views.size() - 1);
            begin -= last.length;
            if (begin < newLength) {
                views.add(new View(last.extent, newLength - begin));
                begin = newLength;
            } else {
                last.extent.release();
            }
        }
    }

    /**
     * Makes room for tokens behind those that there are.
     *
     * @param alone whether all rows must be own ones, consecutive, so that a pass does the same additions as for a sequence that was never forked
     * @throws ModelException if there is none; nothing has changed then
     */
    public void prepare(int tokens, boolean alone) {
        int needed = length + tokens;
        if (!views.isEmpty() && (alone || canAdopt(needed))) {
            gather(needed);
        }
        CacheExtent extent = own;
        int rows = length - begin;
        if (extent == null) {
            own = cache.allocate(needed - begin, none -> {});
        } else if (rows < extent.seen()) {
            leave(extent, rows, needed, alone);
        } else if (extent.capacity() < needed - begin && !cache.extend(extent, needed - begin)) {
            if (extent.isSole()) {
                own = moved(extent, rows, needed - begin);
                extent.release();
            } else {
                leave(extent, rows, needed, alone);
            }
        }
    }

    /** Whether nobody else sees what was shared, and there is room behind it. */
    private boolean canAdopt(int needed) {
        CacheExtent first = views.get(0).extent;
        return first.isSole() && first.capacity() >= needed;
    }

    /** Puts all rows into one extent. */
    private void gather(int needed) {
        CacheExtent first = views.get(0).extent;
        CacheExtent all = canAdopt(needed) ? first : cache.allocate(needed, this::copyTo);
        if (all == first) {
            copyTo(all);
        }
        views.stream().map(View::extent).filter(extent -> extent != all).forEach(CacheExtent::release);
        if (own != null) {
            own.release();
        }
        own = all;
        views.clear();
        begin = 0;
    }

    private void copyTo(CacheExtent all) {
        int at = 0;
        for (View view : views) {
            if (view.extent != all) {
                cache.copy(view.extent, all, at, view.length);
            }
            at += view.length;
        }
        if (own != null) {
            cache.copy(own, all, at, length - begin);
        }
    }

    /** Leaves rows that others see to them. */
    private void leave(CacheExtent extent, int rows, int needed, boolean alone) {
        if (rows >= WORTH_SHARING && !alone) {
            own = cache.allocate(needed - begin - rows, none -> {});
            views.add(new View(extent, rows));
            begin += rows;
        } else {
            own = moved(extent, rows, needed - begin);
            extent.release();
        }
    }

    private CacheExtent moved(CacheExtent extent, int rows, int capacity) {
        return cache.allocate(capacity, target -> cache.copy(extent, target, 0, rows));
    }

    /** Gives the rows back. Further calls are harmless. */
    public void close() {
        if (!closed) {
            closed = true;
            views.forEach(view -> view.extent.release());
            views.clear();
            if (own != null) {
                own.release();
            }
        }
    }
}
