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
import java.util.BitSet;
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
 * @param forbidden sets of kinds that may not come next
 */
record TokenGraph(
        RuleGraph rules,
        int[] tokens,
        boolean mayBeEmpty,
        @Nullable BlockTokens blocks,
        List<BlockTokens.Modes> modes,
        List<BitSet> forbidden) {

    /** The number of the first set of {@link #forbidden}, as if it were a token; others are below it. */
    private static final int FIRST_FORBIDDEN = -2;

    /** The kind of token that an edge reads which neither is empty nor calls. */
    int token(int edge) {
        return tokens[rules.nfa().low(edge) - State.SPECIAL];
    }

    /** The kinds that may not come behind an edge that neither is empty nor calls; null if it reads a token. */
    @Nullable
    BitSet forbidden(int edge) {
        int token = token(edge);
        return token <= FIRST_FORBIDDEN ? forbidden.get(FIRST_FORBIDDEN - token) : null;
    }

    /** Whether an edge reads nothing: it is empty, or says what may not come next. */
    boolean readsNothing(int edge) {
        int low = rules.nfa().low(edge);
        return low == Nfa.EMPTY || (low >= 0 && forbidden(edge) != null);
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
        BlockTokens blocks =
                grammar.indentation().map(made -> BlockTokens.of(made, kinds)).orElse(null);
        Translation translation = new Translation(grammar, blocks, budget);
        Grammar plain = translation.rules();
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
                made.modes(),
                translation.forbidden);
    }

    /** Rules in which tokens are special tokens, and bounded repetitions are written out. */
    private static final class Translation {

        private final LexedGrammar grammar;
        private final WorkBudget budget;
        private final Map<String, Expression> tokens = new HashMap<>();
        private final List<BitSet> forbidden = new ArrayList<>();
        private final @Nullable BlockTokens blocks;

        Translation(LexedGrammar grammar, @Nullable BlockTokens blocks, WorkBudget budget) {
            this.grammar = grammar;
            this.budget = budget;
            this.blocks = blocks;
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
            } else if (expression instanceof Expression.Look look && !look.isBehind() && look.isNegative()) {
                return new Expression.SpecialToken("", FIRST_FORBIDDEN - number(kindsOf(look.body())));
            } else if (expression.equals(Expression.EMPTY)) {
                return expression;
            }
            throw new UnsupportedFeatureException(
                    expression.getClass().getSimpleName(),
                    "rules over tokens consist of tokens, rules, sequences, choices and repetitions",
                    Place.UNKNOWN);
        }

        private int number(BitSet kinds) {
            int known = forbidden.indexOf(kinds);
            if (known < 0) {
                forbidden.add(kinds);
                return forbidden.size() - 1;
            }
            return known;
        }

        /** The kinds of some tokens; a bracket that is the last one around others has a kind of its own. */
        private BitSet kindsOf(Expression body) {
            BitSet kinds = new BitSet();
            for (Expression one : ((Expression.Choice) body).alternatives()) {
                if (tokens.get(((Expression.RuleReference) one).name()) instanceof Expression.SpecialToken token) {
                    kinds.set(token.id());
                    if (blocks != null) {
                        kinds.set(blocks.closing().getOrDefault(token.id(), token.id()));
                    }
                } // else it is skipped
            }
            return kinds;
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
