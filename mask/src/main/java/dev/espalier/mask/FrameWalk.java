package dev.espalier.mask;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link FrameMask} of a state, by the first way that applies: plain text at once and a walk over the
 * other tokens, where plain text is known to be live; else a walk over the trie of all tokens that skips subtrees that
 * are dead, or live for certain. Its oracle is {@code SlowMask} in the tests. One thread.
 */
final class FrameWalk {

    private final Tuning tuning;
    private final TokenTable table;
    private final LazyAutomaton automaton;
    private final TrieWalk walk;
    private final PlainTextProof proof;
    private @Nullable LiveAtoms live;

    /**
     * Walks over the tokens of a table.
     *
     * @param automaton of the table's horizon
     */
    FrameWalk(TokenTable table, LazyAutomaton automaton, CalleeMasks callees, Tuning tuning) {
        this.tuning = tuning;
        this.table = table;
        this.automaton = automaton;
        this.walk = callees.newWalk();
        this.proof = new PlainTextProof(automaton, null);
    }

    /** The mask of a state in which few tokens can start; null when many nodes must be visited. */
    @Nullable
    FrameMask ofFew(State state) {
        walk.begin();
        int start = automaton.of(StackSet.of(state));
        if (state.plainTextBound() >= 0 || readsText(start) || !walk.read(table.trie(), start, tuning.fewNodes())) {
            return null;
        }
        return walk.end(automaton.results(start));
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
        walk.begin();
        int start = automaton.of(StackSet.of(state));
        PlainText plain = table.plainText();
        int bound = state.plainTextBound();
        if (bound < 0 && proof.holds(start)) {
            walk.accepted().addAll(plain.all());
            int settled = proof.settled();
            if (settled != LazyAutomaton.DEAD) {
                readAll(plain.stemsAtOnce(), start);
                readAll(plain.stemsAfterText(), settled);
            } else {
                readAll(plain.rest(), start);
            }
        } else if (bound >= 0) {
            plain.addUpTo(bound, walk.accepted());
            readAll(plain.rest(), start);
        } else {
            walk.read(table.trie(), start, live());
        }
        return walk.end(automaton.results(start));
    }

    private LiveAtoms live() {
        LiveAtoms known = live;
        if (known == null) {
            known = new LiveAtoms(automaton, table.atoms(), tuning.skippedNodes());
            live = known;
        }
        known.begin();
        return known;
    }

    private void readAll(TokenTrie trie, int start) {
        boolean unused = walk.read(trie, start, Long.MAX_VALUE);
    }

    /** Nodes that were visited since the last {@link #of} or {@link #ofFew} began. */
    long visited() {
        return walk.visited();
    }
}
