package dev.espalier.automata;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves sets of stacks by symbols. Holds scratch space and is used by one thread at a time; the sets it returns may go
 * anywhere.
 *
 * <p>One step costs the number of live (top state, stack) pairs plus the moves they offer: a few for deterministic
 * grammars, linear in the text for the usual ambiguity. A step that takes more than some pairs and merges is taken anew as
 * a {@link PackedStep}, whose work is polynomial in the text whatever the grammar. {@link Limits#maxCompileBytes} bounds the
 * memory of one step's states that are not of grammars; past it a typed error, and nothing has changed.
 */
@SuppressWarnings("ReferenceEquality") // identity first: equal sets are nearly always one object
public final class Stepper {

    /** So many stacks and merges of one step are merged before all is packed. */
    public static final int MERGED = 256;

    /** So many pieces of work, less one, lie between two calls of the hook. */
    private static final int POLL = 15;

    private final long maxBytes;
    private final int maxMerged;
    private final StackInterner interner;
    private final Runnable hook;
    private final StackCollector out = new StackCollector(this);
    private final StackFrontier frontier = new StackFrontier(this, out);
    private final StackEnds ends = new StackEnds(this);
    private @Nullable UnionMemo unions;
    private int items;
    private long work;
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
        this.maxMerged = maxMerged;
        this.interner = interner;
        this.hook = hook;
    }

    /** Thrown where merging gets expensive, and caught by the stepper. */
    static final class ExpensiveException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExpensiveException() {
            super("merging sets of stacks is expensive here", null, false, false);
        }
    }

    /**
     * All stacks after a symbol; the empty set when the symbol is dead.
     *
     * @param symbol a byte (0 to 255), or {@link State#SPECIAL} and up
     * @throws LimitExceededException past {@code maxCompileBytes} of states that are not of grammars
     */
    public StackSet step(StackSet from, int symbol) {
        items = 0;
        work();
        try {
            frontier.begin(symbol);
            out.clear();
            for (int i = 0; i < from.tops().length; i++) {
                frontier.add(from.tops()[i], from.belows()[i]);
            }
            frontier.drain();
            return out.toSet();
        } catch (ExpensiveException expensive) {
            packedSteps++;
            return PackedStep.step(this, from, symbol);
        }
    }

    /** As {@link ByteView#mayRead}; true where a state does not know. */
    public static boolean mayRead(State state, int symbol) {
        ByteView view = state.byteView();
        return view == null || view.mayRead(symbol);
    }

    /** As {@link ByteView#readable}; all where a state does not know. */
    public static ByteSet readable(State state) {
        ByteView view = state.byteView();
        return view == null ? ByteSet.ALL : view.readable();
    }

    /** Whether a return state would only end at once with the result that it is resumed with, and reads nothing: it is not pushed. */
    public static boolean handsResultOn(State returnState) {
        return returnState instanceof TailState tail && tail.handsResultOn();
    }

    /** Whether a return state above itself reads the same as alone. */
    static boolean absorbsItself(State returnState) {
        return returnState instanceof TailState tail && tail.absorbsItself();
    }

    /** Whether a state may end so that a byte can be read below it; true also where that is not known. */
    static boolean mayEnd(State top, StackSet below, int symbol) {
        int[] results = top.results();
        return results.length > 1 || (results.length == 1 && (results[0] != 0 || FollowBytes.contain(below, symbol)));
    }

    /** Bytes that {@link #step} may read: all others are dead. Cost: that of {@link ByteView#readable} for each top state. */
    public ByteSet readable(StackSet from) {
        ByteSet found = ByteSet.NONE;
        for (int i = 0; i < from.tops().length; i++) {
            State top = from.tops()[i];
            found = found.or(readable(top));
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
        return interner.intern(top, below);
    }

    /** A return state above a set; once, where it would come to lie above itself and that makes no difference. */
    StackSet above(State returnState, StackSet below) {
        for (int i = 0; i < below.tops().length; i++) {
            if (below.tops()[i] == returnState && absorbsItself(returnState)) {
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

    /**
     * All states that are about to read, each with the stacks below it: the top states, what they call before they read, and
     * where those below go on if a top state may end at once. Of the states that are not of rules, only those that are called or on top.
     *
     * @throws LimitExceededException as {@link #step}
     */
    public StackSet open(StackSet from) {
        items = 0;
        if (!from.reachesPacked()) {
            try {
                return new StackOpening(this).of(from);
            } catch (ExpensiveException expensive) {
                items = 0;
            }
        }
        return PackedStep.open(this, from);
    }

    /**
     * The stacks after a frame above {@code below} ended with a result; without the empty stack.
     *
     * @throws LimitExceededException as {@link #step}
     */
    public StackSet resume(StackSet below, int result) {
        items = 0;
        return resumeWithin(below, result);
    }

    /** As {@link #resume}, as part of a question that is being counted. */
    StackSet resumeWithin(StackSet below, int result) {
        if (!below.isPacked()) {
            try {
                out.clear();
                resume(below, result, out::add);
                return out.toSet();
            } catch (ExpensiveException expensive) {
                items = 0;
            }
        }
        Map<State, StackPacking> after = new LinkedHashMap<>();
        for (StackSet part : below.parts()) {
            resume(part, result, (state, parents) -> {
                work();
                after.computeIfAbsent(state, unused -> new StackPacking()).add(parents);
            });
        }
        return packedSet(after);
    }

    /**
     * The stacks after a frame above {@code below} ended with a result, and after all frames that end at once thereupon; without the
     * empty stack. Kept with the set for result 0. Cost: the number of sets below and of their entries, the first time.
     */
    public StackSet resumeThrough(StackSet below, int result) {
        return ReturnSearch.of(this, below, result).states();
    }

    static void resume(StackSet below, int result, BiConsumer<State, StackSet> target) {
        for (int i = 0; i < below.tops().length; i++) {
            StackSet parents = below.belows()[i];
            below.tops()[i].resume(result, new State.Moves() {
                @Override
                public void stay(State next) {
                    target.accept(next, parents);
                }

                @Override
                public void push(State callee, State returnState) {
                    throw new IllegalStateException("resume offered a push");
                }
            });
        }
    }

    /**
     * The results with which everything down to the bottom may end before the next symbol, sorted; empty when something
     * must still be read.
     */
    public int[] results(StackSet set) {
        items = 0;
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
        } catch (ExpensiveException expensive) {
            items = 0;
            return ends.searched(set);
        }
    }

    /**
     * The least number of symbols until everything may end; 0 when it may end now, {@link Integer#MAX_VALUE} when it
     * never may. Cost: the depth of the stack the first time, then a look-up per entry.
     */
    public int distance(StackSet set) {
        return new StackDistance(this, StackDistance.ANY).of(set);
    }

    /**
     * The least number of symbols until everything may end with one result of the bottom frame; {@link Integer#MAX_VALUE}
     * when it never may. Cost: as {@link #distance(StackSet)} the first time, each time.
     */
    public int distance(StackSet set, int result) {
        return new StackDistance(this, result).of(set);
    }

    /** A set whose stacks nothing of a horizon tells from those of this one: each top state by its representative. */
    public StackSet within(StackSet set, Horizon horizon) {
        for (int i = 0; i < set.tops().length; i++) {
            State near = set.tops()[i].within(horizon);
            if (near != set.tops()[i]) {
                return set.tops().length == 1
                        ? single(near, set.belows()[0])
                        : merged(set, i, near, state -> state.within(horizon));
            }
        }
        return set;
    }

    /** As {@link BudgetView#relaxed}; the state itself where there is nothing to forget. */
    public static State relaxed(State state) {
        BudgetView view = state.budgetView();
        State relaxed = view == null ? null : view.relaxed();
        return relaxed == null ? state : relaxed;
    }

    /** A set that reads all that this one reads, and may read more: each top state {@linkplain BudgetView#relaxed() relaxed}. */
    public StackSet relaxed(StackSet set) {
        for (int i = 0; i < set.tops().length; i++) {
            State relaxed = relaxed(set.tops()[i]);
            if (relaxed != set.tops()[i]) {
                return set.tops().length == 1
                        ? single(relaxed, set.belows()[0])
                        : merged(set, i, relaxed, Stepper::relaxed);
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
        items = 0;
        try {
            out.clear();
            for (int i = 0; i < nears.length; i++) {
                out.add(nears[i], set.belows()[i]);
            }
            return out.toSet();
        } catch (ExpensiveException expensive) {
            Map<State, StackPacking> all = new LinkedHashMap<>();
            for (int i = 0; i < nears.length; i++) {
                all.computeIfAbsent(nears[i], unused -> new StackPacking()).add(set.belows()[i]);
            }
            return packedSet(all);
        }
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

    /** The union of some sets, interned. */
    StackSet union(StackPacking sets) {
        StackSet union = sets.toSet();
        work(sets.looked());
        return intern(union);
    }

    /** The work done so far: what it grows by is the same on every machine. */
    long worked() {
        return work;
    }

    /** How many steps were taken packed so far. */
    long packedSteps() {
        return packedSteps;
    }

    long maxBytes() {
        return maxBytes;
    }

    StackSet intern(StackSet set) {
        return interner.intern(set);
    }

    /** The set of some top states, each above the union of what was added for it. */
    StackSet packedSet(Map<State, StackPacking> entries) {
        if (entries.isEmpty()) {
            return StackSet.NONE;
        }
        return interner.intern(StackPacking.setOf(entries, false, this::union));
    }

    /**
     * The union of two sets, sharing what they share: {@code a} itself exactly if it has every stack of {@code b}. Of two
     * counters above the same stacks only one is kept if its iterations are all that the other's are.
     */
    public StackSet union(StackSet a, StackSet b) {
        items = 0;
        try {
            return merge(a, b);
        } catch (ExpensiveException expensive) {
            return interner.intern(StackPacking.of(a, b));
        }
    }

    /** As {@link #union}, as part of a question that is being counted. */
    StackSet merge(StackSet a, StackSet b) {
        if (a == b || b.isEmpty()) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        if (a.isPacked() || b.isPacked()) {
            return interner.intern(StackPacking.of(a, b));
        }
        UnionMemo memo = unions;
        if (memo == null) {
            memo = new UnionMemo(10); // only ambiguous texts need one
            unions = memo;
        }
        StackSet known = memo.get(a, b);
        return known != null ? known : new StackUnion(memo, interner, this::count).of(a, b);
    }
}
