// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.counting.CounterState;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A merging union of two sets of stacks, level by level, with an explicit stack, since sets may be as deep as the text is nested. */
@SuppressWarnings("ReferenceEquality") // whether a set is an operand itself
@FastPath(oracle = "StackUnionTest")
final class StackUnion {

    /** Two sets, told apart by identity: to compare what lies in them would cost more than to unite them. */
    private record Pair(StackSet a, StackSet b) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Pair pair && a == pair.a && b == pair.b;
        }

        @Override
        public int hashCode() {
            return 31 * a.hashCode() + b.hashCode();
        }
    }

    private final UnionMemo memo;
    private final StackInterner interner;
    private final Runnable count;
    private final Map<Pair, StackSet> known = new HashMap<>();
    private final ArrayDeque<Pair> pending = new ArrayDeque<>();

    /**
     * A union to be.
     *
     * @param memo has other unions, and receives those that are made
     * @param count called for each pair of sets below that must be united
     */
    StackUnion(UnionMemo memo, StackInterner interner, Runnable count) {
        this.memo = memo;
        this.interner = interner;
        this.count = count;
    }

    StackSet of(StackSet a, StackSet b) {
        Pair wanted = new Pair(a, b);
        pending.push(wanted);
        while (!pending.isEmpty()) {
            Pair pair = pending.peek();
            if (known.containsKey(pair) || !pushMissing(pair)) {
                pending.pop();
                known.computeIfAbsent(pair, this::join);
            }
        }
        return known(wanted);
    }

    private StackSet known(Pair pair) {
        StackSet union = known.get(pair);
        if (union == null) {
            throw new IllegalStateException("a union was not computed");
        }
        return union;
    }

    private boolean pushMissing(Pair pair) {
        if (pair.a.isPacked() || pair.b.isPacked()) {
            return false;
        }
        boolean missing = false;
        for (int i = 0; i < pair.a.tops().length; i++) {
            int j = pair.b.indexOf(pair.a.tops()[i]);
            if (j >= 0 && pair.a.belows()[i] != pair.b.belows()[j]) {
                missing |= pushUnlessKnown(new Pair(pair.a.belows()[i], pair.b.belows()[j]));
            }
        }
        return missing;
    }

    private boolean pushUnlessKnown(Pair below) {
        if (known.containsKey(below)) {
            return false;
        }
        StackSet remembered = memo.get(below.a, below.b);
        if (remembered != null) {
            known.put(below, remembered); // the memo may forget it before it is needed
            return false;
        }
        count.run();
        pending.push(below);
        return true;
    }

    private StackSet join(Pair pair) {
        StackSet joined = joined(pair.a, pair.b);
        memo.put(pair.a, pair.b, joined);
        return joined;
    }

    private StackSet joined(StackSet a, StackSet b) {
        if (a.isPacked() || b.isPacked()) {
            return interner.intern(StackPacking.of(a, b));
        }
        State[] tops = Arrays.copyOf(a.tops(), a.tops().length + b.tops().length);
        StackSet[] belows = Arrays.copyOf(a.belows(), tops.length);
        int size = a.tops().length;
        int shared = 0;
        boolean allOfA = a.containsEmpty || !b.containsEmpty;
        boolean allOfB = b.containsEmpty || !a.containsEmpty;
        for (int j = 0; j < b.tops().length; j++) {
            int i = a.indexOf(b.tops()[j]);
            if (i >= 0) {
                belows[i] =
                        a.belows()[i] == b.belows()[j] ? a.belows()[i] : known(new Pair(a.belows()[i], b.belows()[j]));
                shared++;
                allOfA &= belows[i] == a.belows()[i];
                allOfB &= belows[i] == b.belows()[j];
            } else if (!isIncluded(b.tops()[j], b.belows()[j], tops, belows, size)) {
                tops[size] = b.tops()[j];
                belows[size++] = b.belows()[j];
                allOfA = false;
            }
        }
        if (allOfA) {
            return a;
        }
        if (allOfB && shared == a.tops().length && size == b.tops().length) {
            return b;
        }
        return interner.intern(setOf(tops, belows, size, a.containsEmpty || b.containsEmpty));
    }

    /** Whether one of some entries has the same stacks below, and a top that includes a state. */
    private static boolean isIncluded(State state, StackSet below, State[] tops, StackSet[] belows, int size) {
        if (state instanceof CounterState counter) {
            for (int i = 0; i < size; i++) {
                if (belows[i] == below
                        && tops[i] != state
                        && tops[i] instanceof CounterState other
                        && other.includes(counter)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The set of some entries with distinct tops, without those that others include. */
    static StackSet setOf(State[] tops, StackSet[] belows, int size, boolean empty) {
        State[] keptTops = new State[size];
        StackSet[] keptBelows = new StackSet[size];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!isIncluded(tops[i], belows[i], tops, belows, size)) {
                keptTops[kept] = tops[i];
                keptBelows[kept++] = belows[i];
            }
        }
        if (kept < size) {
            keptTops = Arrays.copyOf(keptTops, kept);
            keptBelows = Arrays.copyOf(keptBelows, kept);
        }
        return new StackSet(keptTops, keptBelows, empty);
    }
}
