// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.MaskMemory;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualCollector;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.token.TokenSet;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks of frames that are called inside a token, for the rest of the token: a value after {@code ": "} is read alike after every key.
 * They do not depend on what lies below the frame. Kept by node and state; large subtrees also in the store, for all grammars. One
 * thread.
 */
@FastPath(oracle = "MatcherOracleTest")
public final class CalleeMasks {

    private static final int MAX_KNOWN = 16_384;

    private final TokenIndex index;
    private final int size;
    private final LazyAutomaton automaton;
    private final Stepper stepper;
    private final StepClock clock;
    private final MaskMemory memory;
    private final Tuning tuning;
    private final Map<Called, FrameMask> known = new HashMap<>();
    private final List<TrieWalk> walks = new ArrayList<>();
    private int walking;
    private long bytes;
    private long visited;

    /**
     * A key of this cache: a frame that is called inside a token.
     *
     * @param trie of the tokens
     * @param node whose subtree the frame reads
     * @param frame its state at the node, or that state's shared key
     * @param goesOn true if an end of the frame right at the node is not reported
     */
    private record Called(TokenTrie trie, int node, Object frame, boolean goesOn) {

        /** Multiplies, since node numbers and hashes of states are both small ranges: sums of them would collide. */
        @Override
        public int hashCode() {
            int hash = node * 0x9e3779b9 + frame.hashCode();
            hash = (hash ^ hash >>> 15) * 0x85ebca6b;
            return hash ^ hash >>> 13 ^ System.identityHashCode(trie);
        }
    }

    public CalleeMasks(
            Vocabulary vocabulary,
            LazyAutomaton automaton,
            Stepper stepper,
            StepClock clock,
            MaskMemory memory,
            Tuning tuning) {
        this.index = vocabulary.index();
        this.size = vocabulary.size();
        this.automaton = automaton;
        this.stepper = stepper;
        this.clock = clock;
        this.memory = memory;
        this.tuning = tuning;
    }

    /** True if masks over a trie are cached: it is one of the vocabulary's own tries, which are walked again and again. */
    boolean covers(TokenTrie trie) {
        return tuning.callees() && index.isOwn(trie);
    }

    /** The mask of the subtree below a node, read from a state. An end right at the node is reported as a residual. */
    FrameMask of(TokenTrie trie, int node, State state) {
        return of(trie, node, state, false);
    }

    private FrameMask of(TokenTrie trie, int node, State state, boolean goesOn) {
        visited = 0;
        Called called = new Called(trie, node, state, goesOn);
        FrameMask found = known.get(called);
        if (found == null) {
            found = trie.end(node) - node < tuning.storedNodes() ? walk(called, state) : stored(called, state);
            known.put(called, found);
            bytes += 120 + found.bytes();
        }
        return found;
    }

    /** True if a subtree is large and belongs to a trie of the vocabulary, so that its mask is worth storing for all grammars. */
    public boolean isLarge(TokenTrie trie, int node) {
        return node >= 0 && trie.end(node) - node >= tuning.storedNodes() && covers(trie);
    }

    private FrameMask stored(Called called, State state) {
        Object shared = state.sharedKey(index.horizon());
        if (shared == null) {
            return walk(called, state);
        }
        Called key = new Called(called.trie, called.node, shared, called.goesOn);
        FrameMask found = memory.get(key, key);
        return found == null ? memory.put(key, key, walk(called, state)) : found;
    }

    private FrameMask walk(Called called, State state) {
        TrieWalk walk = begun();
        try {
            int start = automaton.of(StackSet.of(state));
            if (called.goesOn) {
                boolean unused = walk.read(called.trie, called.node, start, ByteSet.NONE, Long.MAX_VALUE, null);
            } else {
                walk.readBelow(called.trie, called.node, start);
            }
            FrameMask mask = walk.end(State.NO_RESULTS);
            visited = mask.nodes();
            return mask;
        } finally {
            walking--;
        }
    }

    /** The mask of the large subtrees among those of some nodes, read from a state. Ends right at the nodes are not reported. */
    public FrameMask within(TokenTrie trie, int[] nodes, State state) {
        TrieWalk walk = begun();
        try {
            List<Residual> left = new ArrayList<>();
            boolean isMerged = true;
            long sum = 0;
            for (int node : nodes) {
                if (isLarge(trie, node)) {
                    FrameMask inner = within(trie, node, state);
                    sum += visited;
                    walk.accepted().addAll(inner.accepted());
                    left.addAll(inner.residuals());
                    isMerged = isMerged && walk.addAll(inner.residuals());
                }
            }
            FrameMask mask = walk.end(State.NO_RESULTS);
            return new FrameMask(
                    mask.accepted(), State.NO_RESULTS, isMerged ? mask.residuals() : List.copyOf(left), sum);
        } finally {
            walking--;
        }
    }

    /** The mask of the subtree below a node, read from a state. An end right at the node is not reported. */
    public FrameMask within(TokenTrie trie, int node, State state) {
        return of(trie, node, state, state.results().length > 0);
    }

    /**
     * Reads from a set of stacks the children of a node that some bytes lead to, with their subtrees. Of a large live subtree only the
     * tokens that end at its root are read.
     *
     * @param node -1 for the root
     * @param large receives the roots of the large live subtrees
     */
    public FrameMask children(TokenTrie trie, int node, StackSet from, ByteSet bytes, List<Integer> large) {
        TrieWalk walk = begun();
        try {
            int start = automaton.of(from);
            int to = node < 0 ? trie.nodeCount() : trie.end(node);
            for (int child = node + 1; child < to; child = trie.end(child)) {
                int symbol = trie.label(child) & 0xff;
                int code = bytes.contains(symbol) ? automaton.next(start, symbol) : LazyAutomaton.DEAD;
                if (code != LazyAutomaton.DEAD) {
                    walk.accepted().addAll(trie.tokens(), trie.firstToken(child), trie.firstToken(child + 1));
                    if (isLarge(trie, child)) {
                        large.add(child);
                    } else {
                        walk.readBelow(trie, child, code);
                    }
                }
            }
            return walk.end(State.NO_RESULTS);
        } finally {
            walking--;
        }
    }

    /**
     * Reads a residual from a set of stacks, skipping large subtrees. Immediate exits are reported in {@code endsBefore}, not as
     * residuals.
     */
    public FrameMask outside(Residual residual, StackSet from) {
        TokenTrie trie = residual.trie();
        int[] nodes = residual.nodes();
        TrieWalk walk = begun();
        try {
            int start = automaton.of(from);
            if (automaton.readable(start).isEmpty()) {
                return walk.end(automaton.results(start));
            }
            if (nodes == null) {
                boolean unused = walk.read(trie, start, Long.MAX_VALUE);
                return walk.end(automaton.results(start));
            }
            for (int node : nodes) {
                if (!isLarge(trie, node)) {
                    boolean unused = walk.read(trie, node, start, ByteSet.NONE, Long.MAX_VALUE, null);
                }
            }
            return walk.end(automaton.results(start));
        } finally {
            walking--;
        }
    }

    /** An idle walk with nothing collected. The caller returns it by decrementing {@code walking}. */
    private TrieWalk begun() {
        if (walking == walks.size()) {
            walks.add(newWalk());
        }
        TrieWalk walk = walks.get(walking++);
        walk.begin();
        return walk;
    }

    /** A new walk with its own scratch sets. */
    TrieWalk newWalk() {
        return new TrieWalk(
                automaton, clock, this, new TokenSet(size), new ResidualCollector(index, tuning.mergedStrings()));
    }

    /** The code of the stacks below a frame after it has ended with a result. */
    int resumed(StackSet below, int result) {
        return automaton.of(stepper.resume(below, result));
    }

    /** The number of nodes visited by the last {@link #of}. */
    long visited() {
        return visited;
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return bytes;
    }

    /** Forgets everything if it takes more than the given bytes. */
    public void trim(long maxBytes) {
        if (bytes > maxBytes || known.size() > MAX_KNOWN) {
            known.clear();
            bytes = 0;
        }
    }
}
