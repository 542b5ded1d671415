// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.slot;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.oracle.FastPath;

/**
 * The boundaries of a canvas and what leads from one to another: tokens, and for slots that may be absent nothing at all.
 * Immutable, thread-safe.
 *
 * <p>A <em>stretch</em> begins at a boundary and holds one token of a slot. Each slot is one stretch, an endless one two: its
 * first token, which leads to the second stretch, and any further token, which leads back to where it began. So it is told
 * apart whether an endless slot has tokens at all.
 *
 * <pre>
 *         ┌──────── nothing ────────┐
 *         │             ┌─ nothing ─┤
 *   …  ──[●]──optional─[●]─endless─[●]──…        a row of slots that may be absent is left at any boundary
 * </pre>
 */
@FastPath(oracle = "GapOracleTest")
public final class Lattice {

    /** Stands for the token of a slot that holds any one. */
    public static final int FREE = -1;

    /** Stands for the token of a slot that holds any one or none. */
    public static final int OPTIONAL = -2;

    /** Stands for the tokens of a slot that holds any number of them. */
    public static final int ENDLESS = -3;

    /** Stands for: no boundary is reached without a token. */
    public static final int NOWHERE = -1;

    private final int[] row;
    private final IntList slots = new IntList();
    private final IntList tokens = new IntList();
    private final IntList next = new IntList();
    private final int[] boundaries;
    private final int[] skips;

    /**
     * The boundaries of a row of slots.
     *
     * @param row the token of each slot, {@link #FREE}, {@link #OPTIONAL} or {@link #ENDLESS}; not to be modified afterwards
     */
    public Lattice(int[] row) {
        this.row = row;
        this.boundaries = new int[row.length + 1];
        for (int slot = 0; slot < row.length; slot++) {
            boundaries[slot] = size();
            add(slot, row[slot], 1);
            if (row[slot] == ENDLESS) {
                add(slot, FREE, 0);
            }
        }
        boundaries[row.length] = size();
        this.skips = new int[size()];
        for (int at = size() - 1; at >= 0; at--) {
            skips[at] = findSkip(at);
        }
    }

    private void add(int slot, int token, int step) {
        next.add(size() + step);
        slots.add(slot);
        tokens.add(Math.max(token, FREE));
    }

    /**
     * Finds the boundary after the run of a stretch. Optional slots in a row are filled from the left: leaving one out leaves out all
     * that follow, an endless one included.
     */
    private int findSkip(int at) {
        if (!mayBeAbsent(slot(at))) {
            return NOWHERE;
        }
        int following = at + 1;
        boolean isRow = following < size() && mayBeAbsent(slot(following)) && !endsRow(at);
        return isRow ? skips[following] : following;
    }

    /** Whether a stretch is the last of an endless slot. */
    private boolean endsRow(int at) {
        return row[slot(at)] == ENDLESS && next(at) == at;
    }

    /** The number of slots. */
    public int slots() {
        return row.length;
    }

    /** Whether a slot is optional or endless. */
    public boolean mayBeAbsent(int slot) {
        return row[slot] < FREE;
    }

    /**
     * The last slot that is free in an older row and fixed in this one, if nothing else differs: -1 if nothing differs at all, the number of
     * slots if anything else does.
     */
    public int lastFixedSince(Lattice older) {
        int last = -1;
        if (older.row.length != row.length) {
            return row.length;
        }
        for (int slot = 0; slot < row.length; slot++) {
            if (row[slot] != older.row[slot]) {
                if (older.row[slot] != FREE || row[slot] < 0) {
                    return row.length;
                }
                last = slot;
            }
        }
        return last;
    }

    /** The number of stretches, and of the boundary after the last of them. */
    public int size() {
        return slots.size();
    }

    /** The boundary before a slot, or after the last slot for the number of slots. */
    public int boundary(int slot) {
        return boundaries[slot];
    }

    /** The slot of a stretch. */
    public int slot(int stretch) {
        return slots.get(stretch);
    }

    /** The token of a stretch, or {@link #FREE} if it may hold any. */
    public int token(int stretch) {
        return tokens.get(stretch);
    }

    /** The boundary after a token of a stretch. */
    public int next(int stretch) {
        return next.get(stretch);
    }

    /** The boundary to which that before a stretch leads without a token, or {@link #NOWHERE}. */
    public int skip(int boundary) {
        return boundary < skips.length ? skips[boundary] : NOWHERE;
    }

    /** Whether the slot of a stretch has no token if the boundary before the stretch is left without one. */
    public boolean isEntry(int stretch) {
        return stretch == 0 || slot(stretch - 1) != slot(stretch);
    }
}
