// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a grammar of tokens as a graph without left recursion, whose edges read tokens.
 *
 * @param rules the graph; tokens are special symbols
 * @param tokens by symbol, the kind of the token
 * @param mayBeEmpty whether a text without tokens is a sentence
 * @param blocks the tokens that indentation makes; null where it means nothing
 * @param modes of the lexer, by kind of block
 */
record TokenGraph(
        RuleGraph rules,
        int[] tokens,
        boolean mayBeEmpty,
        @Nullable BlockTokens blocks,
        List<BlockTokens.Modes> modes) {

    /** The kind of token that an edge reads which neither is empty nor calls. */
    int token(int edge) {
        return tokens[rules.nfa().low(edge) - State.SPECIAL];
    }

    int start(int callee) {
        return rules.ends().get(callee)[0];
    }

    int accept(int callee) {
        return rules.ends().get(callee)[1];
    }

    Nfa nfa() {
        return rules.nfa();
    }

    /**
     * The numbers of the kinds of tokens that rules see, by name, from 1 on. Number 0 is {@link dev.espalier.automata.lexer.LexerTable#SKIPPED}.
     */
    static Map<String, Integer> kinds(LexedGrammar grammar) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        for (List<LexedGrammar.Token> mode : grammar.modes()) {
            for (LexedGrammar.Token token : LexedGrammar.withKeywords(mode)) {
                if (!token.isSkipped()) {
                    kinds.putIfAbsent(token.name(), kinds.size() + 1);
                }
            }
        }
        return kinds;
    }

    /** The graph of a grammar's rules. */
    static TokenGraph of(LexedGrammar grammar, WorkBudget budget) {
        Map<String, Integer> kinds = kinds(grammar);
        BlockTokens blocks = grammar.indentation()
                .map(made -> BlockTokens.of(made, kinds))
                .orElse(null);
        Grammar plain = new Translation(grammar, blocks, budget).rules();
        IndentedRules.Result made =
                blocks == null ? new IndentedRules.Result(plain, List.of()) : IndentedRules.of(plain, blocks, budget);
        Grammar rules = made.rules();
        ExpressionCompiler compiled = new ExpressionCompiler(rules, Map.of(), false, budget);
        return new TokenGraph(
                LeftRecursion.removed(compiled.graph(), budget),
                compiled.specialTokens().stream()
                        .mapToInt(token -> ((Expression.SpecialToken) token).id()) // a translation has no others
                        .toArray(),
                compiled.mayBeEmpty(rules.rule(rules.root())),
                blocks,
                made.modes());
    }

    /** Rules in which tokens are special tokens, and bounded repetitions are written out. */
    private static final class Translation {

        private final LexedGrammar grammar;
        private final WorkBudget budget;
        private final Map<String, Expression> tokens = new HashMap<>();

        Translation(LexedGrammar grammar, @Nullable BlockTokens blocks, WorkBudget budget) {
            this.grammar = grammar;
            this.budget = budget;
            grammar.modes().stream()
                    .flatMap(mode -> LexedGrammar.withKeywords(mode).stream())
                    .forEach(token ->
                            tokens.put(token.name(), Expression.NOTHING)); // rules never see those that are skipped
            kinds(grammar).forEach(this::put);
            if (blocks != null) {
                blocks.made().forEach(this::put);
            }
        }

        private void put(String name, int kind) {
            tokens.put(name, new Expression.SpecialToken(name, kind));
        }

        Grammar rules() {
            Map<String, Expression> rules = new LinkedHashMap<>();
            grammar.rules().rules().forEach((name, body) -> rules.put(name, translated(body)));
            return new Grammar(grammar.rules().root(), rules);
        }

        private Expression translated(Expression expression) {
            budget.step();
            if (expression instanceof Expression.RuleReference reference) {
                return tokens.getOrDefault(reference.name(), reference);
            } else if (expression instanceof Expression.Sequence sequence) {
                return new Expression.Sequence(
                        sequence.items().stream().map(this::translated).toList());
            } else if (expression instanceof Expression.Choice choice) {
                return new Expression.Choice(
                        choice.alternatives().stream().map(this::translated).toList());
            } else if (expression instanceof Expression.Repeat repeat) {
                return repeated(translated(repeat.item()), repeat.min(), repeat.max());
            }
            throw new UnsupportedFeatureException(
                    expression.getClass().getSimpleName(),
                    "rules over tokens consist of tokens, rules, sequences, choices and repetitions",
                    Place.UNKNOWN);
        }

        private Expression repeated(Expression item, int min, int max) {
            boolean unbounded = max == Expression.UNBOUNDED;
            if (Math.max(min, max) <= 1) {
                return new Expression.Repeat(item, min, max);
            }
            budget.addStates(Math.max(min, max));
            Expression rest = unbounded ? new Expression.Repeat(item, 0, max) : Expression.EMPTY;
            for (int i = unbounded ? min : max; i > 0; i--) {
                Expression more = Expression.Sequence.of(item, rest);
                rest = i > min ? new Expression.Repeat(more, 0, 1) : more;
            }
            return flattened(rest);
        }

        /** Items one after the other as one sequence, so that it is not deeply nested. */
        private static Expression flattened(Expression expression) {
            List<Expression> items = new ArrayList<>();
            Expression at = expression;
            while (at instanceof Expression.Sequence sequence
                    && sequence.items().size() == 2) {
                items.add(sequence.items().get(0));
                at = sequence.items().get(1);
            }
            items.add(at);
            return new Expression.Sequence(items);
        }
    }
}
