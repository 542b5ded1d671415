package dev.espalier.automata;

import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves sets of stacks by symbols. Holds scratch space and is used by one thread at a time; the sets it returns may go
 * anywhere.
 *
 * <p>One step costs the number of live (top state, stack) pairs plus the moves they offer: a few for deterministic
 * grammars, linear in the text for the usual ambiguity. {@link Limits#maxStepItems} bounds the pairs and merges of one
 * step; past it a typed error, and nothing has changed.
 */
@SuppressWarnings("ReferenceEquality") // identity first: equal sets are nearly always one object
public final class Stepper {

    private final int maxItems;
    private final StackInterner interner;
    private final Collector out = new Collector();
    private final Frontier frontier = new Frontier();
    private final StackEnds ends = new StackEnds(this);
    private @Nullable UnionMemo unions;
    private int items;

    /** A stepper with a table of its own. */
    public Stepper(Limits limits) {
        this(limits, new StackInterner(10));
    }

    /** A stepper that shares a table of stack sets, so that equal sets of several sequences are one object. */
    public Stepper(Limits limits, StackInterner interner) {
        this.maxItems = limits.maxStepItems();
        this.interner = interner;
    }

    /**
     * All stacks after a symbol; the empty set when the symbol is dead.
     *
     * @param symbol a byte (0 to 255), or {@link State#SPECIAL} and up
     * @throws LimitExceededException when more than {@code maxStepItems} stacks and merges would be needed
     */
    public StackSet step(StackSet from, int symbol) {
        items = 0;
        if (from.tops.length == 1) {
            StackSet quick = stepRow(from, symbol);
            if (quick != null) {
                return quick;
            }
        }
        frontier.begin(symbol);
        out.clear();
        for (int i = 0; i < from.tops.length; i++) {
            frontier.add(from.tops[i], from.belows[i]);
        }
        frontier.drain();
        return out.toSet();
    }

    /** The step of a single row that only reads bytes and cannot end, or in vain; null when it is not one. */
    private @Nullable StackSet stepRow(StackSet from, int symbol) {
        State top = from.tops[0];
        ByteTable table = top.table();
        if (table == null || symbol >= State.SPECIAL || mayEnd(top, from.belows[0], symbol)) {
            return null;
        }
        int next = table.next(table.row(top), symbol);
        return next < 0 ? StackSet.NONE : single(table.state(next), from.belows[0]);
    }

    /** Whether a state may end so that a byte can be read below it; true also where that is not known. */
    private static boolean mayEnd(State top, StackSet below, int symbol) {
        int[] results = top.results();
        return results.length > 1 || (results.length == 1 && (results[0] != 0 || FollowBytes.contain(below, symbol)));
    }

    /** Bytes that {@link #step} may read: all others are dead. Cost: that of {@link State#readable} for each top state. */
    public ByteSet readable(StackSet from) {
        ByteSet found = ByteSet.NONE;
        for (int i = 0; i < from.tops.length; i++) {
            State top = from.tops[i];
            found = found.or(top.readable());
            int[] results = top.results();
            if (results.length > 0 && from.belows[i].tops.length > 0) {
                found = found.or(results.length > 1 || results[0] != 0 ? ByteSet.ALL : FollowBytes.of(from.belows[i]));
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
        for (int i = 0; i < below.tops.length; i++) {
            if (below.tops[i] == returnState && returnState.absorbsItself()) {
                return below.tops.length == 1 && !below.containsEmpty
                        ? below
                        : single(returnState, union(without(below, i), below.belows[i]));
            }
        }
        return single(returnState, below);
    }

    private StackSet without(StackSet set, int entry) {
        int size = set.tops.length - 1;
        State[] tops = Arrays.copyOf(set.tops, size);
        StackSet[] belows = Arrays.copyOf(set.belows, size);
        System.arraycopy(set.tops, entry + 1, tops, entry, size - entry);
        System.arraycopy(set.belows, entry + 1, belows, entry, size - entry);
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
        return new StackOpening(this).of(from);
    }

    /**
     * The stacks after a frame above {@code below} ended with a result; without the empty stack.
     *
     * @throws LimitExceededException as {@link #step}
     */
    public StackSet resume(StackSet below, int result) {
        items = 0;
        out.clear();
        for (int i = 0; i < below.tops.length; i++) {
            StackSet parents = below.belows[i];
            below.tops[i].resume(result, new State.Moves() {
                @Override
                public void stay(State next) {
                    out.add(next, parents);
                }

                @Override
                public void push(State callee, State returnState) {
                    throw new IllegalStateException("resume offered a push");
                }
            });
        }
        return out.toSet();
    }

    /**
     * The results with which everything down to the bottom may end before the next symbol, sorted; empty when something
     * must still be read.
     */
    public int[] results(StackSet set) {
        items = 0;
        for (int i = 0; i < set.tops.length; i++) {
            if (set.tops[i].results().length > 0) {
                return ends.of(set);
            }
        }
        return State.NO_RESULTS;
    }

    /** As {@link #resume}, as part of a question that is being counted. */
    StackSet resumeWithin(StackSet below, int result) {
        int spent = items;
        StackSet after = resume(below, result);
        items += spent;
        return after;
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
        for (int i = 0; i < set.tops.length; i++) {
            State near = set.tops[i].within(horizon);
            if (near != set.tops[i]) {
                return set.tops.length == 1
                        ? single(near, set.belows[0])
                        : merged(set, i, near, state -> state.within(horizon));
            }
        }
        return set;
    }

    /** A set that reads all that this one reads, and may read more: each top state {@linkplain State#relaxed() relaxed}. */
    public StackSet relaxed(StackSet set) {
        for (int i = 0; i < set.tops.length; i++) {
            State relaxed = set.tops[i].relaxed();
            if (relaxed != set.tops[i]) {
                return set.tops.length == 1
                        ? single(relaxed, set.belows[0])
                        : merged(set, i, relaxed, State::relaxed);
            }
        }
        return set;
    }

    /** With representatives from one top state on, of which the first is given; those before are their own. */
    private StackSet merged(StackSet set, int from, State first, UnaryOperator<State> representative) {
        items = 0;
        out.clear();
        for (int i = 0; i < set.tops.length; i++) {
            State other = i < from ? set.tops[i] : i == from ? first : representative.apply(set.tops[i]);
            out.add(other, set.belows[i]);
        }
        return out.toSet();
    }

    /** One more item of the question at hand. */
    void count() {
        if (++items > maxItems) {
            throw new LimitExceededException("maxStepItems", maxItems, items, Place.UNKNOWN);
        }
    }

    /**
     * The union of two sets, sharing what they share: {@code a} itself exactly if it has every stack of {@code b}. Of two
     * counters above the same stacks only one is kept if its iterations are all that the other's are.
     */
    public StackSet union(StackSet a, StackSet b) {
        if (a == b || b.isEmpty()) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        UnionMemo memo = unions;
        if (memo == null) {
            memo = new UnionMemo(10); // only ambiguous texts need one
            unions = memo;
        }
        StackSet known = memo.get(a, b);
        return known != null ? known : new StackUnion(memo, interner, this::count).of(a, b);
    }

    /** States that were reached by reading, with what lies below each, merged by state. */
    private final class Collector {

        private static final int LINEAR = 12;

        private State[] tops = new State[8];
        private StackSet[] belows = new StackSet[8];
        private int size;
        private final Map<State, Integer> index = new HashMap<>();

        void clear() {
            size = 0;
            index.clear();
        }

        void add(State state, StackSet below) {
            count();
            int at = find(state);
            if (at >= 0) {
                belows[at] = union(belows[at], below);
                return;
            }
            if (size == tops.length) {
                tops = Arrays.copyOf(tops, 2 * size);
                belows = Arrays.copyOf(belows, 2 * size);
            }
            tops[size] = state;
            belows[size] = below;
            if (size >= LINEAR) {
                if (size == LINEAR) {
                    for (int i = 0; i < size; i++) {
                        index.put(tops[i], i);
                    }
                }
                index.put(state, size);
            }
            size++;
        }

        private int find(State state) {
            if (size > LINEAR) {
                return index.getOrDefault(state, -1);
            }
            for (int i = 0; i < size; i++) {
                if (tops[i] == state || tops[i].equals(state)) {
                    return i;
                }
            }
            return -1;
        }

        StackSet toSet() {
            if (size == 0) {
                return StackSet.NONE;
            }
            if (size == 1) {
                return single(tops[0], belows[0]);
            }
            return interner.intern(StackUnion.setOf(tops, belows, size, false));
        }
    }

    /**
     * The states that are about to read the symbol, each with the stacks below it. A state that is met again with stacks
     * that it was not met with is there once more, with those alone.
     */
    private final class Frontier implements State.Moves {

        private static final int LINEAR = 12;

        private State[] states = new State[8];
        private StackSet[] belows = new StackSet[8];
        /** All stacks below the state so far. */
        private StackSet[] totals = new StackSet[8];

        private int size;
        /** Entries before this one were taken. */
        private int taken;

        private int symbol;
        private StackSet below = StackSet.BOTTOM;
        private final List<State> callees = new ArrayList<>();
        private final List<StackSet> calledBelow = new ArrayList<>();
        /** The last entry of each state, once there are many. */
        private final Map<State, Integer> index = new HashMap<>();

        void begin(int newSymbol) {
            size = 0;
            taken = 0;
            symbol = newSymbol;
            index.clear();
        }

        void add(State state, StackSet newBelow) {
            int at = find(state);
            if (at < 0) {
                append(state, newBelow, newBelow);
                return;
            }
            StackSet total = union(totals[at], newBelow);
            if (total == totals[at]) {
                return;
            }
            if (at < taken) {
                append(state, newBelow, total);
            } else {
                belows[at] = belows[at] == totals[at] ? total : union(belows[at], newBelow);
                totals[at] = total;
            }
        }

        private int find(State state) {
            if (size > LINEAR) {
                return index.getOrDefault(state, -1);
            }
            for (int i = size - 1; i >= 0; i--) {
                if (states[i] == state || states[i].equals(state)) {
                    return i;
                }
            }
            return -1;
        }

        private void append(State state, StackSet newBelow, StackSet total) {
            count();
            if (size == states.length) {
                states = Arrays.copyOf(states, 2 * size);
                belows = Arrays.copyOf(belows, 2 * size);
                totals = Arrays.copyOf(totals, 2 * size);
            }
            states[size] = state;
            belows[size] = newBelow;
            totals[size] = total;
            if (size == LINEAR) {
                for (int i = 0; i < size; i++) {
                    index.put(states[i], i);
                }
            }
            if (size >= LINEAR) {
                index.put(state, size);
            }
            size++;
        }

        void drain() {
            while (taken < size) {
                State state = states[taken];
                StackSet under = belows[taken++];
                end(state, under);
                below = under;
                callees.clear();
                calledBelow.clear();
                state.moves(symbol, this);
                for (int i = 0; i < callees.size(); i++) {
                    add(callees.get(i), calledBelow.get(i));
                }
            }
        }

        private void end(State state, StackSet under) {
            if (symbol < State.SPECIAL && !mayEnd(state, under, symbol)) {
                return;
            }
            for (int result : state.results()) {
                for (int i = 0; i < under.tops.length; i++) {
                    StackSet parents = under.belows[i];
                    under.tops[i].resume(result, new State.Moves() {
                        @Override
                        public void stay(State next) {
                            add(next, parents);
                        }

                        @Override
                        public void push(State callee, State returnState) {
                            throw new IllegalStateException("resume offered a push");
                        }
                    });
                }
            }
        }

        @Override
        public void stay(State next) {
            out.add(next, below);
        }

        @Override
        public void push(State callee, State returnState) {
            StackSet pushed = returnState.handsResultOn() ? below : above(returnState, below);
            for (int i = 0; i < callees.size(); i++) {
                if (callees.get(i).equals(callee)) {
                    calledBelow.set(i, union(calledBelow.get(i), pushed));
                    return;
                }
            }
            callees.add(callee);
            calledBelow.add(pushed);
        }
    }
}
