// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.MarkState;
import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TailState;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a text that the next symbol may belong to, by the {@linkplain MarkState marks} on the stacks. */
public final class OpenMarks {

    /** Stands for no part. */
    public static final String NONE = "";

    private static final Set<String> UNMARKED = Set.of(NONE);

    private OpenMarks() {}

    /**
     * The innermost marks of all stacks, {@link #NONE} for those without one. Where a frame may go on, it is not asked what would come behind it. Cost: the sets of stacks that were not there
     * when it was asked before.
     */
    public static Set<String> innermost(StackSet set) {
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < set.tops().length; i++) {
            found.addAll(at(set.tops()[i], set.belows()[i]));
        }
        return found;
    }

    private static Set<String> at(State top, StackSet below) {
        if (!goesOn(top)) {
            return behind(below);
        }
        Set<String> found = new TreeSet<>();
        begin(new Opening(top, below(below)), found, new HashSet<>());
        return found;
    }

    /** A frame that is about to read, and the marks of what is below. */
    private record Opening(State state, Set<String> marks) {}

    /** Adds the marks of what a frame reads next, itself or by those that it calls. */
    private static void begin(Opening opening, Set<String> found, Set<Opening> met) {
        if (opening.state instanceof MarkState mark) {
            begin(new Opening(mark.content(), Set.of(mark.mark())), found, met);
        } else if (!(opening.state instanceof RowState row)) {
            found.addAll(opening.marks);
        } else if (met.add(opening)) {
            if (row.readsItself()) {
                found.addAll(opening.marks);
            }
            row.calls(new State.Moves() {
                @Override
                public void stay(State next) {
                    throw new IllegalStateException("a call reads nothing");
                }

                @Override
                public void push(State callee, State returnState) {
                    begin(new Opening(callee, opening.marks), found, met);
                }
            });
        }
    }

    private static boolean goesOn(State top) {
        if (top.results().length == 0) {
            return true;
        } else if (top instanceof TailState tail) {
            return !tail.handsResultOn();
        }
        ByteView view = top.byteView();
        return view == null || !view.readable().isEmpty();
    }

    /** Of the stacks that go on once a frame above them has ended. */
    private static Set<String> behind(StackSet set) {
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < set.tops().length; i++) {
            StackSet below = set.belows()[i];
            set.tops()[i].resume(0, new State.Moves() {
                @Override
                public void stay(State next) {
                    found.addAll(at(next, below));
                }

                @Override
                public void push(State callee, State returnState) {
                    throw new IllegalStateException("resume offered a push");
                }
            });
        }
        return found;
    }

    /** Of what lies below a frame that goes on. */
    private static Set<String> below(StackSet start) {
        ArrayDeque<StackSet> pending = new ArrayDeque<>();
        pending.push(start);
        while (!pending.isEmpty()) {
            StackSet set = pending.peek();
            int before = pending.size();
            for (int i = 0; set.openMarks == null && i < set.tops().length; i++) {
                if (!(set.tops()[i] instanceof MarkState) && set.belows()[i].openMarks == null) {
                    pending.push(set.belows()[i]);
                }
            }
            if (pending.size() == before) {
                pending.pop();
                if (set.openMarks == null) {
                    set.openMarks = collected(set);
                }
            }
        }
        return Objects.requireNonNull(start.openMarks);
    }

    private static Set<String> collected(StackSet set) {
        if (set.tops().length == 1 && !set.isBottom() && !(set.tops()[0] instanceof MarkState)) {
            return Objects.requireNonNull(set.belows()[0].openMarks);
        }
        Set<String> found = new TreeSet<>(set.isBottom() ? UNMARKED : Set.of());
        for (int i = 0; i < set.tops().length; i++) {
            if (set.tops()[i] instanceof MarkState mark) {
                found.add(mark.mark());
            } else {
                found.addAll(Objects.requireNonNull(set.belows()[i].openMarks));
            }
        }
        return found.equals(UNMARKED) ? UNMARKED : Set.copyOf(found);
    }
}
