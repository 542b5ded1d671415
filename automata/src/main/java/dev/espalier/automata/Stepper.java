package dev.espalier.automata;

import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private StackSet single(State top, StackSet below) {
        return interner.intern(top, below);
    }

    /** A return state above a set; once, where it would come to lie above itself and that makes no difference. */
    private StackSet above(State returnState, StackSet below) {
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
                return endings(set);
            }
        }
        return State.NO_RESULTS;
    }

    private int[] endings(StackSet set) {
        List<StackSet> pending = new ArrayList<>();
        pending.add(set);
        Map<StackSet, Boolean> seen = new HashMap<>();
        int[] found = State.NO_RESULTS;
        while (!pending.isEmpty()) {
            StackSet next = pending.remove(pending.size() - 1);
            if (seen.put(next, true) != null) {
                continue;
            }
            for (int i = 0; i < next.tops.length; i++) {
                count();
                StackSet below = next.belows[i];
                for (int result : next.tops[i].results()) {
                    if (below.containsEmpty) {
                        found = with(found, result);
                    }
                    if (below.tops.length > 0) {
                        int spent = items;
                        pending.add(resume(below, result));
                        items += spent;
                    }
                }
            }
        }
        return found;
    }

    private static int[] with(int[] results, int result) {
        int at = Arrays.binarySearch(results, result);
        if (at >= 0) {
            return results;
        }
        if (results.length == 0 && result == 0) {
            return State.RESULT_ZERO;
        }
        int[] more = Arrays.copyOf(results, results.length + 1);
        more[results.length] = result;
        Arrays.sort(more);
        return more;
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
            if (set.tops[i].within(horizon) != set.tops[i]) {
                return represented(set, horizon);
            }
        }
        return set;
    }

    private StackSet represented(StackSet set, Horizon horizon) {
        if (set.tops.length == 1) {
            return single(set.tops[0].within(horizon), set.belows[0]);
        }
        items = 0;
        out.clear();
        for (int i = 0; i < set.tops.length; i++) {
            out.add(set.tops[i].within(horizon), set.belows[i]);
        }
        return out.toSet();
    }

    private void count() {
        if (++items > maxItems) {
            throw new LimitExceededException("maxStepItems", maxItems, items, Place.UNKNOWN);
        }
    }

    /** The union of two sets, sharing what they share. */
    public StackSet union(StackSet a, StackSet b) {
        if (a == b || b.isEmpty()) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        return new Union().of(a, b);
    }

    /** Unions of sets below sets, with an explicit stack, since they may be as deep as the text is nested. */
    private final class Union {

        private record Pair(StackSet a, StackSet b) {}

        private final Map<Pair, StackSet> known = new HashMap<>();
        private final ArrayDeque<Pair> pending = new ArrayDeque<>();

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
            StackSet result = known.get(wanted);
            if (result == null) {
                throw new IllegalStateException("a union was not computed");
            }
            return result;
        }

        private boolean pushMissing(Pair pair) {
            boolean missing = false;
            for (int i = 0; i < pair.a.tops.length; i++) {
                int j = pair.b.indexOf(pair.a.tops[i]);
                if (j >= 0 && pair.a.belows[i] != pair.b.belows[j]) {
                    Pair below = new Pair(pair.a.belows[i], pair.b.belows[j]);
                    if (!known.containsKey(below)) {
                        count();
                        pending.push(below);
                        missing = true;
                    }
                }
            }
            return missing;
        }

        private StackSet join(Pair pair) {
            StackSet a = pair.a;
            StackSet b = pair.b;
            State[] tops = Arrays.copyOf(a.tops, a.tops.length + b.tops.length);
            StackSet[] belows = Arrays.copyOf(a.belows, tops.length);
            int size = a.tops.length;
            for (int j = 0; j < b.tops.length; j++) {
                int i = a.indexOf(b.tops[j]);
                if (i < 0) {
                    tops[size] = b.tops[j];
                    belows[size++] = b.belows[j];
                } else if (a.belows[i] != b.belows[j]) {
                    StackSet below = known.get(new Pair(a.belows[i], b.belows[j]));
                    belows[i] = below == null ? a.belows[i] : below;
                }
            }
            boolean empty = a.containsEmpty || b.containsEmpty;
            return interner.intern(new StackSet(Arrays.copyOf(tops, size), Arrays.copyOf(belows, size), empty));
        }
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
            return interner.intern(new StackSet(Arrays.copyOf(tops, size), Arrays.copyOf(belows, size), false));
        }
    }

    /** The (state, stack) pairs that are about to read the symbol. */
    private final class Frontier implements State.Moves {

        private static final int LINEAR = 16;

        private State[] states = new State[8];
        private StackSet[] belows = new StackSet[8];
        private int size;
        private int symbol;
        private StackSet below = StackSet.BOTTOM;
        private final List<State> callees = new ArrayList<>();
        private final List<StackSet> calledBelow = new ArrayList<>();
        private final Map<StackSet, Boolean> seen = new HashMap<>();

        void begin(int newSymbol) {
            size = 0;
            symbol = newSymbol;
            seen.clear();
        }

        void add(State state, StackSet newBelow) {
            for (int i = Math.max(0, size - LINEAR); i < size; i++) {
                if (belows[i] == newBelow && (states[i] == state || states[i].equals(state))) {
                    return;
                }
            }
            if (size >= LINEAR && !isNew(state, newBelow)) {
                return;
            }
            count();
            if (size == states.length) {
                states = Arrays.copyOf(states, 2 * size);
                belows = Arrays.copyOf(belows, 2 * size);
            }
            states[size] = state;
            belows[size++] = newBelow;
        }

        private boolean isNew(State state, StackSet newBelow) {
            if (size == LINEAR && seen.isEmpty()) {
                for (int i = 0; i < size; i++) {
                    seen.put(entry(states[i], belows[i]), true);
                }
            }
            return seen.put(entry(state, newBelow), true) == null;
        }

        private StackSet entry(State state, StackSet newBelow) {
            return new StackSet(new State[] {state}, new StackSet[] {newBelow}, false);
        }

        void drain() {
            for (int next = 0; next < size; next++) {
                State state = states[next];
                StackSet under = belows[next];
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
