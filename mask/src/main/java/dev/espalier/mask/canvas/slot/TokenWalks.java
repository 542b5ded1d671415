// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.slot;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.TokenTrie;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walks over the tokens that one kind of slot may hold, each made when it is first needed. One thread.
 *
 * <p>A <em>place</em> says how far into a token a frame is, for many tokens at once: the set of edges that may be read
 * next. Edges are the nodes of the trie that they lead to, and after those the special tokens that the grammar names. All
 * points at which a frame ends with one result make one place, and so do all at which it makes one call. {@link #ROOT} is the
 * place before the token. At the place of a call the callee reads an edge before it can end; at any other place a frame may
 * end at once.
 */
@FastPath(oracle = "CanvasOracleTest")
public final class TokenWalks {

    /** The place before the first byte of a token. */
    public static final int ROOT = 0;

    private static final int CALL = -1;

    private final FrameTable frames;
    private final TokenTrie trie;
    private final TokenSets tokenSets;
    private final int[] namedTokens;
    private final int[] symbols;

    /** Places: sorted edges, preceded by {@link #CALL} if it is one. */
    private final IntArrayIndex places = new IntArrayIndex();

    private final IntList heights = new IntList();
    private final int[] nodeHeights;
    private final PlainTokens plain;
    private final PairIndex index = new PairIndex();
    private final List<@Nullable Walk> walks = new ArrayList<>();
    private long bytes;

    /**
     * Walks over the tokens of a trie and over special tokens.
     *
     * @param namedTokens the special tokens; one that is several symbols comes as often
     * @param symbols the symbol of each
     */
    public TokenWalks(FrameTable frames, TokenTrie trie, TokenSets tokenSets, int[] namedTokens, int[] symbols) {
        this.frames = frames;
        this.trie = trie;
        this.tokenSets = tokenSets;
        this.namedTokens = namedTokens;
        this.symbols = symbols;
        this.nodeHeights = new int[trie.nodeCount()];
        this.plain = new PlainTokens(frames, trie, tokenSets);
        IntList root = new IntList();
        for (int node = 0; node < trie.nodeCount(); node = trie.end(node)) {
            root.add(node);
        }
        for (int k = 0; k < symbols.length; k++) {
            root.add(trie.nodeCount() + k);
        }
        measure();
        place(root.toArray());
    }

    /** Computes, for each node, the bytes from before it to the end of the longest token below it. */
    private void measure() {
        for (int node = trie.nodeCount() - 1; node >= 0; node--) {
            int height = 0;
            for (int child = node + 1; child < trie.end(node); child = trie.end(child)) {
                height = Math.max(height, nodeHeights[child]);
            }
            nodeHeights[node] = height + 1;
        }
    }

    private int place(int[] edges) {
        int place = places.add(edges);
        if (place == heights.size()) {
            int height = 0;
            for (int edge : edges) {
                if (edge != CALL) {
                    height = Math.max(height, edge < nodeHeights.length ? nodeHeights[edge] : 1);
                }
            }
            heights.add(height);
        }
        return place;
    }

    /** The number of the walk of a state from a place. */
    public int number(int state, int place) {
        int number = index.add(state, place);
        if (number == walks.size()) {
            walks.add(null);
        }
        return number;
    }

    /** The state from which a numbered walk goes. */
    public int state(int number) {
        return index.first(number);
    }

    /** The place from which a numbered walk goes. */
    public int place(int number) {
        return index.second(number);
    }

    /** The number of numbered walks. */
    int size() {
        return walks.size();
    }

    /** The most bytes that a numbered walk may read. */
    public int height(int number) {
        return heights.get(index.second(number));
    }

    /** The greatest height of all. */
    public int height() {
        return heights.get(ROOT);
    }

    /** A walk by its number. Cost: the nodes that it visits the first time, then a look-up. */
    public Walk walk(int number, WorkBudget budget) {
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
    public long bytes() {
        return 2_000 + bytes + 40L * walks.size() + places.bytes() + plain.bytes() + 4L * nodeHeights.length;
    }

    /** One walk: over the nodes of subtrees in preorder, with the states of the frame at each depth. */
    private final class Walker {

        private final WorkBudget budget;
        private final PairIndex arrivals = new PairIndex();
        private final List<IntList> tokens = new ArrayList<>();
        private final List<IntList> sets = new ArrayList<>();
        private final PairIndex calls = new PairIndex();
        private final List<IntList> callEdges = new ArrayList<>();
        private final PairIndex ends = new PairIndex();
        private final List<IntList> endEdges = new ArrayList<>();

        Walker(WorkBudget budget) {
            this.budget = budget;
        }

        Walk from(int state, int place) {
            int[] edges = places.get(place);
            boolean isCall = edges.length > 0 && edges[0] == CALL;
            List<PlainTokens.Text> texts = plain.texts(state, budget);
            if (texts != null) {
                readPlain(texts, plain.below(place, edges, isCounted(texts), budget));
            }
            for (int i = isCall ? 1 : 0; i < edges.length; i++) {
                if (edges[i] >= trie.nodeCount()) {
                    readSymbol(state, edges[i] - trie.nodeCount());
                } else if (texts == null) {
                    readNodes(state, edges[i], trie.end(edges[i]));
                }
            }
            int[] atOnce = isCall ? new int[0] : frames.results(state);
            int[] results = new int[atOnce.length + ends.size()];
            int[] endPlaces = new int[results.length];
            for (int i = 0; i < results.length; i++) {
                int later = i - atOnce.length;
                results[i] = later < 0 ? atOnce[i] : ends.first(later);
                endPlaces[i] = later < 0 ? place : place(endEdges.get(later).toSet());
            }
            return new Walk(
                    firsts(arrivals),
                    tokenSets(),
                    firsts(calls),
                    callEdges.stream().mapToInt(this::callPlace).toArray(),
                    seconds(calls),
                    results,
                    endPlaces,
                    atOnce.length);
        }

        private int[] tokenSets() {
            int[] numbers = new int[arrivals.size()];
            for (int i = 0; i < numbers.length; i++) {
                IntList all = sets.get(i);
                if (tokens.get(i).size() > 0) {
                    all.add(tokenSets.number(tokens.get(i).toArray()));
                }
                numbers[i] = tokenSets.unionNumber(all.toSet());
            }
            return numbers;
        }

        private int callPlace(IntList edges) {
            edges.add(CALL);
            return place(edges.toSet());
        }

        private int[] firsts(PairIndex pairs) {
            int[] firsts = new int[pairs.size()];
            for (int i = 0; i < firsts.length; i++) {
                firsts[i] = pairs.first(i);
            }
            return firsts;
        }

        private int[] seconds(PairIndex pairs) {
            int[] seconds = new int[pairs.size()];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = pairs.second(i);
            }
            return seconds;
        }

        private void readSymbol(int state, int k) {
            budget.step();
            int[] next = step(new int[] {state}, symbols[k], trie.nodeCount() + k);
            for (int after : next) {
                tokens.get(arrival(after)).add(namedTokens[k]);
            }
        }

        private void readNodes(int state, int from, int to) {
            int top = (trie.label(from) >>> 8) - 1;
            int[][] sets = new int[nodeHeights[from] + 1][];
            sets[0] = new int[] {state};
            for (int node = from; node < to; ) {
                budget.step();
                int depth = (trie.label(node) >>> 8) - top;
                int[] next = step(sets[depth - 1], trie.label(node) & 0xff, node);
                if (next.length == 0) {
                    node = trie.end(node);
                    continue;
                }
                sets[depth] = next;
                int tokensFrom = trie.firstToken(node);
                int tokensTo = trie.firstToken(node + 1);
                for (int after : next) {
                    if (tokensFrom < tokensTo) {
                        tokens.get(arrival(after)).addAll(trie.tokens(), tokensFrom, tokensTo);
                    }
                    end(after, node);
                }
                List<PlainTokens.Text> texts = next.length == 1 ? plain.texts(next[0], budget) : null;
                if (texts != null) {
                    readPlain(texts, plain.below(node, isCounted(texts), budget));
                    node = trie.end(node);
                } else {
                    node++;
                }
            }
        }

        private static boolean isCounted(List<PlainTokens.Text> texts) {
            return !texts.get(0).isForgotten();
        }

        /** Reads the tokens below some edges, for a state in which all plain text of one length has the same effect. */
        private void readPlain(List<PlainTokens.Text> texts, PlainTokens.Below below) {
            for (int read = 0; read < below.tokens().length; read++) {
                PlainTokens.Text text = texts.get(Math.min(read, texts.size() - 1));
                if (read >= texts.size() && !text.isForgotten()) {
                    return;
                }
                for (int i = 0; i < text.states().length; i++) {
                    if (below.tokens()[read][i] >= 0 && text.states()[i] >= 0) {
                        sets.get(arrival(text.states()[i])).add(below.tokens()[read][i]);
                    }
                }
                readFringe(text.states()[0], below.fringe()[read]);
            }
        }

        private void readFringe(int state, int[] edges) {
            int dead = -1;
            for (int edge : edges) {
                int symbol = trie.label(edge) & 0xff;
                if (symbol != dead && frames.steps(state, symbol, budget).isDead()) {
                    dead = symbol;
                } else if (symbol != dead) {
                    readNodes(state, edge, trie.end(edge));
                }
            }
        }

        private int arrival(int state) {
            int number = arrivals.add(state, 0);
            if (number == tokens.size()) {
                tokens.add(new IntList());
                sets.add(new IntList());
            }
            return number;
        }

        /** The states after an edge, sorted. Records the frames that they call. */
        private int[] step(int[] set, int symbol, int edge) {
            if (set.length == 1) {
                return step(set[0], symbol, edge).stays();
            }
            IntList next = new IntList();
            for (int state : set) {
                int[] stays = step(state, symbol, edge).stays();
                next.addAll(stays, 0, stays.length);
            }
            return next.toSet();
        }

        private FrameTable.Steps step(int state, int symbol, int edge) {
            FrameTable.Steps steps = frames.steps(state, symbol, budget);
            for (int i = 0; i < steps.callees().length; i++) {
                list(calls, callEdges, steps.callees()[i], steps.returns()[i]).add(edge);
            }
            return steps;
        }

        /** Records the results of a state after a node, if tokens go on there. */
        private void end(int state, int node) {
            for (int result : frames.results(state)) {
                for (int child = node + 1; child < trie.end(node); child = trie.end(child)) {
                    list(ends, endEdges, result, 0).add(child);
                }
            }
        }

        private static IntList list(PairIndex pairs, List<IntList> lists, int first, int second) {
            int number = pairs.add(first, second);
            if (number == lists.size()) {
                lists.add(new IntList());
            }
            return lists.get(number);
        }
    }
}
