package dev.espalier.mask.canvas;

import dev.espalier.grammar.WorkBudget;
import dev.espalier.mask.TokenTrie;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walks over the tokens that one kind of slot may hold, each made when it is first needed. One thread.
 *
 * <p>A <em>place</em> is a point inside a token: {@link #ROOT} before it, {@code node + 1} behind the bytes of a node of the
 * trie, and past these the points before a single edge, where callees begin: a push is offered for one symbol. Edges are
 * the nodes that they lead to, and after those the special tokens that the grammar names.
 */
final class TokenWalks {

    /** The place before the first byte of a token. */
    static final int ROOT = 0;

    private final FrameTable frames;
    private final TokenTrie trie;
    private final int[] namedTokens;
    private final int[] symbols;
    private final PairIndex index = new PairIndex();
    private final List<@Nullable Walk> walks = new ArrayList<>();
    private long bytes;

    /**
     * Walks over the tokens of a trie and over special tokens.
     *
     * @param namedTokens the special tokens; one that is several symbols comes as often
     * @param symbols the symbol of each
     */
    TokenWalks(FrameTable frames, TokenTrie trie, int[] namedTokens, int[] symbols) {
        this.frames = frames;
        this.trie = trie;
        this.namedTokens = namedTokens;
        this.symbols = symbols;
    }

    /** The number of the walk of a state from a place. */
    int number(int state, int place) {
        int number = index.add(state, place);
        if (number == walks.size()) {
            walks.add(null);
        }
        return number;
    }

    /** A walk by its number. Cost: the nodes that it visits the first time, then a look-up. */
    Walk walk(int number, WorkBudget budget) {
        Walk walk = walks.get(number);
        if (walk == null) {
            walk = new Walker(budget).from(index.first(number), index.second(number));
            budget.allocate(walk.bytes());
            bytes += walk.bytes();
            walks.set(number, walk);
        }
        return walk;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return 2_000 + bytes + 40L * walks.size();
    }

    /** One walk: over the nodes of a subtree in preorder, with the states of the frame at each depth. */
    private final class Walker {

        private final WorkBudget budget;
        private final PairIndex arrivals = new PairIndex();
        private final List<IntList> tokens = new ArrayList<>();
        private final IntList callees = new IntList();
        private final IntList calls = new IntList();
        private final IntList returns = new IntList();
        private final IntList results = new IntList();
        private final IntList ends = new IntList();

        Walker(WorkBudget budget) {
            this.budget = budget;
        }

        Walk from(int state, int place) {
            int nodes = trie.nodeCount();
            int edge = place - nodes - 1;
            if (edge >= nodes) {
                readSymbol(state, edge - nodes);
            } else if (edge >= 0) {
                readNodes(state, edge, trie.end(edge));
            } else {
                end(state, place);
                readNodes(state, place, place == ROOT ? nodes : trie.end(place - 1));
                for (int k = 0; place == ROOT && k < symbols.length; k++) {
                    readSymbol(state, k);
                }
            }
            return new Walk(
                    arrivalStates(),
                    tokens.stream().map(IntList::toArray).toArray(int[][]::new),
                    callees.toArray(),
                    calls.toArray(),
                    returns.toArray(),
                    results.toArray(),
                    ends.toArray());
        }

        private int[] arrivalStates() {
            int[] states = new int[arrivals.size()];
            for (int i = 0; i < states.length; i++) {
                states[i] = arrivals.first(i);
            }
            return states;
        }

        private void readSymbol(int state, int k) {
            budget.step();
            int[] next = step(new int[] {state}, symbols[k], 2 * trie.nodeCount() + 1 + k);
            for (int after : next) {
                arrive(after, namedTokens, k, k + 1);
            }
        }

        private void readNodes(int state, int from, int to) {
            int top = from < to ? (trie.label(from) >>> 8) - 1 : 0;
            int[][] sets = new int[trie.depth() - top + 1][];
            sets[0] = new int[] {state};
            for (int node = from; node < to; ) {
                budget.step();
                int depth = (trie.label(node) >>> 8) - top;
                int[] next = step(sets[depth - 1], trie.label(node) & 0xff, trie.nodeCount() + 1 + node);
                if (next.length == 0) {
                    node = trie.end(node);
                    continue;
                }
                sets[depth] = next;
                boolean isInner = trie.end(node) > node + 1;
                for (int after : next) {
                    arrive(after, trie.tokens(), trie.firstToken(node), trie.firstToken(node + 1));
                    if (isInner) {
                        end(after, node + 1);
                    }
                }
                node++;
            }
        }

        /** The states after a symbol, sorted; what they call is noted. */
        private int[] step(int[] set, int symbol, int call) {
            if (set.length == 1) {
                FrameTable.Steps steps = frames.steps(set[0], symbol, budget);
                call(steps, call, calls.size());
                return steps.stays();
            }
            int first = calls.size();
            IntList next = new IntList();
            for (int state : set) {
                FrameTable.Steps steps = frames.steps(state, symbol, budget);
                call(steps, call, first);
                next.addAll(steps.stays(), 0, steps.stays().length);
            }
            return next.toSet();
        }

        private void call(FrameTable.Steps steps, int call, int first) {
            for (int i = 0; i < steps.callees().length; i++) {
                int callee = steps.callees()[i];
                int returnState = steps.returns()[i];
                boolean known = false;
                for (int k = first; k < calls.size() && !known; k++) {
                    known = callees.get(k) == callee && returns.get(k) == returnState;
                }
                if (!known) {
                    callees.add(callee);
                    calls.add(call);
                    returns.add(returnState);
                }
            }
        }

        private void arrive(int state, int[] ids, int from, int to) {
            if (from < to) {
                int at = arrivals.add(state, 0);
                if (at == tokens.size()) {
                    tokens.add(new IntList());
                }
                tokens.get(at).addAll(ids, from, to);
            }
        }

        private void end(int state, int place) {
            for (int result : frames.results(state)) {
                results.add(result);
                ends.add(place);
            }
        }
    }
}
