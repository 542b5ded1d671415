// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that only restricts the length and the set of characters, such as {@code ^.{60}$}. Combined with other patterns, a counted
 * length makes fewer states than one written out as an automaton.
 *
 * @param characters every text of these characters
 * @param intervals the least length and the largest of each interval, in turn; the last one may have no end
 */
@FastPath(oracle = "LengthPatternTest")
public record LengthPattern(CharacterAutomaton characters, List<Integer> intervals) {

    /** No end. */
    static final int ENDLESS = Integer.MAX_VALUE;

    private static final int MAX_INTERVALS = 4;

    /** The length pattern that an automaton accepts; null if it is none. Cost: its states. */
    static @Nullable LengthPattern of(CharacterAutomaton automaton, WorkBudget budget) {
        int states = automaton.states();
        List<Integer> intervals = new ArrayList<>();
        boolean before = false;
        int state = automaton.start();
        for (int length = 0; state >= 0 && length < states; length++) {
            budget.step();
            boolean accepts = automaton.outcome(state) >= 0;
            if (accepts != before) {
                intervals.add(accepts ? length : length - 1);
            }
            before = accepts;
            int from = automaton.rangeStart(state);
            int to = automaton.rangeEnd(state);
            if (from < to && !isLike(automaton, from, to)) {
                return null;
            }
            int next = from < to ? automaton.target(from) : -1;
            if (next >= 0 && next <= state && (next != state || !accepts)) {
                return null;
            }
            if (next < 0 || next == state) {
                if (before) {
                    intervals.add(next < 0 ? length : ENDLESS);
                }
                boolean isWhole = length == states - 1 && intervals.size() <= 2 * MAX_INTERVALS;
                return isWhole ? new LengthPattern(loop(automaton, budget), List.copyOf(intervals)) : null;
            }
            state = next;
        }
        return null;
    }

    /** Whether a state reads the characters that the first one reads, and they all lead to one state. */
    private static boolean isLike(CharacterAutomaton automaton, int from, int to) {
        int first = automaton.rangeStart(0);
        boolean isLike = to - from == automaton.rangeEnd(0) - first;
        for (int r = from; isLike && r < to; r++) {
            isLike = automaton.target(r) == automaton.target(from)
                    && automaton.first(r) == automaton.first(first + r - from)
                    && automaton.last(r) == automaton.last(first + r - from);
        }
        return isLike;
    }

    private static CharacterAutomaton loop(CharacterAutomaton automaton, WorkBudget budget) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget);
        int only = builder.add(0);
        int[] triples = new int[3 * (automaton.rangeEnd(0) - automaton.rangeStart(0))];
        for (int i = 0; i < triples.length; i += 3) {
            triples[i] = automaton.first(automaton.rangeStart(0) + i / 3);
            triples[i + 1] = automaton.last(automaton.rangeStart(0) + i / 3);
            triples[i + 2] = only;
        }
        builder.transitions(only, triples);
        return builder.finish();
    }

    /** This pattern as a diagram over atoms of strings. */
    int truth(Diagrams diagrams, Atoms atoms) {
        int[] lengths = new int[intervals.size() / 2];
        Arrays.setAll(lengths, i -> {
            int least = intervals.get(2 * i);
            int most = intervals.get(2 * i + 1);
            int from = least == 0 ? Diagrams.ZERO : atoms.truth(new Atom.Length(least));
            return most == ENDLESS ? from : diagrams.and(from, atoms.not(new Atom.Length(most + 1)));
        });
        boolean isFree = characters.equals(CharacterAutomaton.ALL);
        int text = isFree ? Diagrams.ZERO : atoms.truth(new Atom.Text(characters));
        return diagrams.and(text, diagrams.or(lengths));
    }

    /**
     * A diagram over atoms of strings with its length patterns replaced by counted lengths, if they are not short and there are other
     * patterns beside them.
     */
    public static int counted(Diagrams diagrams, Atoms atoms, int diagram, int fewest, WorkBudget budget) {
        List<Integer> texts = diagrams.support(diagram).stream()
                .filter(variable -> atoms.get(variable) instanceof Atom.Text)
                .boxed()
                .toList();
        int counted = diagram;
        for (int variable : texts.size() > 1 ? texts : List.<Integer>of()) {
            CharacterAutomaton language = ((Atom.Text) atoms.get(variable)).language();
            LengthPattern length = language.states() >= fewest ? of(language, budget) : null;
            if (length != null) {
                int truth = length.truth(diagrams, atoms);
                counted = diagrams.choose(
                        truth, diagrams.restrict(counted, variable, true), diagrams.restrict(counted, variable, false));
            }
        }
        return counted;
    }
}
