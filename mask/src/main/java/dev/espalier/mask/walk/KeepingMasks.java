// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.State;
import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTrie;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Masks of states that keep what another state reads for them ({@link Family.Keeping}), such as items that must differ: the mask of the
 * inner state, corrected. Two kinds of tokens are read again: the few along the texts that are <em>apart</em> (those of earlier items,
 * say), and those that leave the inner frame. {@code SchemaMaskTest} reads each token by itself. One thread.
 */
@FastPath(oracle = "espalier:SchemaMaskTest")
final class KeepingMasks {

    private static final int MAX_LEAVING = 64;

    private final TokenIndex index;
    private final LazyAutomaton automaton;
    private final TrieWalk walk;
    private final Function<State, FrameMask> frames;
    /** The tokens that leave an inner frame, by the tries of what is left of them. */
    private final Memo<List<TokenTrie>, TokenTrie> leaving = new Memo<>(MAX_LEAVING);

    /**
     * Masks made from those of inner states.
     *
     * @param automaton of the table's horizon
     * @param walk a walk that others may use between two calls
     * @param frames masks of inner states
     */
    KeepingMasks(TokenIndex index, LazyAutomaton automaton, TrieWalk walk, Function<State, FrameMask> frames) {
        this.index = index;
        this.automaton = automaton;
        this.walk = walk;
        this.frames = frames;
    }

    /** The mask of a state; null where too many tokens leave the inner frame. */
    @Nullable
    FrameMask of(State state, Family.Keeping family) {
        FrameMask like = frames.apply(family.inner());
        TokenTrie left = leaving(like);
        if (left == null) {
            return null;
        }
        walk.begin();
        walk.accepted().addAll(like.accepted());
        int start = automaton.of(StackSet.of(state));
        readApart(index.trie(), start, family.apart());
        readApart(index.plainText().rest(), start, family.apartUnlessPlain().without(family.apart()));
        boolean unused = walk.read(left, start, Long.MAX_VALUE);
        return walk.end(automaton.results(start));
    }

    /** A node on the way of the texts that are apart; -1 for the root. */
    private record Along(int node, int code, ByteSet apart) {}

    /** Reads the tokens of a trie along the texts that are apart, and removes the dead ones. */
    private void readApart(TokenTrie trie, int start, ByteSet apart) {
        ArrayDeque<Along> pending = new ArrayDeque<>();
        pending.add(new Along(-1, start, apart));
        while (!pending.isEmpty()) {
            Along at = pending.remove();
            int end = at.node < 0 ? trie.nodeCount() : trie.end(at.node);
            for (int child = at.node + 1; child < end; child = trie.end(child)) {
                int symbol = trie.label(child) & 0xff;
                if (at.apart.contains(symbol)) {
                    walk.visit();
                    int code = automaton.next(at.code, symbol);
                    Family.Keeping kept = kept(code);
                    if (kept != null) {
                        pending.add(new Along(child, code, kept.apart().or(kept.apartUnlessPlain())));
                    } else {
                        readAnew(trie, child, code);
                    }
                }
            }
        }
    }

    private Family.@Nullable Keeping kept(int code) {
        if (code == LazyAutomaton.DEAD) {
            return null;
        }
        StackSet set = automaton.set(code);
        return set.size() == 1 && !set.below(0).hasStates() && set.top(0).family() instanceof Family.Keeping family
                ? family
                : null;
    }

    private void readAnew(TokenTrie trie, int node, int code) {
        walk.accepted().removeAll(trie.tokens(), trie.firstToken(node), trie.firstToken(trie.end(node)));
        if (code != LazyAutomaton.DEAD) {
            walk.accepted().addAll(trie.tokens(), trie.firstToken(node), trie.firstToken(node + 1));
            walk.readBelow(trie, node, code);
        }
    }

    /** The tokens that leave the frame of a mask; null if there are too many to be kept in tries. */
    private @Nullable TokenTrie leaving(FrameMask like) {
        List<TokenTrie> rests = new ArrayList<>();
        for (Residual residual : like.residuals()) {
            if (residual.nodes() != null) {
                return null;
            }
            rests.add(residual.trie());
        }
        TokenTrie known = leaving.get(rests);
        if (known == null) {
            int[] ids = rests.stream()
                    .flatMapToInt(rest -> Arrays.stream(rest.tokens()))
                    .distinct()
                    .toArray();
            known = index.trieOf(ids);
            leaving.put(rests, known, 100 + known.bytes());
        }
        return known;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return leaving.bytes();
    }
}
