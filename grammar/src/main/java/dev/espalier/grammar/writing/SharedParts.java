// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives parts that several expressions share a rule of their own, so that a grammar's text is about as long as the grammar. */
final class SharedParts {

    /** Parts of so many nodes are worth a name. */
    private static final int WORTH = 6;

    private final Map<Expression, Integer> uses = new IdentityHashMap<>();
    private final Map<Expression, Integer> sizes = new IdentityHashMap<>();
    private final Map<Expression, Expression> done = new IdentityHashMap<>();
    private final Map<String, Expression> rules = new LinkedHashMap<>();
    private final Map<String, Expression> added = new LinkedHashMap<>();
    private String rule = "";

    private SharedParts() {}

    /** A grammar of the same texts. */
    static Grammar named(Grammar grammar) {
        SharedParts parts = new SharedParts();
        grammar.rules().values().forEach(parts::measure);
        parts.rules.putAll(grammar.rules());
        grammar.rules().forEach((name, body) -> {
            parts.rule = name;
            parts.rules.put(name, parts.inside(body));
        });
        parts.rules.putAll(parts.added);
        return new Grammar(grammar.root(), parts.rules);
    }

    private int measure(Expression expression) {
        Integer known = sizes.get(expression);
        if (known != null) {
            uses.merge(expression, 1, Integer::sum);
            return known;
        }
        long size = 1;
        for (Expression child : children(expression)) {
            size += measure(child);
        }
        int capped = (int) Math.min(size, WORTH);
        sizes.put(expression, capped);
        uses.put(expression, 1);
        return capped;
    }

    private static List<Expression> children(Expression expression) {
        if (expression instanceof Sequence sequence) {
            return sequence.items();
        } else if (expression instanceof Choice choice) {
            return choice.alternatives();
        } else if (expression instanceof Repeat repeat) {
            return List.of(repeat.item());
        } else if (expression instanceof Difference difference) {
            return List.of(difference.left(), difference.right());
        } else if (expression instanceof Intersection both) {
            return List.of(both.left(), both.right());
        }
        return List.of();
    }

    private Expression shared(Expression expression) {
        Expression known = done.get(expression);
        if (known != null) {
            return known;
        }
        Expression shared = inside(expression);
        if (uses.getOrDefault(expression, 1) > 1 && sizes.getOrDefault(expression, 1) >= WORTH) {
            String name = rule + "-part";
            for (int i = 2; rules.containsKey(name) || added.containsKey(name); i++) {
                name = rule + "-part-" + i;
            }
            added.put(name, shared);
            shared = new RuleReference(name);
        }
        done.put(expression, shared);
        return shared;
    }

    private List<Expression> shared(List<Expression> parts) {
        return parts.stream().map(this::shared).toList();
    }

    private Expression inside(Expression expression) {
        if (expression instanceof Sequence sequence) {
            return new Sequence(shared(sequence.items()));
        } else if (expression instanceof Choice choice) {
            return new Choice(shared(choice.alternatives()));
        } else if (expression instanceof Repeat repeat) {
            return new Repeat(shared(repeat.item()), repeat.min(), repeat.max());
        } else if (expression instanceof Difference difference) {
            return new Difference(shared(difference.left()), shared(difference.right()));
        } else if (expression instanceof Intersection both) {
            return new Intersection(shared(both.left()), shared(both.right()));
        }
        return expression;
    }
}
