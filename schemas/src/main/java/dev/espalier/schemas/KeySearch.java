package dev.espalier.schemas;

/**
 * Which keys of an object can follow a beginning of a key. A beginning is a node of the tree of names, or, off the tree,
 * a text; beside it the state of the classes' automaton.
 *
 * @param frame the object's frame
 * @param core what is left to decide
 * @param used the keys that cannot come any more
 */
record KeySearch(ObjectFrame frame, Core core, UsedKeys used) {

    /** The text of a beginning. */
    private String written(int node, String text) {
        return node < 0 ? text : frame.tree().text(node);
    }

    /** Whether some key can be completed. */
    boolean isViable(int node, int state, String text) {
        if (isNameViable(node)) {
            return true;
        }
        for (int c = 0; c < frame.classes().size(); c++) {
            if (isLeft(c, node, state, text) && frame.classLive(core, used, c) != null) {
                return true;
            }
        }
        return false;
    }

    private boolean isLeft(int keyClass, int node, int state, String text) {
        int count = frame.classes().count(keyClass, state);
        return count == KeyClasses.ENDLESS
                || (count > 0 && count > frame.keys().taken(keyClass, written(node, text), used));
    }

    private boolean isNameViable(int node) {
        KeyTree tree = frame.tree();
        for (int rank = node < 0 ? 0 : tree.from(node); node >= 0 && rank < tree.to(node); rank++) {
            int name = tree.byRank(rank);
            if (!used.has(name) && frame.live(core, used, name, "") != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether some key can be completed that goes on with a character of a range. */
    boolean isViable(int node, int state, String text, int first, int last) {
        KeyTree tree = frame.tree();
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            int c = tree.symbol(child);
            if (first <= c && c <= last && isNameViable(child)) {
                return true;
            }
        }
        for (int c = 0; c < frame.classes().size(); c++) {
            if (isLeft(c, node, state, text, first, last) && frame.classLive(core, used, c) != null) {
                return true;
            }
        }
        return false;
    }

    private boolean isLeft(int keyClass, int node, int state, String text, int first, int last) {
        CharacterAutomaton automaton = frame.classes().automaton();
        for (int r = automaton.rangeFrom(state, first); r < automaton.rangeEnd(state); r++) {
            int from = Math.max(first, automaton.first(r));
            int to = Math.min(last, automaton.last(r));
            int each = from > to ? 0 : frame.classes().count(keyClass, automaton.target(r));
            if (each == KeyClasses.ENDLESS) {
                return true;
            }
            for (int c = from; c <= to && each > 0; c++) {
                if (isLeft(keyClass, KeyTree.NONE, automaton.target(r), written(node, text) + Character.toString(c))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether every plain text can begin a key that is possible. */
    boolean takesAll() {
        return frame.classes().size() == 1 && !frame.keys().hasFiniteClass() && frame.classLive(core, used, 0) != null;
    }

    /** What can be reached from a beginning on. */
    Reach reach(int node, int state, String text) {
        KeyTree tree = frame.tree();
        Reach reach = Reach.NONE;
        for (int rank = node < 0 ? 0 : tree.from(node); node >= 0 && rank < tree.to(node); rank++) {
            int name = tree.byRank(rank);
            Child child = used.has(name) ? null : frame.live(core, used, name, "");
            if (child != null) {
                int bytes = tree.bytes(name) - tree.bytesTo(node) + 2;
                reach = reach.or(frame.reachValue(child, frame.keys().after(used, name, ""))
                        .plus(bytes));
            }
        }
        TakenKeys taken = frame.keys().taken(used);
        for (int c = 0; c < frame.classes().size(); c++) {
            Child child = isLeft(c, node, state, text) ? frame.classLive(core, used, c) : null;
            if (child != null) {
                KeyClasses.Word word = frame.classes()
                        .shortest(c, state, written(node, text), taken, 1)
                        .get(0);
                UsedKeys then = frame.keys().after(used, -1 - c, word.text());
                reach = reach.or(frame.reachValue(child, then).plus(word.bytes() + 2));
            }
        }
        return reach;
    }

    /** What can be reached from behind a character of a range on. */
    Reach reach(int node, int state, String text, int first, int last) {
        KeyTree tree = frame.tree();
        CharacterAutomaton automaton = frame.classes().automaton();
        Reach reach = Reach.NONE;
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            int c = tree.symbol(child);
            if (first <= c && c <= last) {
                reach = reach.or(reach(child, automaton.next(state, c), ""));
            }
        }
        for (int r = automaton.rangeFrom(state, first); r < automaton.rangeEnd(state); r++) {
            int tried = 0;
            int to = Math.min(last, automaton.last(r));
            for (int c = Math.max(first, automaton.first(r));
                    c <= to && tried <= used.others().size();
                    c++) {
                if (tree.child(node, c) < 0) {
                    tried++;
                    String more = written(node, text) + Character.toString(c);
                    reach = reach.or(reach(KeyTree.NONE, automaton.target(r), more));
                }
            }
        }
        return reach;
    }
}
