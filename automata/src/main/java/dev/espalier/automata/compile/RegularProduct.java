// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.rule.Frames;
import dev.espalier.automata.rule.RuleFrame;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Intersection and difference of regular expressions over bytes: both sides are compiled apart, determinised, and run
 * in lock step; the product is written into the automaton that asked. What calls (recursion, large counters) is not
 * regular here and is refused by name.
 */
@FastPath(oracle = "RegularProductTest")
final class RegularProduct {

    private static final int DEAD = -1;

    private record Pair(int left, int right) {}

    private final boolean difference;
    private final RuleFrame left;
    private final RuleFrame right;
    private final Nfa nfa;
    private final int to;
    private final WorkBudget budget;
    private final Map<Pair, Integer> states = new HashMap<>();
    private final ArrayDeque<Pair> pending = new ArrayDeque<>();

    private RegularProduct(boolean difference, RuleFrame left, RuleFrame right, Nfa nfa, int to, WorkBudget budget) {
        this.difference = difference;
        this.left = left;
        this.right = right;
        this.nfa = nfa;
        this.to = to;
        this.budget = budget;
    }

    /** Connects two states by the texts of an {@link Expression.Intersection} or {@link Expression.Difference}. */
    static void add(Expression expression, RuleTable rules, Nfa nfa, int from, int to, WorkBudget budget) {
        boolean difference = expression instanceof Expression.Difference;
        Expression left;
        Expression right;
        if (expression instanceof Expression.Difference both) {
            left = both.left();
            right = both.right();
        } else if (expression instanceof Expression.Intersection both) {
            left = both.left();
            right = both.right();
        } else {
            throw new IllegalArgumentException("not a product: " + expression);
        }
        RuleFrame leftFrame = frame(left, rules, budget);
        RuleFrame rightFrame = frame(right, rules, budget);
        Pair start = new Pair(leftFrame.startRow(rules.mayBeEmpty(left)), rightFrame.startRow(rules.mayBeEmpty(right)));
        new RegularProduct(difference, leftFrame, rightFrame, nfa, to, budget).run(from, start);
    }

    private static RuleFrame frame(Expression side, RuleTable rules, WorkBudget budget) {
        Grammar alone = new Grammar("", rules.with("", side));
        ExpressionCompiler compiled = new ExpressionCompiler(alone, Map.of(), true, budget);
        RuleGraph graph = compiled.graph();
        boolean regular =
                graph.callees().size() == 1 && compiled.specialTokens().isEmpty();
        if (!regular) {
            throw new UnsupportedFeatureException(
                    "Intersection/Difference",
                    "both sides must be regular: no recursion, no large counters, no special tokens, no external frames",
                    Place.UNKNOWN);
        }
        Frames frames = new Frames(graph, new Lengths(graph, budget), budget);
        return new RuleFrame(frames, graph.ends().get(0)[0], graph.ends().get(0)[1]);
    }

    private void run(int from, Pair start) {
        int first = stateOf(start);
        nfa.addEmpty(from, first);
        while (!pending.isEmpty()) {
            budget.step();
            Pair pair = pending.remove();
            int state = stateOf(pair);
            if (accepts(pair)) {
                nfa.addEmpty(state, to);
            }
            addEdges(pair, state);
        }
    }

    private void addEdges(Pair pair, int state) {
        int low = 0;
        Pair reached = after(pair, 0);
        for (int value = 1; value <= State.SPECIAL; value++) {
            Pair next = value == State.SPECIAL ? new Pair(DEAD, DEAD) : after(pair, value);
            if (value == State.SPECIAL || !next.equals(reached)) {
                if (reached.left != DEAD && (difference || reached.right != DEAD)) {
                    nfa.addRange(state, low, value - 1, stateOf(reached));
                }
                low = value;
                reached = next;
            }
        }
    }

    private Pair after(Pair pair, int value) {
        int nextLeft = left.next(pair.left, value);
        int nextRight = pair.right == DEAD ? DEAD : right.next(pair.right, value);
        return new Pair(nextLeft, nextRight);
    }

    private boolean accepts(Pair pair) {
        boolean inLeft = left.accepts(pair.left);
        boolean inRight = pair.right != DEAD && right.accepts(pair.right);
        return inLeft && (difference != inRight);
    }

    private int stateOf(Pair pair) {
        Integer known = states.get(pair);
        if (known == null) {
            known = nfa.addState();
            states.put(pair, known);
            pending.add(pair);
        }
        return known;
    }
}
