package dev.espalier.automata;

import dev.espalier.grammar.ByteString;
import java.util.HashMap;
import java.util.Map;

/** The literals of one choice as a prefix tree, so that fifty thousand words are not fifty thousand live states. */
final class LiteralTree {

    private final Nfa nfa;
    private final int root;
    private final int end;
    private final Map<Long, Integer> children = new HashMap<>();

    LiteralTree(Nfa nfa, int root, int end) {
        this.nfa = nfa;
        this.root = root;
        this.end = end;
    }

    void add(ByteString literal) {
        int length = literal.length();
        if (length == 0) {
            nfa.addEmpty(root, end);
            return;
        }
        int state = root;
        for (int i = 0; i < length - 1; i++) {
            int value = literal.at(i);
            long edge = ((long) state << 8) | value;
            Integer next = children.get(edge);
            if (next == null) {
                next = nfa.addState();
                nfa.addRange(state, value, value, next);
                children.put(edge, next);
            }
            state = next;
        }
        nfa.addRange(state, literal.at(length - 1), literal.at(length - 1), end);
    }
}
