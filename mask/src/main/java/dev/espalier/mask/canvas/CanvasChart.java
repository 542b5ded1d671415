package dev.espalier.mask.canvas;

import dev.espalier.grammar.error.InvalidInputException;
import dev.espalier.mask.TokenMask;
import java.util.List;

/**
 * What is known of the completions of a canvas: whether there is one, and which tokens some completion has in each slot.
 * Exact. Made by {@link CanvasParser}. Immutable, thread-safe.
 */
public final class CanvasChart {

    private final Canvas canvas;
    private final boolean completable;
    private final List<TokenMask> masks;
    private final long items;

    CanvasChart(Canvas canvas, boolean completable, List<TokenMask> masks, long items) {
        this.canvas = canvas;
        this.completable = completable;
        this.masks = List.copyOf(masks);
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
     * them can be fixed by itself; fixing tokens in several slots at once may leave no completion.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public TokenMask mask(int slot) {
        if (slot < 0 || slot >= masks.size()) {
            throw new InvalidInputException("slot " + slot + " is outside the canvas of " + masks.size() + " slots");
        }
        return masks.get(slot);
    }

    /** The number of entries of the chart: what memory and time were about proportional to, next to walks over tokens. */
    public long items() {
        return items;
    }
}
