// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A packed union of sets of stacks under construction, without a look at what lies in them. It is one of the sets where that has all parts of
 * the others.
 * Sets that are the same object are one; equal ones that are not may stand beside each other. One thread.
 */
@SuppressWarnings("ReferenceEquality") // sets are told apart by identity
@FastPath(oracle = "PackedStepTest")
final class StackPacking {

    private @Nullable StackSet first;
    /** Those after the first, once there are any. */
    private final List<StackSet> others = new ArrayList<>(0);

    private @Nullable Set<StackSet> seen;
    private int looked;

    /** The union of two sets: the first itself if it has all parts of the second. */
    static StackSet of(StackSet a, StackSet b) {
        StackPacking both = new StackPacking();
        both.add(a);
        both.add(b);
        return both.toSet();
    }

    /** Adds a set; returns whether it is another than all before. */
    boolean add(StackSet set) {
        if (set.isEmpty() || set == first) {
            return false;
        }
        if (first == null) {
            first = set;
            return true;
        }
        Set<StackSet> met = seen;
        if (met == null) {
            met = Collections.newSetFromMap(new IdentityHashMap<>());
            seen = met;
        }
        boolean isNew = met.add(set);
        if (isNew) {
            others.add(set);
        }
        return isNew;
    }

    /** The union of all sets that were added; without any stack if there was none. Cost: the number of their parts. */
    StackSet toSet() {
        StackSet one = first;
        if (one == null) {
            return StackSet.NONE;
        }
        return others.isEmpty() ? one : union(one);
    }

    private StackSet union(StackSet one) {
        StackSet largest = one;
        for (StackSet other : others) {
            largest = size(other) > size(largest) ? other : largest;
        }
        Set<StackSet> known = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean isListed = false;
        List<StackSet> more = new ArrayList<>();
        for (int i = -1; i < others.size(); i++) {
            StackSet other = i < 0 ? one : others.get(i);
            if (other == largest || isBase(other, largest)) {
                continue;
            }
            if (!isListed) {
                Collections.addAll(known, largest.parts());
                looked += known.size();
                isListed = true;
            }
            addParts(other, known, more);
        }
        if (more.isEmpty()) {
            return largest;
        }
        StackParts base = largest.packed();
        if (base == null) {
            more.add(0, largest);
        }
        return new StackSet(new StackParts(base, more.toArray(StackSet[]::new)));
    }

    private void addParts(StackSet other, Set<StackSet> known, List<StackSet> more) {
        StackParts parts = other.packed();
        if (parts == null) {
            if (known.add(other)) {
                more.add(other);
            }
            return;
        }
        for (StackParts at = parts; at != null; at = at.base()) {
            looked += at.own().length;
            for (StackSet part : at.own()) {
                if (known.add(part)) {
                    more.add(part);
                }
            }
        }
    }

    private static int size(StackSet set) {
        StackParts parts = set.packed();
        return parts == null ? 1 : parts.size();
    }

    private static boolean isBase(StackSet set, StackSet larger) {
        StackParts parts = set.packed();
        StackParts all = larger.packed();
        return parts != null && all != null && parts.areBaseOf(all);
    }

    /** How many parts were looked at for the union. */
    int looked() {
        return looked + others.size();
    }

    /** Whether nothing was added. */
    boolean isEmpty() {
        return first == null;
    }

    /**
     * The set of some top states, each above the union of what was added for it.
     *
     * @param union the union of what was added
     */
    static StackSet setOf(
            Map<State, StackPacking> entries, boolean containsEmpty, Function<StackPacking, StackSet> union) {
        State[] tops = entries.keySet().toArray(State[]::new);
        StackSet[] belows = new StackSet[tops.length];
        int i = 0;
        for (StackPacking below : entries.values()) {
            belows[i++] = union.apply(below);
        }
        return new StackSet(tops, belows, containsEmpty);
    }
}
