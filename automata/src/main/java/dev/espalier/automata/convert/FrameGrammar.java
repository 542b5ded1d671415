// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.convert;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.convert.CharacterSteps.Push;
import dev.espalier.automata.convert.CharacterSteps.Row;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The grammar of an automaton whose frames have few states: a rule for each state and each result with which its frame may end. A state that reads a character
 * and goes on is {@code rule ::= [c] next}; one that calls a frame is {@code rule ::= callee next}; one that may end is {@code rule ::= ""}.
 * The construction follows the contract of {@link State} alone, so that it is exact for every frame, and finite for those that do not keep what they read.
 */
public final class FrameGrammar {

    /** Frames with more states are refused. */
    private static final int MOST_STATES = 10_000;

    private record Goal(State state, int result) {}

    private final CharacterSteps characters = new CharacterSteps();
    private final Map<State, Row> rows = new HashMap<>();
    private final Map<Goal, String> names = new HashMap<>();
    private final Deque<Goal> open = new ArrayDeque<>();
    private final WorkBudget budget;

    private FrameGrammar(WorkBudget budget) {
        this.budget = budget;
    }

    /**
     * The grammar of an automaton without special tokens. Cost: some thousand steps for each state.
     *
     * @throws UnsupportedFeatureException if the frames have more than some 10,000 states, as those that keep keys or items have, or there are special tokens
     * @throws dev.espalier.core.error.EspalierException the family's timeout and cancellation as {@code budget} says
     */
    public static Grammar of(PushdownAutomaton automaton, WorkBudget budget) {
        if (!automaton.specialTokens().isEmpty()) {
            throw new UnsupportedFeatureException(
                    "special token", "frames with special tokens cannot be written as rules", Place.UNKNOWN);
        }
        return new FrameGrammar(budget).grammar(automaton.start());
    }

    private Grammar grammar(State start) {
        List<Expression> roots = new ArrayList<>();
        for (int result : start.goal()) {
            roots.add(reference(start, result));
        }
        Map<String, Expression> rules = new LinkedHashMap<>();
        rules.put("root", new Choice(roots));
        while (!open.isEmpty()) {
            Goal goal = open.remove();
            rules.put(names.getOrDefault(goal, ""), new Choice(alternatives(goal)));
        }
        return InlinedRules.of(new Grammar("root", rules));
    }

    private RuleReference reference(State state, int result) {
        Goal goal = new Goal(state, result);
        String known = names.get(goal);
        if (known == null) {
            if (names.size() >= MOST_STATES) {
                throw new UnsupportedFeatureException(
                        "frame",
                        "the frame cannot be written as rules: it has more than " + MOST_STATES + " states",
                        Place.UNKNOWN);
            }
            known = "s" + (names.size() + 1);
            names.put(goal, known);
            open.add(goal);
        }
        return new RuleReference(known);
    }

    private List<Expression> alternatives(Goal goal) {
        budget.step();
        State state = goal.state();
        int result = goal.result();
        List<Expression> alternatives = new ArrayList<>();
        for (int end : state.results()) {
            if (end == result) {
                alternatives.add(Expression.EMPTY);
            }
        }
        Row row = rows.get(state);
        if (row == null) {
            row = characters.of(state);
            rows.put(state, row);
        }
        row.steps().forEach((next, members) -> {
            if (canEnd(next, result)) {
                alternatives.add(Sequence.of(terminal(members), reference(next, result)));
            }
        });
        for (Push push : row.pushes()) {
            for (int answer : push.callee().goal()) {
                for (State next : resumed(push.then(), answer)) {
                    if (canEnd(next, result)) {
                        alternatives.add(Sequence.of(reference(push.callee(), answer), reference(next, result)));
                    }
                }
            }
        }
        return alternatives;
    }

    private static boolean canEnd(State state, int result) {
        return state.distance(result) < Integer.MAX_VALUE;
    }

    private static Expression terminal(CodePoints members) {
        boolean isOne = members.rangeCount() == 1 && members.first(0) == members.last(0);
        return isOne ? Literal.of(Character.toString(members.first(0))) : new CharacterClass(members);
    }

    private static List<State> resumed(State state, int result) {
        List<State> resumed = new ArrayList<>();
        state.resume(result, new State.Moves() {
            @Override
            public void stay(State next) {
                resumed.add(next);
            }

            @Override
            public void push(State callee, State returnState) {
                throw new IllegalStateException("resume only stays");
            }
        });
        return resumed;
    }
}
