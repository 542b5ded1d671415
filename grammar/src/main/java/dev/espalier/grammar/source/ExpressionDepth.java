// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.FreeText;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Permutation;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Measures how deep expressions nest, without recursion, so that code that recurses can be given a stack that fits. */
public final class ExpressionDepth {

    private final Map<Expression, Integer> depths = new IdentityHashMap<>();

    private ExpressionDepth() {}

    /** The depth of the deepest rule; a single node has depth 1. Linear in the nodes, shared ones counted once. */
    public static int of(Grammar grammar) {
        ExpressionDepth measure = new ExpressionDepth();
        int deepest = 0;
        for (Expression rule : grammar.rules().values()) {
            deepest = Math.max(deepest, measure.depth(rule));
        }
        return deepest;
    }

    private int depth(Expression root) {
        Deque<Expression> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Expression expression = open.element();
            int depth = 0;
            boolean ready = true;
            for (Expression child : children(expression)) {
                Integer known = depths.get(child);
                if (known == null) {
                    open.push(child);
                    ready = false;
                } else {
                    depth = Math.max(depth, known);
                }
            }
            if (ready) {
                depths.put(expression, depth + 1);
                open.pop();
            }
        }
        return depths.getOrDefault(root, 1);
    }

    /** The expressions directly inside one. */
    static List<Expression> children(Expression expression) {
        if (expression instanceof Sequence sequence) {
            return sequence.items();
        } else if (expression instanceof Choice choice) {
            return choice.alternatives();
        } else if (expression instanceof Repeat repeat) {
            return List.of(repeat.item());
        } else if (expression instanceof Intersection both) {
            return List.of(both.left(), both.right());
        } else if (expression instanceof Difference difference) {
            return List.of(difference.left(), difference.right());
        } else if (expression instanceof FreeText free) {
            return free.stops().stream().map(FreeText.Stop::then).toList();
        } else if (expression instanceof Permutation permutation) {
            List<Expression> children = new ArrayList<>(List.of(permutation.separator()));
            permutation.items().forEach(item -> children.add(item.expression()));
            return children;
        }
        return List.of();
    }
}
