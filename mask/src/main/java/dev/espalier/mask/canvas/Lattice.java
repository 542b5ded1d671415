package dev.espalier.mask.canvas;

import dev.espalier.core.collect.IntList;

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
final class Lattice {

    /** Where a boundary leads without a token, if it leads nowhere. */
    static final int NOWHERE = -1;

    private final IntList slots = new IntList();
    private final IntList tokens = new IntList();
    private final IntList next = new IntList();
    private final int[] boundaries;
    private final int[] skips;

    Lattice(Canvas canvas) {
        boundaries = new int[canvas.size() + 1];
        for (int slot = 0; slot < canvas.size(); slot++) {
            boundaries[slot] = size();
            add(slot, canvas.token(slot), 1);
            if (canvas.token(slot) == Canvas.ENDLESS) {
                add(slot, Canvas.FREE, 0);
            }
        }
        boundaries[canvas.size()] = size();
        skips = new int[size()];
        for (int at = size() - 1; at >= 0; at--) {
            skips[at] = skip(canvas, at);
        }
    }

    private void add(int slot, int token, int step) {
        next.add(size() + step);
        slots.add(slot);
        tokens.add(Math.max(token, Canvas.FREE));
    }

    /** Optional slots in a row are filled from the left: who leaves one leaves all that follow, an endless one included. */
    private int skip(Canvas canvas, int at) {
        if (!canvas.mayBeAbsent(slot(at))) {
            return NOWHERE;
        }
        int following = at + 1;
        boolean isRow = following < size() && canvas.mayBeAbsent(slot(following)) && !endsRow(canvas, at);
        return isRow ? skips[following] : following;
    }

    /** Whether a stretch is the last of an endless slot. */
    private boolean endsRow(Canvas canvas, int at) {
        return canvas.token(slot(at)) == Canvas.ENDLESS && next(at) == at;
    }

    /** The number of stretches, and of the boundary behind the last of them. */
    int size() {
        return slots.size();
    }

    /** The boundary before a slot, or behind the last for the number of slots. */
    int boundary(int slot) {
        return boundaries[slot];
    }

    /** The slot of a stretch. */
    int slot(int stretch) {
        return slots.get(stretch);
    }

    /** The token of a stretch, or {@link Canvas#FREE} if it may hold any. */
    int token(int stretch) {
        return tokens.get(stretch);
    }

    /** The boundary behind a token of a stretch. */
    int next(int stretch) {
        return next.get(stretch);
    }

    /** The boundary to which that before a stretch leads without a token, or {@link #NOWHERE}. */
    int skip(int boundary) {
        return boundary < skips.length ? skips[boundary] : NOWHERE;
    }

    /** Whether the slot of a stretch has no token if the boundary before the stretch is left without one. */
    boolean isEntry(int stretch) {
        return stretch == 0 || slot(stretch - 1) != slot(stretch);
    }
}
