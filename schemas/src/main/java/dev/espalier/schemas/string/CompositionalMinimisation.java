// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterClasses;
import dev.espalier.schemas.characters.DenseAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bottom-up construction of the automaton of a decision diagram whose variables are automata. A node is a choice between the automata
 * of its branches, and only the minimal automaton of each node is used by the next one. Where a text that contains one of twenty words
 * may go on as it likes, no more than that is ever remembered; a product of all twenty counts their subsets first.
 *
 * <p>Source: Graf, Steffen, "Compositional minimization of finite state
 * systems" (1990); Klarlund, Møller, "MONA implementation secrets" (2000), for decision diagrams of automata.
 */
@FastPath(oracle = "StringAlternativesTest")
final class CompositionalMinimisation {

    private final Diagrams diagrams;
    private final IntFunction<@Nullable CharacterAutomaton> texts;
    private final int most;

    /** The limit on the cells of all tables: a quarter of what a compilation may keep. */
    private final long mostCells;

    private final WorkBudget budget;
    private final CharacterClasses classes;
    private final Map<CharacterAutomaton, DenseAutomaton> tables = new HashMap<>();
    private final IntArrayIndex ends = new IntArrayIndex();
    private long cells;

    /**
     * @param texts by variable the texts for which it is true; null where that is for the outcome to say
     * @param automata all automata that there are
     * @param most states of any automaton on the way, before it is made small
     */
    CompositionalMinimisation(
            Diagrams diagrams,
            IntFunction<@Nullable CharacterAutomaton> texts,
            List<CharacterAutomaton> automata,
            int most,
            WorkBudget budget) {
        this.diagrams = diagrams;
        this.texts = texts;
        this.most = most;
        this.mostCells = budget.limits().maxCompileBytes() / 16;
        this.budget = budget;
        this.classes = CharacterClasses.of(automata, budget);
    }

    /** The classes that all automata are over. */
    CharacterClasses classes() {
        return classes;
    }

    /** By outcome what is left of each diagram: it depends on no automaton any more. */
    int[] end(int outcome) {
        return ends.get(outcome);
    }

    /**
     * Several diagrams at once.
     *
     * @return the texts for which one of them is not dead, by what is left of each; null for too many states
     */
    @Nullable
    DenseAutomaton of(int[] roots) {
        IntArrayIndex nodes = new IntArrayIndex();
        List<DenseAutomaton> done = new ArrayList<>();
        List<int[]> open = new ArrayList<>(List.of(roots));
        while (!open.isEmpty()) {
            int[] node = open.get(open.size() - 1);
            int variable = Arrays.stream(node).map(diagrams::top).min().orElse(Integer.MAX_VALUE);
            if (variable == Integer.MAX_VALUE) {
                nodes.add(node);
                done.add(end(node));
                open.remove(open.size() - 1);
                continue;
            }
            int[] no = branches(node, variable, false);
            int[] yes = branches(node, variable, true);
            int ifFalse = nodes.find(no);
            int ifTrue = nodes.find(yes);
            if (ifFalse < 0 || ifTrue < 0) {
                open.add(ifFalse < 0 ? no : yes);
                continue;
            }
            DenseAutomaton made = node(variable, done.get(ifFalse), done.get(ifTrue));
            if (made == null) {
                return null;
            }
            cells += (long) made.states() * classes.count();
            nodes.add(node);
            done.add(made);
            open.remove(open.size() - 1);
        }
        return done.get(nodes.find(roots));
    }

    private int[] branches(int[] node, int variable, boolean value) {
        return Arrays.stream(node)
                .map(one -> diagrams.top(one) == variable ? diagrams.branch(one, value) : one)
                .toArray();
    }

    private DenseAutomaton end(int[] left) {
        return Arrays.stream(left).allMatch(one -> one == Diagrams.DEAD)
                ? DenseAutomaton.none(classes.count())
                : DenseAutomaton.all(classes.count(), outcome(left));
    }

    private int outcome(int[] left) {
        return ends.add(left);
    }

    private @Nullable DenseAutomaton node(int variable, DenseAutomaton ifFalse, DenseAutomaton ifTrue) {
        CharacterAutomaton text = texts.apply(variable);
        if (text == null) {
            return DenseAutomaton.product(
                    ifFalse, ifTrue, (none, no, yes) -> undecided(variable, no, yes), most(), budget);
        }
        DenseAutomaton test = tables.computeIfAbsent(text, made -> DenseAutomaton.of(made, classes, budget));
        return DenseAutomaton.choice(test, ifTrue, ifFalse, most(), budget);
    }

    private int most() {
        return (int) Math.min(most, (mostCells - cells) / classes.count());
    }

    /** The outcome that leaves a variable to be decided. */
    private int undecided(int variable, int ifFalse, int ifTrue) {
        int[] left = new int[ends.get(0).length];
        for (int i = 0; i < left.length; i++) {
            int no = ifFalse < 0 ? Diagrams.DEAD : ends.get(ifFalse)[i];
            int yes = ifTrue < 0 ? Diagrams.DEAD : ends.get(ifTrue)[i];
            left[i] = diagrams.choose(diagrams.variable(variable), yes, no);
        }
        return ifFalse < 0 && ifTrue < 0 ? CharacterAutomaton.NONE : outcome(left);
    }
}
