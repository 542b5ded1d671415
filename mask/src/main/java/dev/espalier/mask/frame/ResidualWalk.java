// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.index.WideNodes;
import dev.espalier.mask.token.TokenSet;
import org.jspecify.annotations.Nullable;

/** A walk over a residual trie from the set of stacks that goes on below the ended frame. One thread. */
@FastPath(oracle = "MatcherOracleTest")
public final class ResidualWalk {

    private final LazyAutomaton automaton;
    private final StepClock clock;
    private int[] codes = new int[64];
    private long visited;
    private int farthest;

    public ResidualWalk(LazyAutomaton automaton, StepClock clock) {
        this.automaton = automaton;
        this.clock = clock;
    }

    /** The greatest distance to the end after a residual token that can be read from a set; 0 if there is none. */
    public int farthest(Residual residual, StackSet from) {
        farthest = 0;
        read(residual, from, null);
        return farthest;
    }

    /** Adds the residual tokens that can be read from a set, or measures distances. Returns the number of nodes visited. */
    public long read(Residual residual, StackSet from, @Nullable TokenSet allowed) {
        visited = 0;
        int start = automaton.of(from);
        if (start == LazyAutomaton.DEAD) {
            return 0;
        }
        TokenTrie trie = residual.trie();
        int[] nodes = residual.nodes();
        if (nodes == null) {
            read(trie, -1, start, allowed);
        } else {
            for (int node : nodes) {
                read(trie, node, start, allowed);
            }
        }
        clock.nodes((int) visited & StepClock.NODES);
        return visited;
    }

    /** Reads the subtree below a node (-1: the root), of which {@code start} is the code; of many children only the live ones. */
    private void read(TokenTrie trie, int node, int start, @Nullable TokenSet allowed) {
        int depth = node < 0 ? 0 : trie.label(node) >>> 8;
        WideNodes wide = trie.wide();
        int entry = wide.entry(node);
        if (entry == WideNodes.NONE) {
            read(trie, node + 1, node < 0 ? trie.nodeCount() : trie.end(node), depth, start, allowed);
            return;
        }
        ByteSet live = automaton.readable(start);
        int child = wide.child(entry, 0, live);
        while (child != WideNodes.NONE) {
            read(trie, child, trie.end(child), depth, start, allowed);
            child = wide.child(entry, (trie.label(child) & 0xff) + 1, live);
        }
    }

    private void read(TokenTrie trie, int from, int to, int depth, int start, @Nullable TokenSet allowed) {
        if (codes.length <= trie.depth() + 1) {
            codes = new int[trie.depth() + 2];
        }
        codes[depth] = start;
        int[] tokens = trie.tokens();
        int node = from;
        while (node < to) {
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
            if (allowed != null) {
                allowed.addAll(tokens, trie.firstToken(node), trie.firstToken(node + 1));
            } else if (trie.firstToken(node) < trie.firstToken(node + 1)) {
                farthest = Math.max(farthest, automaton.distance(code));
            }
            node++;
        }
    }
}
