package dev.espalier.mask;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What frames that are called inside tokens do with the rest of those tokens, whatever lies below them: a value behind
 * {@code ": "} is read alike behind every key. Kept by node and state; large subtrees also in the store, for all grammars.
 * One thread.
 */
final class CalleeMasks {

    private static final int MAX_KNOWN = 16_384;

    /** Nodes below which a subtree is walked sooner than it is found in the store. */
    private static final int STORED_NODES = 256;

    private final TokenTable table;
    private final int size;
    private final LazyAutomaton automaton;
    private final Stepper stepper;
    private final StepClock clock;
    private final GrammarMemory memory;
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
     * @param frame its state at the node, or that state's key
     */
    private record Called(TokenTrie trie, int node, Object frame) {

        /** Nodes are near to one another, and so are the hashes of states: added up, they would meet. */
        @Override
        public int hashCode() {
            int hash = node * 0x9e3779b9 + frame.hashCode();
            hash = (hash ^ hash >>> 15) * 0x85ebca6b;
            return hash ^ hash >>> 13 ^ System.identityHashCode(trie);
        }
    }

    CalleeMasks(
            Vocabulary vocabulary,
            LazyAutomaton automaton,
            Stepper stepper,
            StepClock clock,
            GrammarMemory memory,
            Tuning tuning) {
        this.table = vocabulary.tokens();
        this.size = vocabulary.size();
        this.automaton = automaton;
        this.stepper = stepper;
        this.clock = clock;
        this.memory = memory;
        this.tuning = tuning;
    }

    /** Whether a trie is one of the vocabulary's own, which are walked again and again. */
    boolean covers(TokenTrie trie) {
        return tuning.callees() && table.isOwn(trie);
    }

    /** Whether all below a node is plain text. */
    boolean isPlainBelow(TokenTrie trie, int node) {
        return trie == table.trie() && (table.atoms().below(node) & ~TextAtoms.PLAIN) == 0;
    }

    /** What is read below a node by a frame whose state there is given. It may end at the node. */
    FrameMask of(TokenTrie trie, int node, State state) {
        visited = 0;
        Called called = new Called(trie, node, state);
        FrameMask found = known.get(called);
        if (found == null) {
            found = trie.end(node) - node < STORED_NODES ? walk(trie, node, state) : stored(trie, node, state);
            known.put(called, found);
            bytes += 120 + found.bytes();
        }
        return found;
    }

    private FrameMask stored(TokenTrie trie, int node, State state) {
        Object frame = state.key();
        if (GrammarMemory.isOwn(frame)) {
            return walk(trie, node, state);
        }
        Called key = new Called(trie, node, frame);
        FrameMask found = memory.get(key);
        return found == null ? memory.put(key, walk(trie, node, state)) : found;
    }

    private FrameMask walk(TokenTrie trie, int node, State state) {
        if (walking == walks.size()) {
            walks.add(newWalk());
        }
        TrieWalk walk = walks.get(walking++);
        try {
            walk.begin();
            walk.readBelow(trie, node, automaton.of(StackSet.of(state)));
            FrameMask mask = walk.end(State.NO_RESULTS);
            visited = mask.nodes();
            return mask;
        } finally {
            walking--;
        }
    }

    /** A walk with sets of its own. */
    TrieWalk newWalk() {
        return new TrieWalk(
                automaton,
                clock,
                this,
                new TokenSet(size),
                new TokenSet(size),
                new ResidualCollector(table, tuning.mergedStrings()));
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
    long bytes() {
        return bytes;
    }

    /** Forgets everything once it is more than so many bytes. */
    void trim(long maxBytes) {
        if (bytes > maxBytes || known.size() > MAX_KNOWN) {
            known.clear();
            bytes = 0;
        }
    }
}
