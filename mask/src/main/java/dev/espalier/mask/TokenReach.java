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
    private final PlainTextProof proof;
    private final PlainTextProof nearProof;
    private int[] codes = new int[64];

    TokenReach(TokenTable table, LazyAutomaton automaton, StepClock clock) {
        this.table = table;
        this.automaton = automaton;
        this.clock = clock;
        this.proof = new PlainTextProof(automaton, null);
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

    /**
     * A bound on the distance to the end after any ordinary token that is allowed at a code, remembered with it. Where all
     * plain text is live it is found from the few codes that plain text leads to; else by a walk over all tokens.
     */
    int greatest(int code) {
        int known = automaton.reach(code);
        if (known < 0) {
            known = find(code);
            automaton.rememberReach(code, known);
        }
        return known;
    }

    private int find(int code) {
        return proof.holds(code) ? afterText(proof, code) : greatest(table.trie(), code);
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
        return walk(trie, start, 0, null);
    }

    /** Adds the ordinary tokens after which the end is at most so many bytes away. */
    void addWithin(int code, int distance, TokenSet target) {
        walk(table.trie(), code, distance, target);
    }

    private int walk(TokenTrie trie, int start, int limit, @org.jspecify.annotations.Nullable TokenSet target) {
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
                int distance = automaton.distance(code);
                most = Math.max(most, distance);
                if (target != null && distance <= limit) {
                    target.addAll(trie.tokens(), trie.firstToken(node), trie.firstToken(node + 1));
                }
            }
            node++;
        }
        clock.nodes(visited & StepClock.NODES);
        return most;
    }
}
