// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.PlainTextProof;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.index.BlankTokens;
import dev.espalier.mask.index.PlainText;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.index.WideNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link FrameMask} of a state, by the first way that applies: plain text at once and a walk over the
 * other tokens, where plain text is known to be live; else a walk over the trie of all tokens that skips subtrees that
 * are dead, or live for certain. One thread.
 */
@FastPath(oracle = "MatcherOracleTest")
final class FrameWalk {

    private static final ByteSet SPACE = ByteSet.of(symbol -> symbol == ' ');

    /** The estimate, in multiples of a short walk, above which a short walk is not tried. Masks do not depend on it. */
    private static final long MANY = 4;

    private static final int NEAR = TokenIndex.SHORT;

    private static final int MAX_BEGINNINGS = 16;

    private final Tuning tuning;
    private final TokenIndex index;
    private final LazyAutomaton automaton;
    private final TrieWalk walk;
    private final PlainTextProof proof;
    private final CalleeMasks callees;
    private final Function<State, FrameMask> frames;
    /** Null until the first state that is {@link Family.Keeping}. */
    private @Nullable KeepingMasks keeping;

    private final Horizon nearHorizon = Horizon.of(NEAR);
    /** Masks of tokens of at most {@link #NEAR} bytes, by representative. */
    private final Memo<Beginning, FrameMask> beginnings = new Memo<>(MAX_BEGINNINGS);

    /**
     * A key of {@link #beginnings}.
     *
     * @param isRest true for the tokens that are not plain text only
     */
    private record Beginning(State state, boolean isRest) {}

    /** The number of nodes visited for the last beginning. */
    private long begun;

    private @Nullable LiveAtoms live;

    /**
     * Walks over the tokens of a vocabulary.
     *
     * @param automaton of the table's horizon
     * @param frames masks of states that read for others
     */
    FrameWalk(
            TokenIndex index,
            LazyAutomaton automaton,
            CalleeMasks callees,
            Tuning tuning,
            Function<State, FrameMask> frames) {
        this.callees = callees;
        this.frames = frames;
        this.tuning = tuning;
        this.index = index;
        this.automaton = automaton;
        this.walk = callees.newWalk();
        this.proof = new PlainTextProof(automaton, null);
    }

    /** The mask of a state, if a walk over few nodes finds it; null otherwise. */
    @Nullable
    FrameMask ofFew(State state) {
        walk.begin();
        int start = automaton.of(StackSet.of(state));
        if (state.family() instanceof Family.Keeping
                || PlainText.bound(state) >= 0
                || isLong(start)
                || !readTokens(start, tuning.fewNodes(), null)) {
            return null;
        }
        return walk.end(automaton.results(start));
    }

    /** True if the first two bytes of the tokens show that a walk would visit many nodes. */
    private boolean isLong(int start) {
        TokenTrie trie = index.trie();
        WideNodes wide = trie.wide();
        int root = wide.entry(-1);
        if (root == WideNodes.NONE) {
            return false;
        }
        ByteSet live = automaton.readable(start);
        long most = MANY * tuning.fewNodes();
        long nodes = 0;
        int child = wide.child(root, 0, live);
        while (child != WideNodes.NONE && nodes <= most) {
            int symbol = trie.label(child) & 0xff;
            int entry = wide.entry(child);
            int code = entry == WideNodes.NONE ? LazyAutomaton.DEAD : automaton.next(start, symbol);
            nodes += code == LazyAutomaton.DEAD ? 0 : sizes(entry, automaton.readable(code));
            child = wide.child(root, symbol + 1, live);
        }
        return nodes > most;
    }

    /** The number of nodes below the live children of a wide node. */
    private long sizes(int entry, ByteSet live) {
        TokenTrie trie = index.trie();
        WideNodes wide = trie.wide();
        long nodes = 0;
        int child = wide.child(entry, 0, live);
        while (child != WideNodes.NONE) {
            nodes += trie.end(child) - child;
            child = wide.child(entry, (trie.label(child) & 0xff) + 1, live);
        }
        return nodes;
    }

    /** The mask of a state alone on its stack. */
    FrameMask of(State state) {
        FrameMask kept =
                state.family() instanceof Family.Keeping family ? keeping().of(state, family) : null;
        if (kept != null) {
            return kept;
        }
        int start = automaton.of(StackSet.of(state));
        int bound = PlainText.bound(state);
        if (bound == Integer.MAX_VALUE) {
            return readText(state, start);
        } else if (bound >= 0) {
            return readUpTo(bound, state, start);
        } else if (readsAllPlain(start)) {
            return readText(state, start);
        } else {
            State near = state.within(nearHorizon);
            if (readsBlanksAtWill(start) && !isLong(start)) {
                walk.begin();
                boolean unused = readTokens(start, Long.MAX_VALUE, null);
            } else if (!near.equals(state)) {
                return inParts(start, near);
            } else {
                walk.begin();
                readText(start, 0, Integer.MAX_VALUE);
            }
        }
        return walk.end(automaton.results(start));
    }

    private KeepingMasks keeping() {
        KeepingMasks known = keeping;
        if (known == null) {
            known = new KeepingMasks(index, automaton, callees.newWalk(), frames);
            keeping = known;
        }
        return known;
    }

    private boolean readsAllPlain(int start) {
        Boolean told = live().isAllPlain(start);
        return told == null ? proof.holds(start) : told;
    }

    /**
     * The mask of a state whose representative for short tokens stands for many states. Short tokens are read once for all of these,
     * the few longer ones for each state.
     */
    private FrameMask inParts(int start, State near) {
        FrameMask first = beginning(new Beginning(near, false));
        walk.begin();
        readText(start, NEAR, Integer.MAX_VALUE);
        return endAfter(first, start);
    }

    /** The mask of a state in which plain text is live up to a length. The other tokens are read as in {@link #inParts}. */
    private FrameMask readUpTo(int bound, State state, int start) {
        State near = state.within(nearHorizon);
        if (near.equals(state)) {
            walk.begin();
            index.plainText().addUpTo(bound, walk.accepted());
            readAll(index.plainText().rest(), start);
            return walk.end(automaton.results(start));
        }
        FrameMask first = beginning(new Beginning(near, true));
        walk.begin();
        readRest(start, NEAR, Integer.MAX_VALUE);
        index.plainText().addUpTo(bound, walk.accepted());
        return endAfter(first, start);
    }

    /** The mask of a state alone on its stack, for tokens of at most {@link TokenIndex#SHORT} bytes. */
    FrameMask ofShort(State state) {
        return beginning(new Beginning(state, false));
    }

    private FrameMask beginning(Beginning asked) {
        FrameMask known = beginnings.get(asked);
        begun = 0;
        if (known != null) {
            return known;
        }
        int start = automaton.of(StackSet.of(asked.state));
        walk.begin();
        if (asked.isRest) {
            readRest(start, 0, NEAR);
        } else {
            readText(start, 0, NEAR);
        }
        walk.accepted().removeAll(index.longIds(), 0, index.longIds().length);
        FrameMask made = walk.end(State.NO_RESULTS);
        beginnings.put(asked, made, made.bytes());
        begun = made.nodes();
        return made;
    }

    /** The union of a mask of short tokens and of what this walk collected of long ones. */
    private FrameMask endAfter(FrameMask first, int start) {
        walk.accepted().addAll(first.accepted());
        FrameMask rest = walk.end(automaton.results(start));
        List<Residual> residuals = new ArrayList<>(first.residuals());
        residuals.addAll(rest.residuals());
        return new FrameMask(rest.accepted(), rest.endsBefore(), residuals, begun + rest.nodes());
    }

    /**
     * Walks the tokens whose length in bytes is in (moreThan, atMost]; may also collect others. Plain text and other tokens are walked
     * separately.
     */
    private void readText(int start, int moreThan, int atMost) {
        LiveAtoms atoms = live();
        TokenTrie rest = index.plainText().rest();
        walk.readText(index.trie(), index.atoms(), true, start, moreThan, atMost, atoms);
        walk.accepted().removeAll(rest.tokens(), 0, rest.tokens().length);
        walk.readText(rest, index.restAtoms(), false, start, moreThan, atMost, atoms);
    }

    /** Walks the tokens that are not plain text and whose length in bytes is in (moreThan, atMost]; may also collect others. */
    private void readRest(int start, int moreThan, int atMost) {
        walk.readText(index.plainText().rest(), index.restAtoms(), false, start, moreThan, atMost, live());
    }

    /**
     * The mask of a state in which all plain text is live. If plain text also leads back to the state, what follows it inside a token
     * is read once for all tokens.
     */
    private FrameMask readText(State state, int start) {
        if (!proof.isSettled(start)) {
            return readUpTo(Integer.MAX_VALUE, state, start);
        }
        PlainText plain = index.plainText();
        walk.begin();
        walk.accepted().addAll(plain.all());
        readAll(plain.stemsAtOnce(), start);
        readAll(plain.stemsAfterText(), start);
        return walk.end(automaton.results(start));
    }

    /** Reads all tokens. If the state loops on white space, a token that begins with some is read without it. */
    private boolean readTokens(int start, long budget, @Nullable LiveAtoms live) {
        TokenTrie trie = index.trie();
        int root = trie.wide().entry(-1);
        int space = root == WideNodes.NONE ? WideNodes.NONE : trie.wide().child(root, 0, SPACE);
        if (space == WideNodes.NONE || !readsBlanksAtWill(start)) {
            return walk.read(trie, -1, start, ByteSet.NONE, budget, live);
        }
        BlankTokens blanks = index.blanks();
        walk.accepted().addAll(blanks.all());
        return walk.read(trie, -1, start, BlankTokens.BLANKS, budget, live)
                && walk.read(trie, space, start, BlankTokens.BLANKS, budget, live)
                && walk.read(blanks.stems(), -1, start, ByteSet.NONE, budget, null);
    }

    private boolean readsBlanksAtWill(int start) {
        return (start & 1) == 0
                && automaton.next(start, ' ') == start
                && automaton.next(start, '\n') == start
                && automaton.next(start, '\t') == start
                && automaton.next(start, '\r') == start;
    }

    private LiveAtoms live() {
        LiveAtoms known = live;
        if (known == null) {
            known = new LiveAtoms(automaton, index.atoms(), index.atomTokens(), tuning.skippedNodes());
            live = known;
        }
        known.begin();
        return known;
    }

    private void readAll(TokenTrie trie, int start) {
        boolean unused = walk.read(trie, start, Long.MAX_VALUE);
    }

    /** Forgets the masks of short tokens. */
    void forget() {
        keeping = null;
        beginnings.clear();
    }

    /** Estimated bytes of what it remembers. */
    long bytes() {
        return beginnings.bytes() + (keeping == null ? 0 : keeping.bytes());
    }

    /** The number of nodes visited since the last {@link #of} or {@link #ofFew} began. */
    long visited() {
        return walk.visited();
    }
}
