// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.rule.Frames;
import dev.espalier.automata.rule.RuleFrame;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The way from the tokens of a grammar to the tables of its lexer: all kinds of tokens as one deterministic automaton. */
final class LexerCompiler {

    private LexerCompiler() {}

    /**
     * The tables of a grammar's lexer, in which tokens are numbered as in the grammar.
     *
     * @throws UnsupportedFeatureException if a token may be empty, or is not regular
     */
    static LexerTable compile(LexedGrammar grammar, WorkBudget budget) {
        RuleFrame rows = rows(grammar, budget);
        List<Integer> known = new ArrayList<>(List.of(rows.startRow(false)));
        Map<Integer, Integer> numbers = new HashMap<>(Map.of(known.get(0), 0));
        List<int[]> next = new ArrayList<>();
        List<Integer> token = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            budget.addStates(1);
            int row = known.get(i);
            int[] targets = new int[State.SPECIAL];
            for (int value = 0; value < targets.length; value++) {
                int reached = rows.next(row, value);
                targets[value] = reached < 0
                        ? LexerTable.NONE
                        : numbers.computeIfAbsent(reached, none -> {
                            known.add(reached);
                            return known.size() - 1;
                        });
            }
            next.add(targets);
            token.add(rows.specials(row).min().orElse(State.SPECIAL + LexerTable.NONE) - State.SPECIAL);
        }
        if (token.get(0) >= 0) {
            String name = grammar.tokens().get(token.get(0)).name();
            throw new UnsupportedFeatureException(name, "the token \"" + name + "\" may be empty", Place.UNKNOWN);
        }
        return LexerTable.of(next, token, budget);
    }

    /** The determinised rows of all tokens, each followed by a symbol that says which it is. */
    private static RuleFrame rows(LexedGrammar grammar, WorkBudget budget) {
        List<Expression> marked = new ArrayList<>();
        for (int i = 0; i < grammar.tokens().size(); i++) {
            Expression mark = new Expression.SpecialToken("", i);
            marked.add(Expression.Sequence.of(grammar.tokens().get(i).text(), mark));
        }
        Grammar all = Grammar.of(new Expression.Choice(marked));
        ExpressionCompiler compiled = new ExpressionCompiler(all, Map.of(), true, budget);
        RuleGraph graph = compiled.graph();
        if (graph.callees().size() > 1) {
            throw new UnsupportedFeatureException(
                    "tokens", "a token counts further than limits allow, or is not regular", Place.UNKNOWN);
        }
        Frames frames = new Frames(graph, new Lengths(graph, budget), budget);
        return new RuleFrame(frames, graph.ends().get(0)[0], graph.ends().get(0)[1]);
    }
}
