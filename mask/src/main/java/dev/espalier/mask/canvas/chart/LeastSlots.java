// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.slot.Lattice;
import dev.espalier.mask.canvas.slot.TokenWalks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A search for the fewest tokens, in slots that may be absent, with which a canvas is completable. Layer k has, for each boundary, the
 * configurations that prefixes with exactly k such tokens lead to; it needs the layer before it only. From the first layer that has an
 * accepted configuration a way back is taken, from the set that is accepted to one before it that prefixes lead to. One thread, one
 * use.
 */
@FastPath(oracle = "LeastSlotsTest")
public final class LeastSlots {

    private final StackInference inference;
    private final Lattice lattice;
    private final List<TokenWalks> slots;
    private final int padding;
    private final WorkBudget budget;
    private final List<int[]> layers = new ArrayList<>();

    /** As {@link StackInference#masks}; boundaries may lead back to themselves. */
    public LeastSlots(
            StackInference inference, Lattice lattice, List<TokenWalks> slots, int padding, WorkBudget budget) {
        this.inference = inference;
        this.lattice = lattice;
        this.slots = slots;
        this.padding = padding;
        this.budget = budget;
    }

    /**
     * The number of tokens in each slot: 1, in optional slots 0 or 1, in endless slots any number.
     *
     * @param most the most tokens in slots that may be absent
     * @return empty if more are needed, or if no number is enough
     */
    public Optional<int[]> counts(int start, int most) {
        long before = inference.bytes();
        for (int layer = 0; layer <= most; layer++) {
            int[] reached = new int[slots.size() + 1];
            layers.add(reached);
            reached[0] = layer == 0 ? inference.start(start) : StackInference.NONE;
            for (int boundary = 0; boundary < slots.size(); boundary++) {
                leave(layer, boundary);
                before = inference.pay(before, budget);
            }
            for (int boundary = padding; boundary <= slots.size(); boundary++) {
                int finished = inference.finished(reached[boundary]);
                if (finished != StackInference.NONE) {
                    return Optional.of(wayBack(layer, boundary, finished));
                }
            }
            if (Arrays.stream(reached).allMatch(set -> set == StackInference.NONE)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Leaves a boundary in all three ways: without a token, by a required token, and from the layer before by an optional one. */
    private void leave(int layer, int boundary) {
        int[] reached = layers.get(layer);
        int next = lattice.next(boundary);
        if (isElastic(boundary)) {
            if (layer > 0) {
                reached[next] = inference.union(reached[next], after(layer - 1, boundary));
            }
            int skip = lattice.skip(boundary);
            if (skip != Lattice.NOWHERE) {
                reached[skip] = inference.union(reached[skip], reached[boundary]);
            }
        } else {
            reached[next] = inference.union(reached[next], after(layer, boundary));
        }
    }

    private int after(int layer, int boundary) {
        return inference.after(inference.step(slots.get(boundary), layers.get(layer)[boundary]));
    }

    private boolean isElastic(int boundary) {
        return lattice.mayBeAbsent(lattice.slot(boundary));
    }

    private int[] wayBack(int lastLayer, int lastBoundary, int finished) {
        int[] counts = new int[lattice.slots()];
        for (int slot = 0; slot < counts.length; slot++) {
            counts[slot] = lattice.mayBeAbsent(slot) ? 0 : 1;
        }
        int layer = lastLayer;
        int boundary = lastBoundary;
        int accepted = finished;
        while (boundary > 0) {
            int skipped = skipped(layer, boundary, accepted);
            if (skipped >= 0) {
                boundary = skipped;
                continue;
            }
            int stretch = lastStretch(layer, boundary, accepted);
            boolean isElastic = isElastic(stretch);
            counts[lattice.slot(stretch)] += isElastic ? 1 : 0;
            layer -= isElastic ? 1 : 0;
            accepted = before(layer, stretch, accepted);
            boundary = stretch;
        }
        return counts;
    }

    /** A boundary from which a step without a token leads to an accepted configuration, or -1. */
    private int skipped(int layer, int boundary, int accepted) {
        for (int from = boundary - 1; from >= 0; from--) {
            if (lattice.skip(from) == boundary && inference.meet(layers.get(layer)[from], accepted)) {
                return from;
            }
        }
        return -1;
    }

    /** The stretch whose token leads to an accepted configuration. */
    private int lastStretch(int layer, int boundary, int accepted) {
        boolean isLoop = boundary < slots.size() && lattice.next(boundary) == boundary;
        if (isLoop && layer > 0) {
            int reached = layers.get(layer - 1)[boundary];
            if (inference.meet(reached, before(layer - 1, boundary, accepted))) {
                return boundary;
            }
        }
        return boundary - 1;
    }

    private int before(int layer, int stretch, int accepted) {
        return inference.back(inference.step(slots.get(stretch), layers.get(layer)[stretch]), accepted);
    }
}
