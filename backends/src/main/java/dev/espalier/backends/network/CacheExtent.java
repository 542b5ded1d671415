// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

/**
 * Consecutive rows of the cache. One sequence writes them; others may see the first ones. Freed when nobody needs them.
 */
final class CacheExtent {

    private final RowPool pool;
    private final int start;
    private int end;
    private int references = 1;
    private int seen;

    /** Rows that were allocated for a sequence. */
    CacheExtent(RowPool pool, int start, int rows) {
        this.pool = pool;
        this.start = start;
        this.end = start + rows;
    }

    int start() {
        return start;
    }

    /** The number of rows. */
    int capacity() {
        return end - start;
    }

    /** Whether one sequence alone needs it. */
    boolean isSole() {
        return references == 1;
    }

    /** How many of the first rows sequences that do not write them see. */
    int seen() {
        return isSole() ? 0 : seen;
    }

    /** Another sequence sees the first rows. */
    void see(int rows) {
        seen = Math.max(seen(), rows);
        references++;
    }

    /** A sequence needs it no more. */
    void release() {
        if (--references == 0) {
            pool.release(start, end);
        }
    }

    /** Extends it to so many rows; returns false and changes nothing if the next ones are not free. */
    boolean extend(int rows) {
        if (!pool.extend(end, start + rows)) {
            return false;
        }
        end = start + rows;
        return true;
    }

    /** Whether the pool ends where it ends. */
    boolean isLast() {
        return end == pool.size();
    }
}
