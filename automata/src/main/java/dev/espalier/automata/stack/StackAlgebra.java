// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unions of sets of stacks, and states pushed on them: interned, and counted as work of the question at hand. Merging past some items is
 * given up. One thread.
 */
@SuppressWarnings("ReferenceEquality") // identity first: equal sets are nearly always one object
final class StackAlgebra {

    /** So many pieces of work, less one, lie between two calls of the hook. */
    private static final int POLL = 15;

    private final int maxMerged;
    private final StackInterner interner;
    private final Runnable hook;
    private @Nullable UnionMemo unions;
    private int items;
    private long work;

    /**
     * An algebra.
     *
     * @param hook called every microsecond or so of work; what it throws ends the question
     * @param maxMerged stacks and merges of one question until {@link ExpensiveException}
     */
    StackAlgebra(StackInterner interner, Runnable hook, int maxMerged) {
        this.maxMerged = maxMerged;
        this.interner = interner;
        this.hook = hook;
    }

    /** Thrown where merging gets expensive: the question is then asked anew, and answered by packing. */
    static final class ExpensiveException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExpensiveException() {
            super("merging sets of stacks is expensive here", null, false, false);
        }
    }

    /** A new question: its items are counted from 0. */
    void begin() {
        items = 0;
    }

    /** One more item of the question at hand. */
    void count() {
        work();
        if (++items > maxMerged) {
            throw new ExpensiveException();
        }
    }

    /** One more piece of work, some tens of nanoseconds. */
    void work() {
        if ((++work & POLL) == 0) {
            hook.run();
        }
    }

    /** So many pieces of work. */
    void work(int pieces) {
        long polls = ((work & POLL) + pieces) / (POLL + 1);
        work += pieces;
        for (; polls > 0; polls--) {
            hook.run();
        }
    }

    /** The work done so far: what it grows by is the same on every machine. */
    long worked() {
        return work;
    }

    /** The object that stands for all sets equal to this one. */
    StackSet intern(StackSet set) {
        return interner.intern(set);
    }

    /** The set of one state above all that lies below it. */
    StackSet single(State top, StackSet below) {
        return interner.intern(top, below);
    }

    /** A return state above a set; once, where it would come to lie above itself and that makes no difference. */
    StackSet above(State returnState, StackSet below) {
        for (int i = 0; i < below.tops().length; i++) {
            if (below.tops()[i] == returnState && TailState.absorbsItself(returnState)) {
                return below.tops().length == 1 && !below.containsEmpty
                        ? below
                        : single(returnState, merge(without(below, i), below.belows()[i]));
            }
        }
        return single(returnState, below);
    }

    private StackSet without(StackSet set, int entry) {
        int size = set.tops().length - 1;
        State[] tops = Arrays.copyOf(set.tops(), size);
        StackSet[] belows = Arrays.copyOf(set.belows(), size);
        System.arraycopy(set.tops(), entry + 1, tops, entry, size - entry);
        System.arraycopy(set.belows(), entry + 1, belows, entry, size - entry);
        return interner.intern(new StackSet(tops, belows, set.containsEmpty));
    }

    /** The union of two sets, sharing what they share: {@code a} itself exactly if it has every stack of {@code b}. */
    StackSet merge(StackSet a, StackSet b) {
        if (a == b || b.isEmpty()) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        if (a.isPacked() || b.isPacked()) {
            return packed(a, b);
        }
        UnionMemo memo = unions;
        if (memo == null) {
            memo = new UnionMemo(10); // only ambiguous texts need one
            unions = memo;
        }
        StackSet known = memo.get(a, b);
        return known != null ? known : new StackUnion(memo, interner, this::count).of(a, b);
    }

    /** The union of two sets, without a look at what lies in them. */
    StackSet packed(StackSet a, StackSet b) {
        return interner.intern(StackPacking.of(a, b));
    }

    /** The union of some sets, packed. */
    StackSet union(StackPacking sets) {
        StackSet union = sets.toSet();
        work(sets.looked());
        return intern(union);
    }

    /** The set of some top states, each above the union of what was added for it. */
    StackSet packedSet(Map<State, StackPacking> entries) {
        if (entries.isEmpty()) {
            return StackSet.NONE;
        }
        return interner.intern(StackPacking.setOf(entries, false, this::union));
    }
}
