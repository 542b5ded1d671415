// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.NearestClasses;
import dev.espalier.schemas.key.TakenKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import java.util.Set;

/**
 * The results of an object that can be reached from a beginning of a key, each with the bytes of the shortest text to it. Guarded by the
 * language's lock.
 */
final class KeyReach {

    private final KeySearch keys;
    private final ObjectMembers frame;
    private Set<Integer> results = Set.of();

    KeyReach(KeySearch keys) {
        this.keys = keys;
        this.frame = keys.frame();
    }

    /** The results reachable from a beginning. */
    Reach from(int node, int state, String text) {
        Layout layout = frame.language().layout();
        boolean isAnyKey = node == 0
                && text.isEmpty()
                && state == frame.classes().automaton().start();
        if (isAnyKey && frame.filter() == null && frame.alternatives().isEmpty() && frame.result(keys.core()) < 0) {
            // a member must come, and which comes first makes no difference
            return frame.reach(keys.core(), keys.used()).plus(-2 - layout.line(1));
        }
        KeyTree tree = frame.tree();
        int behind = 2 + layout.gap();
        Reach reach = Reach.NONE;
        for (int rank = node < 0 ? 0 : tree.from(node); node >= 0 && rank < tree.to(node); rank++) {
            int name = tree.byRank(rank);
            Child child = keys.name(name);
            if (child != null) {
                int bytes = tree.bytes(name) - tree.bytesTo(node) + behind;
                reach = reach.or(frame.reachMember(child, keys.used(), name, "").plus(bytes));
            }
        }
        NearestClasses nearest = frame.classes().from(state);
        for (int c = nearest.next(); c >= 0 && !isLeast(reach, nearest.bytes() + behind); c = nearest.next()) {
            Child child = keys.isLeft(c, node, state, text) ? keys.keyClass(c) : null;
            if (child != null) {
                KeyClasses.Word word = shortest(c, nearest, state, keys.written(node, text));
                reach = reach.or(frame.reachMember(child, keys.used(), -1 - c, word.text())
                        .plus(word.bytes() + behind));
            }
        }
        return reach;
    }

    /** The results reachable after a character of a range. */
    Reach from(int node, int state, String text, int first, int last) {
        KeyTree tree = frame.tree();
        CharacterAutomaton automaton = frame.classes().automaton();
        Reach reach = Reach.NONE;
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            int c = tree.symbol(child);
            if (first <= c && c <= last) {
                reach = reach.or(from(child, automaton.next(state, c), ""));
            }
        }
        for (int r = automaton.rangeFrom(state, first); r < automaton.rangeEnd(state); r++) {
            int tried = 0;
            int to = Math.min(last, automaton.last(r));
            for (int c = Math.max(first, automaton.first(r));
                    c <= to && tried <= keys.used().others().size();
                    c++) {
                if (tree.child(node, c) < 0) {
                    tried++;
                    String more = keys.written(node, text) + Character.toString(c);
                    reach = reach.or(from(KeyTree.NONE, automaton.target(r), more));
                }
            }
        }
        return reach;
    }

    /** True if all possible results are reached by no more bytes than the least that a longer key allows. */
    private boolean isLeast(Reach reach, int bytes) {
        int least = bytes + 2; // a value and the closing brace
        if (reach.isEmpty() || (!Diagrams.isEnd(keys.core().rest()) && results().size() > reach.size())) {
            return false;
        }
        for (int i = 0; i < reach.size(); i++) {
            if (reach.cost(i) > least) {
                return false;
            }
        }
        return true;
    }

    private Set<Integer> results() {
        if (results.isEmpty()) {
            results = frame.language().diagrams().ends(keys.core().rest());
        }
        return results;
    }

    /** The shortest key of a class, the one that a search has come to last, that is left and goes on from a beginning. */
    private KeyClasses.Word shortest(int keyClass, NearestClasses nearest, int state, String beginning) {
        TakenKeys taken = frame.keys().taken(keys.used());
        String text = beginning + nearest.text();
        return taken.contains(text)
                ? frame.classes().shortest(keyClass, state, beginning, taken)
                : new KeyClasses.Word(text, nearest.bytes());
    }
}
