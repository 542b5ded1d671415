// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.collect.Hashing;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.SpecialSymbols;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.TextOrder;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.index.WideNodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sets of stacks that single tokens lead to, special tokens that the grammar names included. One thread. */
@FastPath(oracle = "LeastTokensTest")
final class TokenArrivals {

    private static final int POLL = 4_095;
    private static final boolean[] NO_ENDS = {};
    private static final int ENTRY_BYTES = 120;

    /** Stands for: no token that is read as text. */
    static final int SPECIAL = -1;

    private final LooseAutomaton automaton;
    private final TokenIndex index;
    private final TokenTable table;
    private final SpecialSymbols specials;
    private final Stepper stepper;
    private final StepClock clock;
    private final Map<Integer, Known> known = new HashMap<>();
    private final Map<Long, Known> knownWithin = new HashMap<>();
    private long bytes;

    TokenArrivals(
            LooseAutomaton automaton, TokenIndex index, SpecialSymbols specials, Stepper stepper, StepClock clock) {
        this.automaton = automaton;
        this.index = index;
        this.table = index.table();
        this.specials = specials;
        this.stepper = stepper;
        this.clock = clock;
    }

    /** The sets that tokens lead to, with one token for each; {@link #SPECIAL} if only special tokens lead there. */
    private record Known(int[] numbers, int[] tokens) {}

    /** A range of an array of tokens. */
    record Range(int[] tokens, int from, int to) {

        int size() {
            return to - from;
        }

        int at(int index) {
            return tokens[from + index];
        }
    }

    /** The tokens that are read as text and lead to one number. */
    record Group(int number, List<Range> ranges) {}

    /** Receives the sets that tokens lead to. */
    interface Visitor {

        /** True if this visitor needs to know whether a token ends what relaxed states forget. */
        default boolean asksForEnds() {
            return false;
        }

        /**
         * Receives tokens that lead to one number.
         *
         * @param tokens an array of which those from one index up to another are meant; never modified
         * @param ended true if they end what relaxed states forget ({@link dev.espalier.automata.state.BudgetView#endsForgotten}); only if
         *     asked for
         */
        void arrive(int number, int[] tokens, int from, int to, boolean ended);

        /** Receives a special token that the grammar names. */
        void arrive(int number, int special);
    }

    /** Forgets everything. */
    void clear() {
        known.clear();
        knownWithin.clear();
        bytes = 0;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return bytes;
    }

    /** The numbers of all sets that tokens lead to, except the start; never modified. */
    int[] of(int number) {
        return knownOf(number).numbers;
    }

    /**
     * The tokens that are read as text, grouped by the set they lead to, nearest to the end first. Groups are left out if bounds show
     * that {@code tokens} more are not enough there.
     */
    List<Group> groups(int number, LeastTokens least, int tokens) {
        Grouping grouping = new Grouping(least, tokens);
        walk(number, grouping);
        List<Group> groups = new ArrayList<>();
        grouping.ranges.forEach((to, ranges) -> groups.add(new Group(to, ranges)));
        groups.sort(Comparator.comparingInt(group -> least.upper(group.number)));
        return groups;
    }

    /** A visitor that groups tokens by the set they lead to. */
    private static final class Grouping implements Visitor {

        private final LeastTokens least;
        private final int tokens;
        private final Map<Integer, List<Range>> ranges = new LinkedHashMap<>();

        Grouping(LeastTokens least, int tokens) {
            this.least = least;
            this.tokens = tokens;
        }

        @Override
        public void arrive(int number, int[] all, int from, int to, boolean ended) {
            if (!least.isTooFew(number, tokens)) {
                ranges.computeIfAbsent(number, key -> new ArrayList<>(1)).add(new Range(all, from, to));
            }
        }

        @Override
        public void arrive(int number, int special) {}
    }

    /** A token that leads from one number to another; {@link #SPECIAL} if none that is read as text does. */
    int token(int number, int to) {
        Known all = known.get(number);
        for (int i = 0; all != null && i < all.numbers.length; i++) {
            if (all.numbers[i] == to) {
                return all.tokens[i];
            }
        }
        return SPECIAL;
    }

    private Known knownOf(int number) {
        Known found = known.get(number);
        if (found == null) {
            Distinct distinct = new Distinct(number);
            walk(number, distinct);
            found = distinct.toKnown();
            known.put(number, found);
            bytes += ENTRY_BYTES + 8L * found.numbers.length;
        }
        return found;
    }

    /**
     * As {@link #of(int)}, but one set for each top state, without those too far from the end in bytes for {@code tokens} tokens. If
     * the text can end within that number from one of {@link #of(int)}, it can from one of these. Intermediate sets are not cached.
     * Never modified.
     */
    int[] of(int number, int tokens) {
        Known all = known.get(number);
        long key = (long) number << Integer.SIZE | tokens;
        Known found = all != null ? all : knownWithin.get(key);
        if (found == null) {
            Distinct distinct = new Distinct(number);
            walkWithin(number, (long) tokens * table.longest(), distinct);
            walkNamed(number, distinct);
            found = distinct.toKnown();
            knownWithin.put(key, found);
            bytes += ENTRY_BYTES + 8L * found.numbers.length;
        }
        return found.numbers;
    }

    private void walkWithin(int start, long most, Distinct found) {
        TokenTrie trie = index.trie();
        boolean isExact = LooseAutomaton.isExact(start);
        StackSet[] path = new StackSet[trie.depth() + 2];
        ByteSet[] live = new ByteSet[trie.depth() + 2];
        path[0] = automaton.set(start);
        live[0] = automaton.readable(start);
        int node = 0;
        while (node < trie.nodeCount()) {
            int label = trie.label(node);
            int depth = label >>> 8;
            if (!live[depth - 1].contains(label & 0xff)) {
                node = trie.end(node);
                continue;
            }
            StackSet after = stepper.step(path[depth - 1], label & 0xff);
            clock.stepped();
            if (after.size() == 0 || stepper.distance(after) > most + table.longest() - depth) {
                node = trie.end(node);
                continue;
            }
            path[depth] = after;
            live[depth] = stepper.readable(after);
            if (trie.firstToken(node) < trie.firstToken(node + 1)) {
                addNear(stepper.afterToken(after), isExact, most, trie.tokens()[trie.firstToken(node)], found);
            }
            node++;
        }
    }

    /**
     * Adds the stacks of a set that are near enough to the end, one set for each top state: these are few where their unions are many.
     */
    private void addNear(StackSet set, boolean isExact, long most, int token, Distinct found) {
        for (int i = 0; i < set.size(); i++) {
            StackSet one = set.size() == 1 ? set : stepper.single(set.top(i), set.below(i));
            if (stepper.distance(one) <= most) {
                found.add(automaton.of(one, isExact), token);
            }
        }
    }

    /** Visits all tokens that are allowed at a set. */
    void walk(int number, Visitor visitor) {
        walkText(number, visitor);
        walk(index.textOrder().rest(), number, visitor);
        walkNamed(number, visitor);
    }

    private void walkNamed(int number, Visitor visitor) {
        for (SpecialSymbols.Group group : specials.groups()) {
            for (int symbol : group.symbols()) {
                StackSet after = stepper.step(automaton.set(number), symbol);
                for (int i = 0; after.size() > 0 && i < group.ids().length; i++) {
                    int to = automaton.of(stepper.afterToken(after), LooseAutomaton.isExact(number));
                    visitor.arrive(to, group.ids()[i]);
                }
            }
        }
    }

    /** Visits all strings of a trie that can be read from a set. */
    void walk(TokenTrie trie, int start, Visitor visitor) {
        walk(trie, start, visitor, this::walk);
    }

    /** Visits all tokens of plain text; those below a set that plain text leads back to are not visited one by one. */
    private void walkText(int start, Visitor visitor) {
        walk(index.trie(), start, visitor, this::walkText);
    }

    /** A walk over some nodes of a trie. */
    private interface Walk {
        void walk(TokenTrie trie, int from, int to, int[] path, boolean[] ended, Visitor visitor);
    }

    private void walk(TokenTrie trie, int start, Visitor visitor, Walk walk) {
        int[] path = new int[trie.depth() + 2]; // of its own: what is met on the way may be asked where it leads
        boolean[] ended = visitor.asksForEnds() ? new boolean[path.length] : NO_ENDS;
        path[0] = start;
        WideNodes wide = trie.wide();
        int root = wide.entry(-1);
        if (root == WideNodes.NONE) {
            walk.walk(trie, 0, trie.nodeCount(), path, ended, visitor);
            return;
        }
        ByteSet live = automaton.readable(start);
        int child = wide.child(root, 0, live);
        while (child != WideNodes.NONE) {
            walk.walk(trie, child, trie.end(child), path, ended, visitor);
            child = wide.child(root, (trie.label(child) & 0xff) + 1, live);
        }
    }

    private void walkText(TokenTrie trie, int from, int to, int[] path, boolean[] ended, Visitor visitor) {
        TextOrder text = index.textOrder();
        int visited = 0;
        int node = from;
        while (node < to) {
            int end = trie.end(node);
            int first = text.before(trie.firstToken(node));
            int last = text.before(trie.firstToken(end));
            int label = trie.label(node);
            int depth = label >>> 8;
            int number = first == last ? LooseAutomaton.DEAD : automaton.next(path[depth - 1], label & 0xff);
            if ((++visited & POLL) == 0) {
                clock.poll();
            }
            if (number == LooseAutomaton.DEAD) {
                node = end;
                continue;
            }
            path[depth] = number;
            if (ended != NO_ENDS) {
                ended[depth] = ended[depth - 1] || automaton.endsForgotten(path[depth - 1], label & 0xff);
            }
            boolean isSettled = node + 1 < end && automaton.isUnmovedByPlainText(number, path[depth - 1]);
            int behind = isSettled ? last : text.before(trie.firstToken(node + 1));
            if (first < behind) {
                visitor.arrive(
                        automaton.afterToken(number), text.plain(), first, behind, ended != NO_ENDS && ended[depth]);
            }
            node = isSettled ? end : node + 1;
        }
    }

    private void walk(TokenTrie trie, int from, int to, int[] path, boolean[] ended, Visitor visitor) {
        int visited = 0;
        int node = from;
        while (node < to) {
            int label = trie.label(node);
            int before = path[(label >>> 8) - 1];
            int number = automaton.next(before, label & 0xff);
            if ((++visited & POLL) == 0) {
                clock.poll();
            }
            if (number == LooseAutomaton.DEAD) {
                node = trie.end(node);
                continue;
            }
            int depth = label >>> 8;
            path[depth] = number;
            if (ended != NO_ENDS) {
                ended[depth] = ended[depth - 1] || automaton.endsForgotten(before, label & 0xff);
            }
            int first = trie.firstToken(node);
            int behind = trie.firstToken(node + 1);
            if (first < behind) {
                visitor.arrive(
                        automaton.afterToken(number), trie.tokens(), first, behind, ended != NO_ENDS && ended[depth]);
            }
            node++;
        }
    }

    /** A visitor that collects distinct numbers, except one. */
    static final class Distinct implements Visitor {

        private final int without;
        private int[] slots = new int[32];
        private int[] tokens = new int[32];
        private int size;
        private int last;

        Distinct(int without) {
            this.without = without;
            this.last = without;
        }

        private void add(int number, int token) {
            if (number == last || number == without) {
                return;
            }
            last = number;
            if (2 * size >= slots.length) {
                int[] old = slots;
                int[] oldTokens = tokens;
                slots = new int[2 * old.length];
                tokens = new int[2 * old.length];
                size = 0;
                for (int i = 0; i < old.length; i++) {
                    if (old[i] != 0) {
                        insert(old[i], oldTokens[i]);
                    }
                }
            }
            insert(number, token);
        }

        private void insert(int number, int token) {
            int mask = slots.length - 1;
            int at = Hashing.spread(number) & mask;
            while (slots[at] != 0 && slots[at] != number) {
                at = (at + 1) & mask;
            }
            if (slots[at] == 0) {
                size++;
                slots[at] = number;
                tokens[at] = token;
            }
        }

        int[] toArray() {
            return toKnown().numbers;
        }

        private Known toKnown() {
            int[] numbers = new int[size];
            int[] leading = new int[size];
            int count = 0;
            for (int i = 0; i < slots.length; i++) {
                if (slots[i] != 0) {
                    numbers[count] = slots[i];
                    leading[count++] = tokens[i];
                }
            }
            return new Known(numbers, leading);
        }

        @Override
        public void arrive(int number, int[] tokens, int from, int to, boolean ended) {
            add(number, tokens[from]);
        }

        @Override
        public void arrive(int number, int special) {
            add(number, SPECIAL);
        }
    }
}
