package dev.espalier.mask.walk;

import dev.espalier.automata.ByteSet;
import dev.espalier.automata.State;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.MaskMemory;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualCollector;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.vocabulary.TokenIndex;
import dev.espalier.mask.vocabulary.TokenSet;
import dev.espalier.mask.vocabulary.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What frames that are called inside tokens do with the rest of those tokens, whatever lies below them: a value behind
 * {@code ": "} is read alike behind every key. Kept by node and state; large subtrees also in the store, for all grammars.
 * One thread.
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
     * A frame called inside tokens.
     *
     * @param trie of the tokens
     * @param node whose subtree the frame reads
     * @param frame its state at the node, or that state's shared key
     * @param goesOn whether it may not end at the node, though its state could
     */
    private record Called(TokenTrie trie, int node, Object frame, boolean goesOn) {

        /** Nodes are near to one another, and so are the hashes of states: added up, they would meet. */
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

    /** Whether a trie is one of the vocabulary's own, which are walked again and again. */
    boolean covers(TokenTrie trie) {
        return tuning.callees() && index.isOwn(trie);
    }

    /** What is read below a node by a frame whose state there is given. It may end at the node. */
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

    /** Whether a subtree is one that others ask for, too, and large. */
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

    /** What a frame reads below those of some nodes that are large. That it may end at the nodes is left aside. */
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

    /** What a frame reads below a node in a state. That it may end there is left aside. */
    public FrameMask within(TokenTrie trie, int node, State state) {
        return of(trie, node, state, state.results().length > 0);
    }

    /**
     * What a set of stacks reads below those children of a node that some bytes lead to; of large ones that are live only the
     * tokens that end there.
     *
     * @param node -1 for the root
     * @param large receives the large ones that are live
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
     * What a set of stacks reads of residual tokens, but for those below nodes that are large. That it may end at once is told
     * apart.
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

    /** A walk that is not at work, with nothing collected; to be given back by one less in {@code walking}. */
    private TrieWalk begun() {
        if (walking == walks.size()) {
            walks.add(newWalk());
        }
        TrieWalk walk = walks.get(walking++);
        walk.begin();
        return walk;
    }

    /** A walk with sets of its own. */
    TrieWalk newWalk() {
        return new TrieWalk(
                automaton, clock, this, new TokenSet(size), new ResidualCollector(index, tuning.mergedStrings()));
    }

    /** The code with which those below a frame go on after a result. */
    int resumed(StackSet below, int result) {
        return automaton.of(stepper.resume(below, result));
    }

    /** Nodes that the last {@link #of} visited. */
    long visited() {
        return visited;
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return bytes;
    }

    /** Forgets everything once it is more than so many bytes. */
    public void trim(long maxBytes) {
        if (bytes > maxBytes || known.size() > MAX_KNOWN) {
            known.clear();
            bytes = 0;
        }
    }
}
