// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.schemas.characters.CharacterAutomaton;
import java.util.BitSet;
import java.util.function.IntPredicate;

/** The states of an automaton over characters that plain text, which has neither quotation marks, backslashes nor controls, cannot leave. */
final class PlainStates {

    private final CharacterAutomaton automaton;
    private final BitSet states = new BitSet();

    private PlainStates(CharacterAutomaton automaton) {
        this.automaton = automaton;
    }

    /**
     * The largest set of states, all of a kind, from which every plain character leads back into the set. Cost: states times transitions at
     * worst.
     *
     * @param kind which states may be in the set
     */
    static BitSet of(CharacterAutomaton automaton, IntPredicate kind) {
        PlainStates found = new PlainStates(automaton);
        for (int state = 0; state < automaton.states(); state++) {
            found.states.set(state, found.readsAllPlain(state) && kind.test(state));
        }
        while (found.removeLeaving()) {
            // one removal can make another state leave
        }
        return found.states;
    }

    private boolean removeLeaving() {
        boolean changed = false;
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
            if (leaves(state)) {
                states.clear(state);
                changed = true;
            }
        }
        return changed;
    }

    private boolean leaves(int state) {
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
            if (!states.get(automaton.target(r)) && hasPlain(automaton.first(r), automaton.last(r))) {
                return true;
            }
        }
        return false;
    }

    private boolean readsAllPlain(int state) {
        int expected = 0x20;
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
            int first = automaton.first(r);
            if (first > expected && !isGap(expected, first)) {
                return false;
            }
            expected = Math.max(expected, automaton.last(r) + 1);
        }
        return expected > Character.MAX_CODE_POINT;
    }

    /** Whether only characters that are not plain lie between two. */
    private static boolean isGap(int from, int to) {
        for (int c = from; c < to; c = c == 0xD800 ? 0xE000 : c + 1) {
            if (c != '"' && c != '\\' && c != 0xD800) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasPlain(int first, int last) {
        int from = Math.max(first, 0x20);
        return from <= last && !(from == last && (from == '"' || from == '\\'));
    }
}
