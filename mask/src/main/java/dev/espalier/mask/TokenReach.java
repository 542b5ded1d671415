package dev.espalier.mask;

import dev.espalier.automata.Horizon;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;

/**
 * How far from its end a text may be after one more token: what a token budget is checked against. Distances are in
 * bytes, which bounds them in tokens where every byte is a token. One thread.
 */
final class TokenReach {

    /** Bytes that a cut character may still need: counted plain text leads no further from an end than that. */
    private static final int CUT = 3;

    private final TokenTable table;
    private final LazyAutomaton automaton;
    private final StepClock clock;
    private final PlainTextProof nearProof;
    private int[] codes = new int[64];

    TokenReach(TokenTable table, LazyAutomaton automaton, StepClock clock) {
        this.table = table;
        this.automaton = automaton;
        this.clock = clock;
        this.nearProof = new PlainTextProof(automaton, Horizon.of(table.longest()));
    }

    /**
     * The growth of a frame's distance by an accepted token ({@link FrameMask#growth}), found in a state that tokens
     * cannot tell from the frame's own: counters far from their bounds have other distances there, but those grow alike.
     */
    int growth(State state) {
        if (state.goal().length != 1) {
            return FrameMask.UNBOUNDED;
        }
        PlainText plain = table.plainText();
        int code = automaton.of(StackSet.of(state));
        int before = automaton.distance(code);
        int bound = state.plainTextBound();
        int after;
        if (nearProof.holds(code)) {
            after = afterText(nearProof, code);
        } else if (bound >= 0 && bound < Integer.MAX_VALUE) {
            after = Math.max(before + CUT, greatest(plain.rest(), code));
        } else {
            after = greatest(table.trie(), code);
        }
        return after >= Integer.MAX_VALUE - 1 || before >= Integer.MAX_VALUE - 1 ? FrameMask.UNBOUNDED : after - before;
    }

    private int afterText(PlainTextProof proven, int code) {
        PlainText plain = table.plainText();
        int most = proven.greatestDistance();
        int settled = proven.settled();
        if (settled == LazyAutomaton.DEAD) {
            return Math.max(most, greatest(plain.rest(), code));
        }
        most = Math.max(most, greatest(plain.stemsAtOnce(), code));
        return Math.max(most, greatest(plain.stemsAfterText(), settled));
    }

    private int greatest(TokenTrie trie, int start) {
        if (codes.length <= trie.depth() + 1) {
            codes = new int[trie.depth() + 2];
        }
        codes[0] = start;
        int most = 0;
        int visited = 0;
        int node = 0;
        while (node < trie.nodeCount()) {
            int label = trie.label(node);
            int code = automaton.next(codes[(label >>> 8) - 1], label & 0xff);
            if ((++visited & StepClock.NODES) == 0) {
                clock.nodes();
            }
            if (code == LazyAutomaton.DEAD) {
                node = trie.end(node);
                continue;
            }
            codes[label >>> 8] = code;
            if (trie.firstToken(node) < trie.firstToken(node + 1)) {
                most = Math.max(most, automaton.distance(code));
            }
            node++;
        }
        clock.nodes(visited & StepClock.NODES);
        return most;
    }
}
