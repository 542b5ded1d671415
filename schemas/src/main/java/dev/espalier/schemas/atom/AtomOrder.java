// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** An order of atoms in which those stand together that some sets have in common: sets are put down one by one, each next to what it shares. */
public final class AtomOrder {

    /** The ratio of their sizes from which on a set is large beside another one. */
    private static final int LARGE = 4;

    private final List<List<Integer>> of = new ArrayList<>();
    private final int[] left;
    private final int[] shared;
    private final List<Integer> order = new ArrayList<>();
    private final BitSet placed = new BitSet();

    private AtomOrder(List<BitSet> sets) {
        this.left = new int[sets.size()];
        this.shared = new int[sets.size()];
        for (int i = 0; i < sets.size(); i++) {
            int set = i;
            left[i] = sets.get(i).cardinality();
            sets.get(i).stream().forEach(atom -> {
                while (of.size() <= atom) {
                    of.add(new ArrayList<>(0));
                }
                of.get(atom).add(set);
            });
        }
    }

    /**
     * An order of all atoms of some sets.
     *
     * @param step is called for each set that is put down
     */
    public static List<Integer> of(List<BitSet> sets, Runnable step) {
        AtomOrder order = new AtomOrder(sets);
        for (int next = order.next(); next >= 0; next = order.next()) {
            step.run();
            sets.get(next).stream().forEach(order::place);
        }
        return order.order;
    }

    /** The set that adds the fewest atoms to those that share some with what is placed, unless it is large and another one is small. */
    private int next() {
        int near = -1;
        int far = -1;
        for (int i = 0; i < left.length; i++) {
            if (left[i] > 0 && shared[i] > 0) {
                near = near < 0 || left[i] < left[near] ? i : near;
            } else if (left[i] > 0) {
                far = far < 0 || left[i] < left[far] ? i : far;
            }
        }
        return near < 0 || (far >= 0 && left[near] > LARGE * left[far]) ? far : near;
    }

    private void place(int atom) {
        if (!placed.get(atom)) {
            placed.set(atom);
            order.add(atom);
            of.get(atom).forEach(set -> {
                left[set]--;
                shared[set]++;
            });
        }
    }
}
