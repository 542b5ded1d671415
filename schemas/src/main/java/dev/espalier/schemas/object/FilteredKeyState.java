// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyFilter;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.NearestClasses;
import dev.espalier.schemas.key.TakenKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ContainerState;
import dev.espalier.schemas.work.LanguageLock;

/**
 * A state inside a key of an object whose keys must also pass a {@link KeyFilter}.
 *
 * @param plain the key as its object's frame reads it
 * @param filter the filter
 * @param at the key as the filter reads it, up to the last whole character
 */
public record FilteredKeyState(KeyState plain, KeyFilter filter, KeyFilter.At at) implements ContainerState, TextView {

    private static final int ASCII = 0x80;

    /** The state after the opening quotation mark. */
    static FilteredKeyState start(KeySearch search, KeyFilter filter) {
        return new FilteredKeyState(KeyState.start(search), filter, filter.start());
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!plain.mayRead(symbol)) {
            return;
        }
        try (LanguageLock held = plain.frame().language().lock().enter()) {
            int read = JsonCharacters.next(plain.spelling(), symbol);
            plain.moves(symbol, new Moves() {
                @Override
                public void stay(State next) {
                    boolean isWhole = read <= JsonCharacters.CHARACTER;
                    if (next instanceof KeyState inside) {
                        KeyFilter.At then = isWhole ? filter.next(at, JsonCharacters.CHARACTER - read) : at;
                        FilteredKeyState filtered = new FilteredKeyState(inside, filter, then);
                        if (filtered.isViable()) {
                            moves.stay(filtered);
                        }
                    } else if (filter.passes(at)) {
                        moves.stay(next);
                    }
                }

                @Override
                public void push(State callee, State returnState) {
                    moves.push(callee, returnState);
                }
            });
        }
    }

    /** Whether some key can be completed that passes. Callers must hold the lock. */
    boolean isViable() {
        if (plain.spelling() == JsonCharacters.PLAIN) {
            return isViable(plain.node(), plain.state(), at, plain.written());
        }
        return completions((node, state, then, text, bytes) -> isViable(node, state, then, text));
    }

    /** Receives what a character leads to. */
    private interface After {
        /** Whether that is enough. */
        boolean accept(int node, int state, KeyFilter.At at, String text, int bytes);
    }

    /** Visits the targets of the characters that a spelling can become, until one is accepted. */
    private boolean completions(After after) {
        KeyTree tree = plain.frame().tree();
        CharacterAutomaton automaton = plain.frame().classes().automaton();
        Completion completion = Completion.of(plain.spelling());
        int[] ranges = completion.ranges();
        String text = plain.written();
        for (int i = 0; i < completion.count(); i++) {
            int bytes = ranges[3 * i + 2];
            int last = ranges[3 * i + 1];
            for (int child = tree.firstChild(plain.node()); child >= 0; child = tree.nextSibling(child)) {
                int c = tree.symbol(child);
                boolean isIn = ranges[3 * i] <= c && c <= last;
                if (isIn
                        && after.accept(
                                child, automaton.next(plain.state(), c), filter.next(at, c), tree.text(child), bytes)) {
                    return true;
                }
            }
            int r = automaton.rangeFrom(plain.state(), ranges[3 * i]);
            for (; r < automaton.rangeEnd(plain.state()) && automaton.first(r) <= last; r++) {
                int c = Math.max(automaton.first(r), ranges[3 * i]);
                int to = Math.min(automaton.last(r), last);
                if (others(c, to, automaton.target(r), text, bytes, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Visits the characters of a range with which no name continues. Of those with one target, one more is visited than keys are used.
     */
    private boolean others(int first, int last, int state, String text, int bytes, After after) {
        KeyTree tree = plain.frame().tree();
        for (int c = first; c <= last; ) {
            int until = filter.alikeUntil(at, c, last);
            int tried = 0;
            for (; c <= until && tried <= plain.search().used().others().size(); c++) {
                if (tree.child(plain.node(), c) < 0) {
                    tried++;
                    String more = text + Character.toString(c);
                    if (after.accept(KeyTree.NONE, state, filter.next(at, c), more, bytes)) {
                        return true;
                    }
                }
            }
            c = until + 1;
        }
        return false;
    }

    private boolean isViable(int node, int state, KeyFilter.At then, String text) {
        KeySearch search = plain.search();
        KeyTree tree = plain.frame().tree();
        for (int rank = node < 0 ? 0 : tree.from(node); node >= 0 && rank < tree.to(node); rank++) {
            int name = tree.byRank(rank);
            if (passes(name) && search.name(name) != null) {
                return true;
            }
        }
        KeyClasses classes = plain.frame().classes();
        NearestClasses from = classes.from(state);
        for (int c = from.next(); c >= 0; c = from.next()) {
            if (search.keyClass(c) != null && filter.isLeft(classes, c, state, then, text, taken())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name passes; of the frame's own filter the frame knows. */
    private boolean passes(int name) {
        ObjectMembers frame = plain.frame();
        return filter == frame.filter() || filter.passes(frame.keys().text(name));
    }

    private TakenKeys taken() {
        return plain.frame().keys().taken(plain.search().used());
    }

    private Reach reach(int node, int state, KeyFilter.At then, String text) {
        ObjectMembers frame = plain.frame();
        KeyTree tree = frame.tree();
        int behind = 2 + frame.language().layout().gap();
        Reach reach = Reach.NONE;
        for (int rank = node < 0 ? 0 : tree.from(node); node >= 0 && rank < tree.to(node); rank++) {
            int name = tree.byRank(rank);
            Child child = passes(name) ? plain.search().name(name) : null;
            if (child != null) {
                int bytes = tree.bytes(name) - tree.bytesTo(node) + behind;
                reach = reach.or(frame.reachMember(child, plain.search().used(), name, "")
                        .plus(bytes));
            }
        }
        NearestClasses from = frame.classes().from(state);
        for (int c = from.next(); c >= 0; c = from.next()) {
            Child child = plain.search().keyClass(c);
            KeyClasses.Word word =
                    child == null ? null : filter.shortest(frame.classes(), c, state, then, text, taken());
            if (child != null && word != null) {
                reach = reach.or(frame.reachMember(child, plain.search().used(), -1 - c, word.text())
                        .plus(word.bytes() + behind));
            }
        }
        return reach;
    }

    /** The results reachable from here. */
    @Override
    public Reach reach() {
        try (LanguageLock held = plain.frame().language().lock().enter()) {
            if (plain.spelling() == JsonCharacters.PLAIN) {
                return reach(plain.node(), plain.state(), at, plain.written());
            }
            Reach[] reach = {Reach.NONE};
            completions((node, state, then, text, bytes) -> {
                reach[0] = reach[0].or(reach(node, state, then, text).plus(bytes));
                return false;
            });
            return reach[0];
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        return plain.mayRead(symbol);
    }

    @Override
    public TextView textView() {
        return this;
    }

    /** If any text is a key for the classes, the characters that the filter continues with. */
    @Override
    public SteadyText steadyText() {
        try (LanguageLock held = plain.frame().language().lock().enter()) {
            return plain.isAnyKey() && filter.isEndless(at)
                    ? new SteadyText(filter.steady(at), Integer.MAX_VALUE)
                    : SteadyText.NONE;
        }
    }

    /** The key forgets its text as its frame does; where a name is one of many keys, so it is to the filter if that is plain. */
    @Override
    public State within(Horizon horizon) {
        boolean isPlain = plain.spelling() == JsonCharacters.PLAIN;
        return isPlain && (plain.node() < 0 || filter.isEndless(at)) && plain.within(horizon) instanceof KeyState other
                ? new FilteredKeyState(other, filter, at)
                : this;
    }

    @Override
    public int like(int symbol, Horizon horizon) {
        if (plain.spelling() != JsonCharacters.PLAIN || symbol >= ASCII) {
            return symbol;
        }
        int like = filter.like(at, symbol);
        return like != symbol && plain.like(like, horizon) == plain.like(symbol, horizon) ? like : symbol;
    }
}
