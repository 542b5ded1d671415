// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a set of stacks of rules that a token can reach without reading past a frame that must read first. Most tokens reach no
 * further. Sets that differ only in what lies below have equal upper parts. What ends there ends at one of
 * the cuts, and goes on with what was cut off.
 */
@SuppressWarnings("ReferenceEquality") // equal sets are nearly always one object
@FastPath(oracle = "mask:SegmentMasksTest")
public final class StackSegment {

    private final StackSet upper;
    private final List<StackSet> belows;

    private StackSegment(StackSet upper, List<StackSet> belows) {
        this.upper = upper;
        this.belows = belows;
    }

    /**
     * The upper part of a set; null if a top state is not one of a rule, or the empty stack is a member. Cost: linear in the
     * upper part.
     *
     * @param maxSets sets of stacks that the upper part has at most; null is returned if that is 0
     * @param interner makes equal upper parts one object, nearly always
     */
    public static @Nullable StackSegment of(StackSet set, int maxSets, StackInterner interner) {
        return maxSets > 0 && isOfRules(set) ? new Builder(maxSets, interner).build(set) : null;
    }

    private static boolean isOfRules(StackSet set) {
        for (State top : set.tops()) {
            if (!(top instanceof RowState)) {
                return false;
            }
        }
        return set.tops().length > 0 && !set.containsEmpty;
    }

    /** The upper part, above what stands for its cuts. It ends with their numbers. */
    public StackSet upper() {
        return upper;
    }

    /** All that was cut off at a cut, from 0 on: return states that go on with result 0, or the empty stack. */
    public StackSet below(int cut) {
        return belows.get(cut);
    }

    /** A state right above the first cut. */
    public static StackSet alone(State state, StackInterner interner) {
        return interner.intern(state, interner.intern(CutState.of(0), StackSet.BOTTOM));
    }

    /** The bytes that a state of a rule may read without calling others for them; null where it calls none, or is of no rule. */
    public static @Nullable ByteSet ownBytes(State state) {
        return state instanceof RowState row ? row.ownBytes() : null;
    }

    /** The number of the cut at which everything above has ended, where a state says that; else -1. */
    public static int cutAt(State state) {
        return state instanceof CutState cut ? cut.cut() : -1;
    }

    private static final class Builder {

        private final int maxSets;
        private final StackInterner interner;
        /** The sets that are kept, and what becomes of each. */
        private final List<StackSet> kept = new ArrayList<>();

        private final List<@Nullable StackSet> made = new ArrayList<>();
        private final List<StackSet> cutOff = new ArrayList<>();

        public Builder(int maxSets, StackInterner interner) {
            this.maxSets = maxSets;
            this.interner = interner;
        }

        public StackSegment build(StackSet set) {
            keep(set);
            return new StackSegment(upper(set), cutOff);
        }

        private void keep(StackSet set) {
            kept.add(set);
            made.add(null);
            for (int i = 0; i < set.tops().length; i++) {
                StackSet below = set.belows()[i];
                boolean goesOn = set.tops()[i].results().length > 0 && !below.isPacked() && isOfRules(below);
                if (goesOn && indexOf(kept, below) < 0 && kept.size() < maxSets) {
                    keep(below);
                }
                if (!(goesOn && indexOf(kept, below) >= 0) && indexOf(cutOff, below) < 0) {
                    cutOff.add(below);
                }
            }
        }

        private StackSet upper(StackSet set) {
            int index = indexOf(kept, set);
            StackSet known = made.get(index);
            if (known == null) {
                StackSet[] belows = new StackSet[set.belows().length];
                for (int i = 0; i < belows.length; i++) {
                    StackSet below = set.belows()[i];
                    boolean goesOn = set.tops()[i].results().length > 0 && indexOf(kept, below) >= 0;
                    belows[i] = goesOn ? upper(below) : marker(indexOf(cutOff, below));
                }
                known = belows.length == 1
                        ? interner.intern(set.tops()[0], belows[0])
                        : interner.intern(new StackSet(set.tops(), belows, false));
                made.set(index, known);
            }
            return known;
        }

        private StackSet marker(int cut) {
            return interner.intern(CutState.of(cut), StackSet.BOTTOM);
        }

        private static int indexOf(List<StackSet> sets, StackSet wanted) {
            for (int i = sets.size() - 1; i >= 0; i--) {
                if (sets.get(i) == wanted) {
                    return i;
                }
            }
            return -1;
        }
    }
}
