// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * The suffix automaton of a row of letters: the smallest one whose paths from the start spell its factors, each once. State 0 is the start. All
 * transitions into a state read the same letter. Fewer than twice as many states as letters, fewer than three times as many transitions.
 *
 * <p>Source: Blumer and others, "The smallest automaton recognizing the subwords of a text" (1985).
 */
@FastPath(oracle = "SpanAutomatonTest")
final class SuffixAutomaton {

    /** Stands for: no state, or no edge. */
    static final int NONE = -1;

    /** Letters read in a unit of work. */
    private static final int LETTERS_A_UNIT = 4;

    private final int[] atStart;
    private int[] letter;
    private int[] length;
    private int[] link;
    private int[] head;
    private int states;
    private int[] edgeLetter;
    private int[] edgeTarget;
    private int[] edgeNext;
    private int edges;

    private SuffixAutomaton(int letters, int alphabet) {
        int guess = letters + letters / 2 + 2;
        letter = new int[guess];
        length = new int[guess];
        link = new int[guess];
        head = new int[guess];
        edgeLetter = new int[2 * guess];
        edgeTarget = new int[2 * guess];
        edgeNext = new int[2 * guess];
        atStart = new int[alphabet];
        Arrays.fill(atStart, NONE);
        link[add(NONE, 0)] = NONE;
    }

    /**
     * The automaton of a row of letters, each at least 0 and less than {@code alphabet}. Cost: linear in them for a bounded alphabet.
     *
     * @throws dev.espalier.core.error.LimitExceededException if the budget has too few states
     */
    static SuffixAutomaton of(int[] letters, int alphabet, WorkBudget budget) {
        budget.addStates(letters.length + 1L);
        SuffixAutomaton automaton = new SuffixAutomaton(letters.length, alphabet);
        int last = 0;
        for (int i = 0; i < letters.length; i++) {
            if (i % LETTERS_A_UNIT == 0) {
                budget.step();
            }
            last = automaton.extend(last, letters[i]);
        }
        budget.addStates(Math.max(0L, automaton.states - letters.length - 1L));
        return automaton;
    }

    private int add(int letterRead, int size) {
        if (states == letter.length) {
            int more = states + states / 2;
            letter = Arrays.copyOf(letter, more);
            length = Arrays.copyOf(length, more);
            link = Arrays.copyOf(link, more);
            head = Arrays.copyOf(head, more);
        }
        letter[states] = letterRead;
        length[states] = size;
        head[states] = NONE;
        return states++;
    }

    private int extend(int last, int c) {
        int current = add(c, length[last] + 1);
        int at = last;
        while (at != NONE && next(at, c) == NONE) {
            addEdge(at, c, current);
            at = link[at];
        }
        if (at == NONE) {
            link[current] = 0;
            return current;
        }
        int behind = next(at, c);
        link[current] = length[at] + 1 == length[behind] ? behind : split(at, c, behind);
        return current;
    }

    /** Gives the shorter texts of a state, those that end with a letter after a state, a state of their own. */
    private int split(int from, int c, int whole) {
        int clone = add(c, length[from] + 1);
        for (int edge = head[whole]; edge != NONE; edge = edgeNext[edge]) {
            addEdge(clone, edgeLetter[edge], edgeTarget[edge]);
        }
        link[clone] = link[whole];
        link[whole] = clone;
        for (int at = from; at != NONE && redirect(at, c, whole, clone); at = link[at]) {
            // all that led to the whole state with this letter are suffixes of each other
        }
        return clone;
    }

    private boolean redirect(int state, int c, int from, int to) {
        if (state == 0) {
            boolean isFrom = atStart[c] == from;
            atStart[c] = isFrom ? to : atStart[c];
        }
        for (int edge = head[state]; edge != NONE; edge = edgeNext[edge]) {
            if (edgeLetter[edge] == c) {
                boolean isFrom = edgeTarget[edge] == from;
                edgeTarget[edge] = isFrom ? to : edgeTarget[edge];
                return isFrom;
            }
        }
        return false;
    }

    private void addEdge(int state, int c, int target) {
        if (edges == edgeLetter.length) {
            int more = edges + edges / 2;
            edgeLetter = Arrays.copyOf(edgeLetter, more);
            edgeTarget = Arrays.copyOf(edgeTarget, more);
            edgeNext = Arrays.copyOf(edgeNext, more);
        }
        if (state == 0) {
            atStart[c] = target;
        }
        edgeLetter[edges] = c;
        edgeTarget[edges] = target;
        edgeNext[edges] = head[state];
        head[state] = edges++;
    }

    int states() {
        return states;
    }

    /** The state after a letter; {@link #NONE} if no factor goes on like that. Cost: linear in what may follow, but constant at the start. */
    int next(int state, int c) {
        if (state == 0) {
            return atStart[c];
        }
        int edge = head[state];
        while (edge != NONE && edgeLetter[edge] != c) {
            edge = edgeNext[edge];
        }
        return edge == NONE ? NONE : edgeTarget[edge];
    }

    /** The letter that leads to a state; {@link #NONE} for the start. */
    int letter(int state) {
        return letter[state];
    }

    /** The first transition of a state, or {@link #NONE}; in no order. */
    int firstEdge(int state) {
        return head[state];
    }

    /** The transition after another one of the same state, or {@link #NONE}. */
    int nextEdge(int edge) {
        return edgeNext[edge];
    }

    /** The letter of a transition. */
    int edgeLetter(int edge) {
        return edgeLetter[edge];
    }

    /** The state that a transition leads to. */
    int edgeTarget(int edge) {
        return edgeTarget[edge];
    }
}
