// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.TripleIndex;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic automaton over {@link CharacterClasses} as one dense table. State 0 is the start, if there are states at
 * all; each leads to an outcome. Immutable.
 */
@FastPath(oracle = "StringAlternativesTest")
public final class DenseAutomaton {

    /** Stands for a state of a part that no longer matters. */
    private static final int IRRELEVANT = -2;

    /** Classes followed in a unit of work. */
    private static final int CLASSES_A_UNIT = 32;

    private final int classes;
    private final int[] next;
    private final int[] outcome;

    /**
     * An automaton.
     *
     * @param next by state and class the next state, or {@link CharacterAutomaton#NONE}
     * @param outcome by state, or {@link CharacterAutomaton#NONE}
     */
    public DenseAutomaton(int classes, int[] next, int[] outcome) {
        this.classes = classes;
        this.next = next;
        this.outcome = outcome;
    }

    /** Nothing. */
    public static DenseAutomaton none(int classes) {
        return new DenseAutomaton(classes, new int[0], new int[0]);
    }

    /** Every text, with an outcome. */
    public static DenseAutomaton all(int classes, int outcome) {
        return new DenseAutomaton(classes, new int[classes], new int[] {outcome});
    }

    /** The table of an automaton, over classes that are fine enough for it. */
    public static DenseAutomaton of(CharacterAutomaton automaton, CharacterClasses classes, WorkBudget budget) {
        int count = classes.count();
        int[] next = new int[automaton.states() * count];
        int[] outcome = new int[automaton.states()];
        for (int state = 0; state < outcome.length; state++) {
            budget.spend(1 + count / CLASSES_A_UNIT);
            outcome[state] = automaton.outcome(state);
            for (int c = 0; c < count; c++) {
                next[state * count + c] = automaton.next(state, classes.member(c));
            }
        }
        return new DenseAutomaton(count, next, outcome);
    }

    /** This automaton over characters; it must be minimal. */
    public CharacterAutomaton spelled(CharacterClasses alphabet, WorkBudget budget) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget);
        for (int state = 0; state < outcome.length; state++) {
            builder.add(outcome[state]);
            builder.transitions(state, alphabet.ranges(next, state * classes));
        }
        return builder.finishMinimal();
    }

    public int states() {
        return outcome.length;
    }

    int classes() {
        return classes;
    }

    public int next(int state, int number) {
        return next[state * classes + number];
    }

    public int outcome(int state) {
        return state < 0 ? CharacterAutomaton.NONE : outcome[state];
    }

    /** The outcome of a text by those that three automata have, each {@link CharacterAutomaton#NONE} where it has none. */
    public interface Outcome {
        int of(int first, int second, int third);
    }

    /** The choice {@code test ? yes : no} of three automata; null if there are too many states. */
    public static @Nullable DenseAutomaton choice(
            DenseAutomaton test, DenseAutomaton yes, DenseAutomaton no, int most, WorkBudget budget) {
        return product(test, yes, no, (first, second, third) -> first >= 0 ? second : third, true, most, budget);
    }

    /** The product of two automata; null if there are too many states. */
    public static @Nullable DenseAutomaton product(
            DenseAutomaton one, DenseAutomaton other, Outcome outcome, int most, WorkBudget budget) {
        return product(none(one.classes), one, other, outcome, false, most, budget);
    }

    private static @Nullable DenseAutomaton product(
            DenseAutomaton test,
            DenseAutomaton yes,
            DenseAutomaton no,
            Outcome outcome,
            boolean choice,
            int most,
            WorkBudget budget) {
        int classes = test.classes;
        BitSet universal = choice ? test.universal() : new BitSet(0);
        TripleIndex tuples = new TripleIndex();
        int[] next = new int[16 * classes];
        int[] outcomes = new int[16];
        if (tuple(tuples, universal, choice, test.start(), yes.start(), no.start()) < 0) {
            return none(classes);
        }
        for (int state = 0; state < tuples.size(); state++) {
            if (tuples.size() > most) {
                return null;
            }
            if (state == outcomes.length) {
                budget.checkMemory(2L * Integer.BYTES * next.length);
                next = Arrays.copyOf(next, Math.multiplyExact(2, next.length));
                outcomes = Arrays.copyOf(outcomes, 2 * state);
            }
            budget.spend(1 + classes / CLASSES_A_UNIT);
            int first = tuples.part(state, 0);
            int second = tuples.part(state, 1);
            int third = tuples.part(state, 2);
            outcomes[state] = outcome.of(test.outcome(first), yes.outcome(second), no.outcome(third));
            for (int c = 0; c < classes; c++) {
                next[state * classes + c] = tuple(
                        tuples,
                        universal,
                        choice,
                        first < 0 ? first : test.next(first, c),
                        second < 0 ? second : yes.next(second, c),
                        third < 0 ? third : no.next(third, c));
            }
        }
        int size = tuples.size();
        return Hopcroft.minimised(
                new DenseAutomaton(classes, Arrays.copyOf(next, size * classes), Arrays.copyOf(outcomes, size)),
                budget);
    }

    /** The number of a state of a product; {@link CharacterAutomaton#NONE} for one without outcome. */
    private static int tuple(TripleIndex tuples, BitSet universal, boolean choice, int first, int second, int third) {
        int yes = choice && first == CharacterAutomaton.NONE ? IRRELEVANT : second;
        int no = first >= 0 && universal.get(first) ? IRRELEVANT : third;
        return yes < 0 && no < 0 ? CharacterAutomaton.NONE : tuples.add(first, yes, no);
    }

    private int start() {
        return outcome.length == 0 ? CharacterAutomaton.NONE : 0;
    }

    /** The states from which every text leads to an outcome, in a minimal automaton with one outcome. */
    private BitSet universal() {
        BitSet universal = new BitSet();
        for (int state = 0; state < outcome.length; state++) {
            boolean stays = outcome[state] >= 0;
            for (int c = 0; c < classes && stays; c++) {
                stays = next(state, c) == state;
            }
            universal.set(state, stays);
        }
        return universal;
    }
}
