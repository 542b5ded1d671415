// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.PlainTextProof;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.PlainText;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.index.Utf8;
import java.util.HashMap;
import java.util.Map;

/**
 * The greatest distance of a text from its end after one more token, which a token budget is checked against. Distances are in bytes;
 * if every byte is a token, they bound the number of tokens. One thread.
 */
@FastPath(oracle = "CompletionTest")
public final class TokenReach {

    /** Bytes that a cut-off character may still need: plain text under a length bound leads no further from an end than that. */
    private static final int CUT = 3;

    private final TokenIndex index;
    private final TokenTable table;
    private final LazyAutomaton automaton;
    private final StepClock clock;
    private final PlainTextProof proof;
    private final PlainTextProof nearProof;
    /** By code that plain text leads back to, the greatest distance after the rest of a token. */
    private final Map<Integer, Integer> settledReaches = new HashMap<>();

    private int generation;
    private int[] codes = new int[64];

    TokenReach(TokenIndex index, LazyAutomaton automaton, StepClock clock) {
        this.index = index;
        this.table = index.table();
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
        int before = automaton.distance(automaton.of(StackSet.of(state)));
        int after = greatestAfter(state);
        return after >= Integer.MAX_VALUE - 1 || before >= Integer.MAX_VALUE - 1 ? FrameMask.UNBOUNDED : after - before;
    }

    /** The greatest distance of a frame from its end after a token that is accepted in a state. */
    int greatestAfter(State state) {
        int code = automaton.of(StackSet.of(state));
        int bound = PlainText.bound(state);
        if (nearProof.holds(code)) {
            return afterText(nearProof, code);
        }
        return bound >= 0 && bound < Integer.MAX_VALUE
                ? Math.max(
                        automaton.distance(code) + CUT,
                        greatest(index.plainText().rest(), code))
                : greatestFromText(code);
    }

    /**
     * As {@link #greatest}, for all tokens. If plain text leads to a code and back to it, the rests of tokens after plain text are
     * judged once for all.
     */
    private int greatestFromText(int start) {
        TokenTrie trie = index.trie();
        int[] path = new int[trie.depth() + 2];
        path[0] = start;
        int plainUpTo = 0;
        int most = 0;
        int visited = 0;
        int node = 0;
        while (node < trie.nodeCount()) {
            int depth = trie.label(node) >>> 8;
            int symbol = trie.label(node) & 0xff;
            int code = automaton.next(path[depth - 1], symbol);
            if ((++visited & StepClock.NODES) == 0) {
                clock.nodes();
            }
            if (code == LazyAutomaton.DEAD) {
                node = trie.end(node);
                continue;
            }
            path[depth] = code;
            boolean isPlain = plainUpTo >= depth - 1 && (symbol >= 0x80 || Utf8.isPlain(symbol));
            plainUpTo = isPlain ? depth : Math.min(plainUpTo, depth - 1);
            if (isPlain && proof.isSettled(code)) {
                most = Math.max(most, afterSettledText(code));
                node = trie.end(node);
                continue;
            }
            if (trie.firstToken(node) < trie.firstToken(node + 1)) {
                most = Math.max(most, automaton.distance(code));
            }
            node++;
        }
        return most;
    }

    private int afterSettledText(int code) {
        if (generation != automaton.generation()) {
            generation = automaton.generation();
            settledReaches.clear();
        }
        Integer known = settledReaches.get(code);
        if (known == null) {
            // text that is cut within a character is back where it was when that is whole
            int cut = automaton.distance(code) + CUT;
            known = Math.max(cut, greatest(index.plainText().stemsAfterText(), code));
            settledReaches.put(code, known);
        }
        return known;
    }

    private int afterText(PlainTextProof proven, int code) {
        PlainText plain = index.plainText();
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
