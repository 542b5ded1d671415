// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Rules over tokens in which each block is a rule of its own, and which know whether they are between brackets. Every rule has up to two variants; between brackets
 * there are neither newlines nor blocks.
 */
final class IndentedRules {

    private static final String BETWEEN = "()";
    private static final int ROW_END = -1;
    private static final int ANY_BRACKET = -2;
    private static final int ANY_DEDENT = -3;

    private final Grammar grammar;
    private final BlockTokens tokens;
    private final WorkBudget budget;
    private final Map<String, Expression> rules = new LinkedHashMap<>();
    private final Map<Block, String> blocks = new HashMap<>();
    private final List<BlockTokens.Modes> modes = new ArrayList<>();
    private final Set<String> met = new HashSet<>();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private final ArrayDeque<String> waitingBetween = new ArrayDeque<>();
    private String rule = "";

    private record Block(Expression body, BlockTokens.Modes modes) {}

    /**
     * What was made.
     *
     * @param modes by kind of block
     */
    record Result(Grammar rules, List<BlockTokens.Modes> modes) {}

    private IndentedRules(Grammar grammar, BlockTokens tokens, WorkBudget budget) {
        this.grammar = grammar;
        this.tokens = tokens;
        this.budget = budget;
    }

    /**
     * The rules that are needed.
     *
     * @param grammar whose tokens are special tokens
     * @throws UnsupportedFeatureException if what opens and what closes are not in one row
     */
    static Result of(Grammar grammar, BlockTokens tokens, WorkBudget budget) {
        IndentedRules made = new IndentedRules(grammar, tokens, budget);
        made.reference(grammar.root(), false);
        while (!made.waiting.isEmpty() || !made.waitingBetween.isEmpty()) {
            boolean isBetween = made.waiting.isEmpty();
            made.rule = isBetween ? made.waitingBetween.remove() : made.waiting.remove();
            Expression body = made.translated(grammar.rule(made.rule), isBetween);
            made.rules.put(isBetween ? made.rule + BETWEEN : made.rule, body);
        }
        return new Result(new Grammar(grammar.root(), made.rules), made.modes);
    }

    private Expression reference(String name, boolean isBetween) {
        String variant = isBetween ? name + BETWEEN : name;
        if (grammar.rules().containsKey(name) && met.add(variant)) {
            (isBetween ? waitingBetween : waiting).add(name);
        }
        return new Expression.RuleReference(variant);
    }

    private Expression translated(Expression expression, boolean isBetween) {
        budget.step();
        if (expression instanceof Expression.RuleReference reference) {
            return reference(reference.name(), isBetween);
        } else if (expression instanceof Expression.Choice choice) {
            return new Expression.Choice(choice.alternatives().stream()
                    .map(one -> translated(one, isBetween))
                    .toList());
        } else if (expression instanceof Expression.Repeat repeat) {
            return new Expression.Repeat(translated(repeat.item(), isBetween), repeat.min(), repeat.max());
        } else if (!(expression instanceof Expression.Sequence || expression instanceof Expression.SpecialToken)) {
            return expression; // nothing, or the empty text
        }
        List<Expression> items = new ArrayList<>();
        flatten(expression, items);
        return new Row(items).upTo(ROW_END, "", isBetween);
    }

    private static void flatten(Expression expression, List<Expression> items) {
        if (expression instanceof Expression.Sequence sequence) {
            sequence.items().forEach(item -> flatten(item, items));
        } else {
            items.add(expression);
        }
    }

    /** The items of one row, from left to right. */
    private final class Row {

        private final List<Expression> items;
        private int at;

        Row(List<Expression> items) {
            this.items = items;
        }

        /** Everything up to a closing token of a kind, {@link #ANY_BRACKET}, {@link #ANY_DEDENT} or {@link #ROW_END}, which stays to be read. */
        Expression upTo(int closing, String opener, boolean isBetween) {
            List<Expression> result = new ArrayList<>();
            while (at < items.size()) {
                Expression item = items.get(at++);
                if (!(item instanceof Expression.SpecialToken token)) {
                    result.add(translated(item, isBetween));
                } else if (tokens.closing().containsKey(token.id()) || tokens.dedents().containsKey(token.id())) {
                    boolean isBracket = !tokens.dedents().containsKey(token.id());
                    if (closing != (isBracket ? ANY_BRACKET : ANY_DEDENT)) {
                        throw notPaired(token.name());
                    }
                    at--;
                    return new Expression.Sequence(result);
                } else if (tokens.opening().contains(token.id())) {
                    result.add(token);
                    result.add(upTo(ANY_BRACKET, token.name(), true));
                    Expression.SpecialToken last = (Expression.SpecialToken) items.get(at++);
                    int kind = isBetween ? last.id() : tokens.closing().getOrDefault(last.id(), last.id());
                    result.add(new Expression.SpecialToken(last.name(), kind));
                } else if (tokens.indents().containsKey(token.id())) {
                    Expression body = upTo(ANY_DEDENT, token.name(), isBetween);
                    Expression.SpecialToken last = (Expression.SpecialToken) items.get(at++);
                    BlockTokens.Modes modes = new BlockTokens.Modes(
                            Objects.requireNonNull(tokens.indents().get(token.id())),
                            Objects.requireNonNull(tokens.dedents().get(last.id())));
                    result.add(isBetween ? Expression.NOTHING : block(new Block(body, modes)));
                } else {
                    boolean isDropped = isBetween && tokens.newlines().contains(token.id());
                    result.add(isDropped ? Expression.NOTHING : token);
                }
            }
            if (closing != ROW_END) {
                throw notPaired(opener);
            }
            return new Expression.Sequence(result);
        }
    }

    private UnsupportedFeatureException notPaired(String token) {
        return new UnsupportedFeatureException(
                token,
                "\"" + token + "\" in the rule \"" + rule
                        + "\" has no counterpart in the same row: with indentation, brackets and blocks are opened and closed in one row",
                Place.UNKNOWN);
    }

    /** A block is a rule, between tokens of its own. */
    private Expression block(Block block) {
        String known = blocks.get(block);
        if (known == null) {
            int number = blocks.size();
            known = "{" + number + "}";
            blocks.put(block, known);
            modes.add(block.modes);
            rules.put(
                    known,
                    Expression.Sequence.of(
                            new Expression.SpecialToken(known, tokens.begin(number)),
                            block.body,
                            new Expression.SpecialToken(known, tokens.end(number))));
        }
        return new Expression.RuleReference(known);
    }
}
