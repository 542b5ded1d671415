// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TokenCounter;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The simulation of a pushdown automaton: moves sets of stacks by symbols. Holds scratch space and is used by one thread at a time; the
 * sets it returns may go anywhere.
 *
 * <p>One step costs the number of live (top state, stack) pairs plus the moves they offer: a few for deterministic
 * grammars, linear in the text for the usual ambiguity. A step that takes more than some pairs and merges is taken anew as
 * a {@link PackedStep}, whose work is polynomial in the text whatever the grammar. {@link Limits#maxCompileBytes} bounds the
 * memory of one step's states that are not of grammars; past it a typed error, and nothing has changed.
 */
@SuppressWarnings("ReferenceEquality") // identity first: equal sets are nearly always one object
@FastPath(oracle = "AutomatonOracleTest")
public final class Stepper {

    /** So many stacks and merges of one step are merged before all is packed. */
    public static final int MERGED = 256;

    private final long maxBytes;
    private final StackAlgebra algebra;
    private final StackCollector out;
    private final StackFrontier frontier;
    private final FrameReturn returns;
    private final StackEnds ends;
    private long packedSteps;

    /** A stepper with a table of its own. */
    public Stepper(Limits limits) {
        this(limits, new StackInterner(10));
    }

    /** A stepper that shares a table of stack sets, so that equal sets of several sequences are one object. */
    public Stepper(Limits limits, StackInterner interner) {
        this(limits, interner, () -> {});
    }

    /**
     * A stepper that shares a table of stack sets.
     *
     * @param hook called every microsecond or so of work, within a step, too; what it throws ends the question, and nothing has changed
     */
    public Stepper(Limits limits, StackInterner interner, Runnable hook) {
        this(limits, interner, hook, MERGED);
    }

    /**
     * A stepper that shares a table of stack sets. Languages do not depend on when it packs.
     *
     * @param hook as above
     * @param maxMerged stacks and merges of one step that are merged before all is packed: as a rule {@link #MERGED}
     */
    public Stepper(Limits limits, StackInterner interner, Runnable hook, int maxMerged) {
        this.maxBytes = WorkBudget.affordable(limits);
        this.algebra = new StackAlgebra(interner, hook, maxMerged);
        this.out = new StackCollector(algebra);
        this.frontier = new StackFrontier(algebra, out);
        this.returns = new FrameReturn(algebra, out);
        this.ends = new StackEnds(algebra, returns);
    }

    /**
     * All stacks after a symbol; the empty set when the symbol is dead.
     *
     * @param symbol a byte (0 to 255), or {@link State#SPECIAL} and up
     * @throws LimitExceededException past {@code maxCompileBytes} of states that are not of grammars
     */
    public StackSet step(StackSet from, int symbol) {
        algebra.begin();
        algebra.work();
        try {
            frontier.begin(symbol);
            out.clear();
            for (int i = 0; i < from.tops().length; i++) {
                frontier.add(from.tops()[i], from.belows()[i]);
            }
            frontier.drain();
            return out.toSet();
        } catch (StackAlgebra.ExpensiveException expensive) {
            packedSteps++;
            return PackedStep.step(algebra, maxBytes, from, symbol);
        }
    }

    /** Bytes that {@link #step} may read: all others are dead. Cost: that of {@link ByteView#readable} for each top state. */
    public ByteSet readable(StackSet from) {
        ByteSet found = ByteSet.NONE;
        for (int i = 0; i < from.tops().length; i++) {
            State top = from.tops()[i];
            found = found.or(ByteView.readable(top));
            int[] results = top.results();
            if (results.length > 0 && from.belows()[i].tops().length > 0) {
                found = found.or(
                        results.length > 1 || results[0] != 0 ? ByteSet.ALL : FollowBytes.of(from.belows()[i]));
            }
        }
        return found;
    }

    /** The set of one state above all that lies below it. */
    public StackSet single(State top, StackSet below) {
        return algebra.single(top, below);
    }

    /**
     * All states that are about to read, each with the stacks below it: the top states, what they call before they read, and
     * where those below go on if a top state may end at once. Of the states that are not of rules, only those that are called or on top.
     *
     * @throws LimitExceededException as {@link #step}
     */
    public StackSet open(StackSet from) {
        algebra.begin();
        if (!from.reachesPacked()) {
            try {
                return new StackOpening(algebra, returns).of(from);
            } catch (StackAlgebra.ExpensiveException expensive) {
                algebra.begin();
            }
        }
        return PackedStep.open(algebra, maxBytes, from);
    }

    /**
     * The stacks after a frame above {@code below} ended with a result; without the empty stack.
     *
     * @throws LimitExceededException as {@link #step}
     */
    public StackSet resume(StackSet below, int result) {
        algebra.begin();
        return returns.of(below, result);
    }

    /**
     * The stacks after a frame above {@code below} ended with a result, and after all frames that end at once thereupon; without the
     * empty stack. Kept with the set for result 0. Cost: the number of sets below and of their entries, the first time.
     */
    public StackSet resumeThrough(StackSet below, int result) {
        return ReturnSearch.of(algebra, below, result).states();
    }

    /**
     * The results with which everything down to the bottom may end before the next symbol, sorted; empty when something
     * must still be read.
     */
    public int[] results(StackSet set) {
        algebra.begin();
        for (int i = 0; i < set.tops().length; i++) {
            if (set.tops()[i].results().length > 0) {
                return ends(set);
            }
        }
        return State.NO_RESULTS;
    }

    private int[] ends(StackSet set) {
        try {
            return ends.of(set);
        } catch (StackAlgebra.ExpensiveException expensive) {
            algebra.begin();
            return ends.searched(set);
        }
    }

    /**
     * The least number of symbols until everything may end; 0 when it may end now, {@link Integer#MAX_VALUE} when it
     * never may. Cost: the depth of the stack the first time, then a look-up per entry.
     */
    public int distance(StackSet set) {
        return new StackDistance(algebra, StackDistance.ANY).of(set);
    }

    /**
     * The least number of symbols until everything may end with one result of the bottom frame; {@link Integer#MAX_VALUE}
     * when it never may. Cost: as {@link #distance(StackSet)} the first time, each time.
     */
    public int distance(StackSet set, int result) {
        return new StackDistance(algebra, result).of(set);
    }

    /** A set whose stacks nothing of a horizon tells from those of this one: each top state by its representative. */
    public StackSet within(StackSet set, Horizon horizon) {
        return mapped(set, state -> state.within(horizon));
    }

    /** A set that reads all that this one reads, and may read more: each top state {@linkplain BudgetView#relaxed() relaxed}. */
    public StackSet relaxed(StackSet set) {
        return mapped(set, BudgetView::relaxed);
    }

    /** The set once a token has ended: each top state that {@linkplain TokenCounter counts} has one token more. Itself where none does. */
    public StackSet afterToken(StackSet set) {
        return mapped(set, TokenCounter::afterToken);
    }

    private StackSet mapped(StackSet set, UnaryOperator<State> representative) {
        for (int i = 0; i < set.tops().length; i++) {
            State other = representative.apply(set.tops()[i]);
            if (other != set.tops()[i]) {
                return set.tops().length == 1 ? single(other, set.belows()[0]) : merged(set, i, other, representative);
            }
        }
        return set;
    }

    /** With representatives from one top state on, of which the first is given; those before are their own. */
    private StackSet merged(StackSet set, int from, State first, UnaryOperator<State> representative) {
        State[] nears = new State[set.tops().length];
        for (int i = 0; i < nears.length; i++) {
            nears[i] = i < from ? set.tops()[i] : i == from ? first : representative.apply(set.tops()[i]);
        }
        algebra.begin();
        try {
            out.clear();
            for (int i = 0; i < nears.length; i++) {
                out.add(nears[i], set.belows()[i]);
            }
            return out.toSet();
        } catch (StackAlgebra.ExpensiveException expensive) {
            Map<State, StackPacking> all = new LinkedHashMap<>();
            for (int i = 0; i < nears.length; i++) {
                all.computeIfAbsent(nears[i], unused -> new StackPacking()).add(set.belows()[i]);
            }
            return algebra.packedSet(all);
        }
    }

    /** The work done so far: what it grows by is the same on every machine. */
    long worked() {
        return algebra.worked();
    }

    /** How many steps were taken packed so far. */
    long packedSteps() {
        return packedSteps;
    }

    /**
     * The union of two sets, sharing what they share: {@code a} itself exactly if it has every stack of {@code b}. Of two
     * counters above the same stacks only one is kept if its iterations are all that the other's are.
     */
    public StackSet union(StackSet a, StackSet b) {
        algebra.begin();
        try {
            return algebra.merge(a, b);
        } catch (StackAlgebra.ExpensiveException expensive) {
            return algebra.packed(a, b);
        }
    }
}
