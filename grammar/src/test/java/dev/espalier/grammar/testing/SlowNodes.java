// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The nodes of a grammar, which know whether they have a sentence. */
final class SlowNodes {

    private final Function<Expression.TokenTerminal, int[]> symbols;
    private final Map<String, SlowNode.Any> rules = new HashMap<>();
    private final Map<Expression, SlowNode> made = new IdentityHashMap<>();
    private final List<SlowNode> all = new ArrayList<>();
    private final SlowNode root;

    SlowNodes(Grammar grammar, Function<Expression.TokenTerminal, int[]> symbols) {
        this.symbols = symbols;
        grammar.rules().keySet().forEach(name -> rules.put(name, added(new SlowNode.Any())));
        grammar.rules().forEach((name, body) -> rules.get(name).bind(List.of(node(body))));
        this.root = rules.get(grammar.root());
        boolean news = true;
        while (news) {
            news = false;
            for (SlowNode node : all) {
                news |= node.learn();
            }
        }
    }

    SlowNode root() {
        return root;
    }

    private <T extends SlowNode> T added(T node) {
        all.add(node);
        return node;
    }

    private SlowNode node(Expression expression) {
        SlowNode known = made.get(expression);
        if (known == null) {
            known = added(make(expression));
            made.put(expression, known);
        }
        return known;
    }

    private SlowNode make(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return new SlowNode.Text(symbols(literal.bytes()));
        } else if (expression instanceof Expression.CharacterClass members) {
            return new SlowNode.OneOf(members.members());
        } else if (expression instanceof Expression.Sequence sequence) {
            return new SlowNode.All(nodes(sequence.items()));
        } else if (expression instanceof Expression.Choice choice) {
            SlowNode.Any any = new SlowNode.Any();
            any.bind(nodes(choice.alternatives()));
            return any;
        } else if (expression instanceof Expression.Repeat repeat) {
            return new SlowNode.Times(node(repeat.item()), repeat.min(), repeat.max());
        } else if (expression instanceof Expression.RuleReference reference) {
            return rules.get(reference.name());
        } else if (expression instanceof Expression.TokenTerminal token) {
            return oneOf(symbols.apply(token));
        } else if (expression instanceof Expression.Permutation permutation) {
            List<SlowNode> items = new ArrayList<>();
            // a node of its own for each item, so that equal items are told apart
            permutation.items().forEach(item -> items.add(alone(item.expression())));
            return new SlowPermutation(permutation, items, alone(permutation.separator()));
        } else if (expression instanceof Expression.FreeText free) {
            return node(free.byDifferences());
        } else if (expression instanceof Expression.Intersection both) {
            return new SlowProduct(alone(both.left()), alone(both.right()), true);
        } else if (expression instanceof Expression.Difference difference) {
            return new SlowProduct(alone(difference.left()), alone(difference.right()), false);
        }
        throw new IllegalArgumentException(
                "the slow recogniser cannot read " + expression.getClass().getSimpleName());
    }

    private SlowNode oneOf(int[] all) {
        List<SlowNode> nodes = new ArrayList<>();
        for (int symbol : all) {
            nodes.add(added(new SlowNode.Text(symbol)));
        }
        SlowNode.Any any = new SlowNode.Any();
        any.bind(nodes);
        return any;
    }

    private SlowNode alone(Expression expression) {
        SlowNode.Any own = added(new SlowNode.Any());
        own.bind(List.of(node(expression)));
        return own;
    }

    private List<SlowNode> nodes(List<Expression> expressions) {
        List<SlowNode> nodes = new ArrayList<>();
        expressions.forEach(expression -> nodes.add(node(expression)));
        return nodes;
    }

    private static int[] symbols(ByteString bytes) {
        int[] symbols = new int[bytes.length()];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = bytes.at(i);
        }
        return symbols;
    }
}
