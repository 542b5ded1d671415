// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The greatest number of closing parentheses that the texts of an automaton still have room for. A text with more open groups can never
 * become a regular expression. Immutable.
 */
public final class ClosingRoom {

    /** The number of states above which an automaton is taken to have room for any number. */
    private static final int MAX_STATES = 1 << 10;

    private static final int DEAD = -1;

    private final int[] most;

    private ClosingRoom(int[] most) {
        this.most = most;
    }

    /**
     * The room of an automaton. Cost: at most the square of its states.
     *
     * @param ends whether texts with an outcome count
     */
    public static ClosingRoom of(CharacterAutomaton automaton, IntPredicate ends) {
        int[] most = new int[automaton.states()];
        if (most.length > MAX_STATES) {
            Arrays.fill(most, Integer.MAX_VALUE);
            return new ClosingRoom(most);
        }
        Arrays.setAll(most, state -> {
            int outcome = automaton.outcome(state);
            return outcome >= 0 && ends.test(outcome) ? 0 : DEAD;
        });
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = most.length - 1; state >= 0; state--) {
                int now = most[state];
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    int behind = most[automaton.target(r)];
                    boolean closes = automaton.first(r) <= ')' && ')' <= automaton.last(r);
                    // more than there are states: some of them is met again
                    int all = closes && behind >= 0 ? behind + 1 : behind;
                    now = Math.max(now, behind == Integer.MAX_VALUE || all > most.length ? Integer.MAX_VALUE : all);
                }
                changed |= now != most[state];
                most[state] = now;
            }
        }
        return new ClosingRoom(most);
    }

    /** True if {@code closing} parentheses may follow a state. */
    public boolean has(int state, int closing) {
        return state < 0 || closing <= most[state];
    }
}
