// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.rule;

import dev.espalier.automata.counting.CounterState;
import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.MarkState;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one compiled grammar, made when they are first called. Rows of rule frames are determinised on demand;
 * all of that happens under this object's lock, and what is published is immutable. Thread-safe.
 */
public final class Frames {

    private static final int ROW_BYTES = 160;

    private final Nfa nfa;
    private final List<Callee> callees;
    private final List<int[]> ends;
    private final Lengths lengths;
    private final WorkBudget.Ledger ledger;
    private final @Nullable State[] starts;

    /** Scratch for closures: the mark of the closure that last met a state. */
    private final int[] marks;

    private int mark;

    public Frames(RuleGraph graph, Lengths lengths, WorkBudget budget) {
        this(graph, lengths, budget.ledger());
    }

    /** Frames that share an account with others. */
    public Frames(RuleGraph graph, Lengths lengths, WorkBudget.Ledger ledger) {
        this.nfa = graph.nfa();
        this.callees = graph.callees();
        this.ends = graph.ends();
        this.lengths = lengths;
        this.ledger = ledger;
        this.starts = new State[callees.size()];
        this.marks = new int[nfa.states()];
    }

    Nfa nfa() {
        return nfa;
    }

    Lengths lengths() {
        return lengths;
    }

    /** Estimated bytes of the automaton and of its rows so far. */
    public long estimatedBytes() {
        return ledger.allocatedBytes();
    }

    /** Accounts a row that is kept. */
    void accountRow(int bytes) {
        ledger.addStates(1);
        ledger.allocate(ROW_BYTES + (long) bytes);
    }

    /** The start state of a callee whose shortest text is finite. */
    public synchronized State start(int callee) {
        State known = starts[callee];
        if (known == null) {
            known = make(callee);
            starts[callee] = known;
        }
        return known;
    }

    /**
     * The start state of the root.
     *
     * @param mayBeEmpty whether it may end at once, which other starts do not
     */
    public synchronized State root(boolean mayBeEmpty) {
        return ((RuleState) start(0)).frame().start(mayBeEmpty);
    }

    private State make(int callee) {
        Callee kind = callees.get(callee);
        if (kind instanceof Callee.Counter counter) {
            return counter(counter);
        } else if (kind instanceof Callee.Permutation permutation) {
            return permutation(permutation);
        } else if (kind instanceof Callee.Frame frame) {
            return Objects.requireNonNull(frame.start()); // what has no text is never called
        }
        State start = new RuleFrame(this, ends.get(callee)[0], ends.get(callee)[1]).start();
        return kind instanceof Callee.Rule rule && rule.mark() != null ? MarkState.of(rule.mark(), start) : start;
    }

    private State counter(Callee.Counter counter) {
        int max = counter.max() == Expression.UNBOUNDED ? CounterState.UNLIMITED : counter.max();
        return CounterState.start(start(counter.body()), lengths.shortest(counter.body()), counter.min(), max);
    }

    private State permutation(Callee.Permutation permutation) {
        int separatorLength = permutation.separator() < 0 ? 0 : lengths.shortest(permutation.separator());
        Callee.Permutation shape = permutation;
        if (separatorLength == Lengths.NEVER && !permutation.separatorMayBeEmpty()) {
            shape = new Callee.Permutation(permutation.items(), -1, true, permutation.minTotal(), 1);
        }
        int[] itemLengths = shape.items().stream()
                .mapToInt(item -> lengths.shortest(item.body()))
                .toArray();
        State[] items = new State[itemLengths.length];
        for (int i = 0; i < items.length; i++) {
            items[i] = itemLengths[i] == Lengths.NEVER
                    ? Dead.STATE
                    : start(shape.items().get(i).body());
        }
        boolean separated = shape.separator() >= 0 && separatorLength != Lengths.NEVER;
        State separator = separated ? start(shape.separator()) : Dead.STATE;
        return PermutationState.start(
                new PermutationState.Shape(shape, items, separator, itemLengths, separated ? separatorLength : 0));
    }

    /**
     * The states reached from some without reading, those that matter only: with an edge that reads or calls, or the
     * accepting one, and from which the end can be reached. Sorted.
     */
    int[] closure(int[] from, int count, int accept) {
        mark++;
        int[] stack = Arrays.copyOf(from, Math.max(16, count * 2));
        int[] kept = new int[16];
        int size = 0;
        int pending = 0;
        for (int i = 0; i < count; i++) {
            if (marks[from[i]] != mark) {
                marks[from[i]] = mark;
                stack[pending++] = from[i];
            }
        }
        while (pending > 0) {
            int state = stack[--pending];
            boolean matters = state == accept;
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int target = nfa.target(edge);
                if (nfa.low(edge) != Nfa.EMPTY) {
                    matters = true;
                } else if (marks[target] != mark && lengths.toEnd(target) != Lengths.NEVER) {
                    marks[target] = mark;
                    if (pending == stack.length) {
                        stack = Arrays.copyOf(stack, 2 * pending);
                    }
                    stack[pending++] = target;
                }
            }
            if (matters) {
                if (size == kept.length) {
                    kept = Arrays.copyOf(kept, 2 * size);
                }
                kept[size++] = state;
            }
        }
        int[] sorted = Arrays.copyOf(kept, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** A state that reads nothing and never ends; stands for what cannot be produced and is never pushed. */
    private enum Dead implements State, ByteView {
        STATE;

        @Override
        public void moves(int symbol, Moves moves) {}

        @Override
        public ByteView byteView() {
            return this;
        }

        @Override
        public boolean mayRead(int symbol) {
            return false;
        }

        @Override
        public int[] results() {
            return NO_RESULTS;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int[] goal() {
            return NO_RESULTS;
        }

        @Override
        public int distance(int result) {
            return Integer.MAX_VALUE;
        }
    }
}
