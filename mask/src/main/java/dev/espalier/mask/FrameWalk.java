package dev.espalier.mask;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link FrameMask} of a state, by the first way that applies: plain text at once and a walk over the
 * other tokens, where plain text is known to be live; else a walk over the trie of all tokens that skips dead
 * subtrees. Its oracle is {@code SlowMask} in the tests. One thread.
 */
final class FrameWalk {

    private static final int POLL = 4_095;

    private final Tuning tuning;
    private final TokenTable table;
    private final LazyAutomaton automaton;
    private final TokenSet accepted;
    private final StepClock clock;
    private final ResidualCollector residuals;
    private final PlainTextProof proof;

    private int[] codes = new int[64];
    private int[] ends = new int[64];
    private int[] path = new int[64];
    private int[] listed = new int[64];
    private long visited;

    FrameWalk(TokenTable table, LazyAutomaton automaton, TokenSet accepted, StepClock clock, Tuning tuning) {
        this.tuning = tuning;
        this.table = table;
        this.automaton = automaton;
        this.accepted = accepted;
        this.clock = clock;
        this.residuals = new ResidualCollector(table, tuning.mergedStrings());
        this.proof = new PlainTextProof(automaton, table.longest());
    }

    /** The mask of a state in which few tokens can start; null when many nodes must be visited. */
    @Nullable
    FrameMask ofFew(State state) {
        begin();
        int start = automaton.of(StackSet.of(state));
        if (state.plainTextBound() >= 0 || readsText(start) || !walk(table.trie(), start, tuning.fewNodes())) {
            return null;
        }
        return end(start);
    }

    /** Whether all of printable ASCII that is plain text is live: nearly every token can start. */
    private boolean readsText(int start) {
        for (int symbol = 0x20; symbol < 0x80; symbol++) {
            if (Utf8.isPlain(symbol) && automaton.next(start, symbol) == LazyAutomaton.DEAD) {
                return false;
            }
        }
        return true;
    }

    /** The mask of a state alone on its stack. */
    FrameMask of(State state) {
        begin();
        int start = automaton.of(StackSet.of(state));
        PlainText plain = table.plainText();
        int bound = state.plainTextBound();
        boolean all = bound < 0 || bound >= plain.most();
        if (all && proof.holds(start)) {
            accepted.addAll(plain.all());
            int settled = proof.settled();
            if (settled != LazyAutomaton.DEAD) {
                walk(plain.stemsAtOnce(), start);
                walk(plain.stemsAfterText(), settled);
            } else {
                walk(plain.rest(), start);
            }
        } else if (bound >= 0) {
            plain.addUpTo(bound, accepted);
            walk(plain.rest(), start);
        } else {
            walk(table.trie(), start);
        }
        return end(start);
    }

    private void begin() {
        visited = 0;
        accepted.clear();
        residuals.take();
    }

    private FrameMask end(int start) {
        List<Residual> left = residuals.take();
        return new FrameMask(accepted.toMask(), automaton.results(start), left, visited);
    }

    /** Nodes that walks visited since the last {@link #of} or {@link #ofFew} began. */
    long visited() {
        return visited;
    }

    private void walk(TokenTrie trie, int start) {
        walk(trie, start, Long.MAX_VALUE);
    }

    /** Walks a trie; false when it gave up after so many nodes. */
    private boolean walk(TokenTrie trie, int start, long budget) {
        prepare(trie.depth());
        codes[0] = start;
        ends[0] = 0;
        int[] tokens = trie.tokens();
        int count = trie.nodeCount();
        int node = 0;
        while (node < count) {
            int label = trie.label(node);
            int depth = label >>> 8;
            int code = automaton.next(codes[depth - 1], label & 0xff);
            if ((++visited & POLL) == 0) {
                clock.poll();
            }
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
            codes[depth] = code;
            path[depth] = node;
            ends[depth] = ends[depth - 1] + (code & 1);
            accepted.addAll(tokens, trie.firstToken(node), trie.firstToken(node + 1));
            node++;
        }
        return true;
    }

    private void prepare(int depth) {
        if (codes.length <= depth + 1) {
            int capacity = Math.max(depth + 2, 2 * codes.length);
            codes = new int[capacity];
            ends = new int[capacity];
            path = new int[capacity];
            listed = new int[capacity];
        }
        Arrays.fill(listed, -1);
    }

    /** A subtree died, but the frame could have ended on the way to it. */
    private void leave(TokenTrie trie, int subtree, int depth) {
        for (int d = 1; d < depth; d++) {
            if ((codes[d] & 1) == 0) {
                continue;
            }
            for (int result : automaton.results(codes[d])) {
                if (listed[d] != path[d]) {
                    residuals.addEnd(trie, path[d], result);
                }
                residuals.addDead(trie, subtree, d, result);
            }
            listed[d] = path[d];
        }
    }
}
