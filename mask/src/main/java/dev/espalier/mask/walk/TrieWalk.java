// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualCollector;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.TextAtoms;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.index.Utf8;
import dev.espalier.mask.index.WideNodes;
import dev.espalier.mask.token.TokenSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk over a trie of tokens from a state of a frame. It collects accepted tokens, and the rests of tokens inside which the frame can
 * end. Where a called frame is alone on top, the walk takes what {@link CalleeMasks} knows of it, and goes on only with what that frame
 * leaves over. One thread.
 */
@FastPath(oracle = "MatcherOracleTest")
final class TrieWalk {

    /** Words of a bit set that cost as much as one node, as a shift. */
    private static final int WORDS_A_NODE = 6;

    private static final int NOT_LISTED = Integer.MIN_VALUE;

    private final LazyAutomaton automaton;
    private final StepClock clock;
    private final CalleeMasks callees;
    private final TokenSet accepted;
    private final ResidualCollector residuals;
    private @Nullable TrieWalk behind;

    private int[] codes = new int[64];
    /** By depth, how often the frame could have ended on the path from {@code base}. */
    private int[] ends = new int[64];

    private int[] path = new int[64];
    /** By depth, for a wide node on the path: its entry in {@link WideNodes}, and the bytes that may be live. */
    private int[] entries = new int[64];

    private ByteSet[] filters = new ByteSet[64];
    /** By depth, the node on the path that was reported as an end of the frame. */
    private int[] listed = new int[64];

    private int base;
    /** The greatest length in bytes of tokens that are read. */
    private int deepest = Integer.MAX_VALUE;
    /** The length in bytes up to which tokens need not be read. */
    private int passed;
    /** True if only plain text must be read. */
    private boolean isPlain;

    private long visited;
    /** Nodes visited inside called frames; none for cached ones. */
    private long inside;
    /** Work not yet counted, in nodes. */
    private int uncounted;

    TrieWalk(
            LazyAutomaton automaton,
            StepClock clock,
            CalleeMasks callees,
            TokenSet accepted,
            ResidualCollector residuals) {
        this.automaton = automaton;
        this.clock = clock;
        this.callees = callees;
        this.accepted = accepted;
        this.residuals = residuals;
    }

    /** Forgets what was collected. */
    void begin() {
        visited = 0;
        inside = 0;
        uncounted = 0;
        accepted.clear();
        residuals.clear();
    }

    /** The set of accepted tokens, to which the caller may add tokens known from elsewhere. */
    TokenSet accepted() {
        return accepted;
    }

    /** Counts a node that was visited elsewhere. */
    void visit() {
        if ((++visited & StepClock.NODES) == 0) {
            clock.nodes();
        }
    }

    /** Nodes visited since {@link #begin}. */
    long visited() {
        return visited + inside;
    }

    /** The mask of everything collected. */
    FrameMask end(int[] endsBefore) {
        List<Residual> left = ended();
        return new FrameMask(accepted.toMask(), endsBefore, left, visited());
    }

    /** Charges the work not yet counted, and returns the residuals. */
    private List<Residual> ended() {
        clock.nodes(((int) visited & StepClock.NODES) + uncounted + (accepted.words() >> WORDS_A_NODE));
        uncounted = 0;
        return residuals.take();
    }

    /**
     * Walks over a whole trie. An end of the frame at the root is not reported.
     *
     * @return false when it gave up after so many nodes, those of called frames apart
     */
    boolean read(TokenTrie trie, int start, long budget) {
        return read(trie, -1, start, ByteSet.NONE, budget, null);
    }

    /**
     * Walks the subtree below a node, of which {@code start} is the code. An end of the frame at the node is not reported.
     *
     * @param node -1 for the root
     * @param apart bytes whose subtrees below the node the walk need not visit
     * @param live finds subtrees of characters that are live wherever they stand, in the trie of all tokens
     * @return false when it gave up after so many nodes, those of called frames apart
     */
    boolean read(TokenTrie trie, int node, int start, ByteSet apart, long budget, @Nullable LiveAtoms live) {
        prepare(trie, node, start, 0);
        if (entries[base] != WideNodes.NONE) {
            filters[base] = filters[base].without(apart);
        }
        return walk(trie, node, budget, live);
    }

    /**
     * Walks the tokens of a trie whose length in bytes is in (moreThan, atMost]. Skips subtrees of characters that are live, or dead,
     * wherever they stand. Tokens of other lengths, and those that the atoms do not describe, may or may not be collected. An end of
     * the frame at the root is not reported.
     *
     * @param atoms of the trie
     * @param onlyPlain true if the atoms describe plain text only
     */
    void readText(
            TokenTrie trie, TextAtoms atoms, boolean onlyPlain, int start, int moreThan, int atMost, LiveAtoms live) {
        isPlain = onlyPlain;
        passed = moreThan;
        deepest = atMost;
        live.over(trie, atoms);
        if (onlyPlain) {
            live.from(start, accepted);
        }
        try {
            boolean unused = read(trie, -1, start, ByteSet.NONE, Long.MAX_VALUE, live);
        } finally {
            isPlain = false;
            passed = 0;
            deepest = Integer.MAX_VALUE;
        }
    }

    /**
     * Adds residuals of other walks.
     *
     * @return false if they cannot be merged here; the caller must then combine them itself
     */
    boolean addAll(List<Residual> others) {
        for (Residual other : others) {
            if (!residuals.addAll(other)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Walks the subtree below a node (-1: the root), of which {@code start} is the code. An end of the frame at the node is reported.
     */
    void readBelow(TokenTrie trie, int node, int start) {
        prepare(trie, node, start, start & 1);
        boolean unused = walk(trie, node, Long.MAX_VALUE, null);
    }

    private boolean walk(TokenTrie trie, int root, long budget, @Nullable LiveAtoms live) {
        int[] tokens = trie.tokens();
        int to = root < 0 ? trie.nodeCount() : trie.end(root);
        int node = root + 1;
        while (node < to) {
            int label = trie.label(node);
            int depth = label >>> 8;
            int entry = entries[depth - 1];
            if (entry != WideNodes.NONE && !filters[depth - 1].contains(label & 0xff)) {
                int next = trie.wide().child(entry, label & 0xff, filters[depth - 1]);
                node = next != WideNodes.NONE ? next : depth - 1 == base ? to : trie.end(path[depth - 1]);
                continue;
            }
            boolean isLeft = isPlain && !Utf8.isPlain(label & 0xff);
            if (isLeft || (passed > 0 && depth + height(node, live) <= passed)) {
                node = trie.end(node);
                continue;
            }
            if ((++visited & StepClock.NODES) == 0) {
                clock.nodes();
            }
            if (live != null && live.isDecided(node)) {
                node = trie.end(node);
                continue;
            }
            int code = automaton.next(codes[depth - 1], label & 0xff);
            if (visited > budget) {
                return false;
            }
            if (code == LazyAutomaton.DEAD) {
                if (ends[depth - 1] > 0) {
                    leave(trie, node, trie.end(node), depth);
                }
                node = trie.end(node);
                continue;
            }
            int end = trie.end(node);
            boolean isWhole = deepest == Integer.MAX_VALUE || depth + height(node, live) <= deepest;
            if (live != null
                    && live.takeBelow(node, code, codes[depth - 1], ends[depth - 1] == 0, deepest - depth, accepted)) {
                visited += live.taken();
                node = end;
                continue;
            }
            accepted.addAll(tokens, trie.firstToken(node), trie.firstToken(node + 1));
            ends[depth] = ends[depth - 1] + (code & 1);
            if (isWhole && ends[depth] == 0 && end > node + 1 && automaton.isCalled(code) && callees.covers(trie)) {
                take(trie, node, automaton.set(code));
                node = end;
                continue;
            }
            codes[depth] = code;
            path[depth] = node;
            listed[depth] = NOT_LISTED;
            if (isOver(code) && !isPlain && end > node + 1) {
                leave(trie, node + 1, end, depth + 1);
                node = end;
                continue;
            }
            filter(trie, node, depth);
            node = depth < deepest ? node + 1 : end;
        }
        return true;
    }

    /** Whether everything may end at a code, and nothing is read there any more. */
    private boolean isOver(int code) {
        return (code & 1) != 0 && automaton.readable(code).isEmpty();
    }

    private static int height(int node, @Nullable LiveAtoms live) {
        return live == null ? Integer.MAX_VALUE >> 1 : live.height(node);
    }

    /** Finds the children of a node that may be live. Dead ones matter only if the frame could have ended on the path. */
    private void filter(TokenTrie trie, int node, int depth) {
        int entry = ends[depth] == 0 ? trie.wide().entry(node) : WideNodes.NONE;
        entries[depth] = entry;
        if (entry != WideNodes.NONE) {
            filters[depth] = automaton.readable(codes[depth]);
        }
    }

    private void prepare(TokenTrie trie, int root, int start, int endsAtRoot) {
        int depth = trie.depth();
        if (codes.length <= depth + 1) {
            int capacity = Math.max(depth + 2, 2 * codes.length);
            codes = new int[capacity];
            ends = new int[capacity];
            path = new int[capacity];
            filters = new ByteSet[capacity];
            entries = new int[capacity];
            listed = new int[capacity];
        }
        base = root < 0 ? 0 : trie.label(root) >>> 8;
        codes[base] = start;
        ends[base] = endsAtRoot;
        path[base] = root;
        filter(trie, root, base);
        listed[base] = NOT_LISTED;
    }

    /** Adds the residuals of dead subtrees, the nodes of an interval, for each end of the frame on the path to them. */
    private void leave(TokenTrie trie, int from, int to, int depth) {
        count(depth - base);
        for (int d = base; d < depth; d++) {
            if (ends[d] == (d == base ? 0 : ends[d - 1])) {
                continue;
            }
            for (int result : automaton.results(codes[d])) {
                if (listed[d] != path[d]) {
                    residuals.addEnd(trie, path[d], result);
                }
                count(residuals.addDead(trie, from, to, d, result));
            }
            listed[d] = path[d];
        }
    }

    /** Counts work that costs as much as visiting some nodes. */
    private void count(int nodes) {
        uncounted += nodes;
        if (uncounted > StepClock.NODES) {
            clock.nodes(uncounted);
            uncounted = 0;
        }
    }

    /** Takes the cached mask of a called frame below a node, and reads its residuals from the stacks below the frame. */
    private void take(TokenTrie trie, int node, StackSet set) {
        FrameMask inner = callees.of(trie, node, set.top(0));
        inside += callees.visited();
        count(accepted.words() >> WORDS_A_NODE);
        accepted.addAll(inner.accepted());
        for (Residual residual : inner.residuals()) {
            int start = callees.resumed(set.below(0), residual.result());
            if (start != LazyAutomaton.DEAD) {
                behind().read(residual, start);
            }
        }
    }

    /** A second walk that collects into the same sets but has its own path. */
    private TrieWalk behind() {
        TrieWalk known = behind;
        if (known == null) {
            known = new TrieWalk(automaton, clock, callees, accepted, residuals);
            behind = known;
        }
        return known;
    }

    private void read(Residual residual, int start) {
        int[] nodes = residual.nodes();
        if (nodes == null) {
            readBelow(residual.trie(), -1, start);
            return;
        }
        for (int node : nodes) {
            readBelow(residual.trie(), node, start);
        }
    }
}
