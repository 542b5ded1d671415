package dev.espalier.mask.canvas;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.TokenMask;
import java.util.BitSet;
import java.util.List;

/**
 * What is known of the completions of a canvas: whether there is one, and which tokens some completion has in each slot.
 * Exact. Made by {@link CanvasParser}. Immutable, thread-safe.
 */
public final class CanvasChart {

    private final Canvas canvas;
    private final boolean completable;
    private final List<TokenMask> masks;
    private final BitSet absent;
    private final long items;

    /** A chart; the bits are the optional and endless slots that are absent in some completion, and become its own. */
    CanvasChart(Canvas canvas, boolean completable, List<TokenMask> masks, BitSet absent, long items) {
        this.canvas = canvas;
        this.completable = completable;
        this.masks = List.copyOf(masks);
        this.absent = absent;
        this.items = items;
    }

    /** The canvas. */
    public Canvas canvas() {
        return canvas;
    }

    /** Whether the canvas has a completion. */
    public boolean isCompletable() {
        return completable;
    }

    /**
     * The tokens that some completion has in a slot: of a fixed slot its token; none if there is no completion. Each of
     * them can be fixed by itself; fixing tokens in several slots at once may leave no completion. Of an optional slot, the
     * tokens of completions in which it is there, none if it never is; of an endless one, those that are any of its tokens.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public TokenMask mask(int slot) {
        check(slot);
        return masks.get(slot);
    }

    /**
     * Whether some completion has no token in a slot: only of optional and endless ones. Whether some completion has one is
     * whether {@link #mask} has any.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public boolean mayBeAbsent(int slot) {
        check(slot);
        return absent.get(slot);
    }

    private void check(int slot) {
        if (slot < 0 || slot >= masks.size()) {
            throw new InvalidInputException("slot " + slot + " is outside the canvas of " + masks.size() + " slots");
        }
    }

    /** The number of entries of the chart: what memory and time were about proportional to, next to walks over tokens. */
    public long items() {
        return items;
    }
}
