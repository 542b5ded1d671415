package dev.espalier.mask.walk;

import dev.espalier.automata.ByteSet;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualCollector;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.vocabulary.TextAtoms;
import dev.espalier.mask.vocabulary.TokenSet;
import dev.espalier.mask.vocabulary.TokenTrie;
import dev.espalier.mask.vocabulary.Utf8;
import dev.espalier.mask.vocabulary.WideNodes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over tries from a frame's state on: collects the tokens that are read, and what is left of those inside of which
 * the frame can end. Where a called frame is alone on top, the walk takes what {@link CalleeMasks} knows of it, and goes on
 * only with what that frame leaves over. One thread.
 */
@FastPath(oracle = "MatcherOracleTest")
final class TrieWalk {

    /** So many words of a set, by its shift, cost as much as a node. */
    private static final int WORDS_A_NODE = 6;

    private static final int NOT_LISTED = Integer.MIN_VALUE;

    private final LazyAutomaton automaton;
    private final StepClock clock;
    private final CalleeMasks callees;
    private final TokenSet accepted;
    private final ResidualCollector residuals;
    private @Nullable TrieWalk behind;

    private int[] codes = new int[64];
    /** How often the frame could have ended on the way to a depth, from {@code base} on. */
    private int[] ends = new int[64];

    private int[] path = new int[64];
    /** Of a node on the way whose children are taken by their bytes: the node's entry, and those that may be live. */
    private int[] entries = new int[64];

    private ByteSet[] filters = new ByteSet[64];
    /** By depth, the node on the way of which it was told that the frame may end there. */
    private int[] listed = new int[64];

    private int base;
    /** Bytes behind which nothing is read. */
    private int deepest = Integer.MAX_VALUE;
    /** Tokens of at most so many bytes need not be read. */
    private int passed;
    /** What is not plain text need not be read. */
    private boolean isPlain;

    private long visited;
    /** Nodes that were visited for called frames: none where they are known. */
    private long inside;
    /** Work that was done and not counted yet, in nodes that cost as much. */
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

    /** Where tokens that are known otherwise are added. */
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

    /** All that was collected. */
    FrameMask end(int[] endsBefore) {
        List<Residual> left = ended();
        return new FrameMask(accepted.toMask(), endsBefore, left, visited());
    }

    /** Counts what has not been counted; the tokens that are left over. */
    private List<Residual> ended() {
        clock.nodes(((int) visited & StepClock.NODES) + uncounted + (accepted.words() >> WORDS_A_NODE));
        uncounted = 0;
        return residuals.take();
    }

    /**
     * Walks over a whole trie. That the frame may end at once is left aside.
     *
     * @return false when it gave up after so many nodes, those of called frames apart
     */
    boolean read(TokenTrie trie, int start, long budget) {
        return read(trie, -1, start, ByteSet.NONE, budget, null);
    }

    /**
     * Walks below a node, of which {@code start} is the code. That the frame may end at once is left aside.
     *
     * @param node -1 for the root
     * @param apart bytes with which nothing that the walk must see goes on from the node; it may see some of it
     * @param live skips what is made of characters that are live wherever they stand, in the trie of all tokens
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
     * Walks over the tokens of a trie that have more than some bytes, and at most some, and skips what is made of characters that
     * are live, or dead, wherever they stand. Of others, and of those that the atoms do not tell of, it collects
     * some at will. That the frame may end at once is left aside.
     *
     * @param atoms of the trie
     * @param onlyPlain whether they tell of plain text only
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
     * Adds what is left over of tokens elsewhere.
     *
     * @return false when it gave up: what is left over is to be put together otherwise
     */
    boolean addAll(List<Residual> others) {
        for (Residual other : others) {
            if (!residuals.addAll(other)) {
                return false;
            }
        }
        return true;
    }

    /** Walks below a node, of which {@code start} is the code; -1 for the root. The frame may end at the node. */
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
                    leave(trie, node, depth);
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
            filter(trie, node, depth);
            node = depth < deepest ? node + 1 : end;
        }
        return true;
    }

    private static int height(int node, @Nullable LiveAtoms live) {
        return live == null ? Integer.MAX_VALUE >> 1 : live.height(node);
    }

    /** Finds which children of a node on the way may be live; dead ones count only where the frame could have ended. */
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

    /** A subtree died, but the frame could have ended on the way to it. */
    private void leave(TokenTrie trie, int subtree, int depth) {
        count(depth - base);
        for (int d = base; d < depth; d++) {
            if (ends[d] == (d == base ? 0 : ends[d - 1])) {
                continue;
            }
            for (int result : automaton.results(codes[d])) {
                if (listed[d] != path[d]) {
                    residuals.addEnd(trie, path[d], result);
                }
                count(residuals.addDead(trie, subtree, d, result));
            }
            listed[d] = path[d];
        }
    }

    /** Counts work that costs as much as some nodes. */
    private void count(int nodes) {
        uncounted += nodes;
        if (uncounted > StepClock.NODES) {
            clock.nodes(uncounted);
            uncounted = 0;
        }
    }

    /** What a called frame reads below a node, and what those below it read of what it leaves over. */
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

    /** Collects into the same sets, and has its own place on the way. */
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
