// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves out rules and alternatives that no text matches, and what stands for the empty text where something else stands beside it. */
final class ProductiveRules {

    private static final PlainAlgebra ALGEBRA = new PlainAlgebra();

    private final Grammar grammar;
    private final Set<String> productive = new HashSet<>();
    private final Map<Expression, Expression> done = new IdentityHashMap<>();

    private ProductiveRules(Grammar grammar) {
        this.grammar = grammar;
    }

    /**
     * A grammar of the same texts, in which every rule has one, as far as differences and intersections show.
     *
     * @param notation what messages call the notation
     * @throws dev.espalier.core.error.UnsupportedFeatureException if no text matches the start rule
     */
    static Grammar of(Grammar grammar, String notation) {
        ProductiveRules rules = new ProductiveRules(grammar);
        rules.explore();
        if (!rules.productive.contains(grammar.root())) {
            throw new Refusal(notation, grammar.root()).of("Grammar", "no text matches it");
        }
        Map<String, Expression> kept = new LinkedHashMap<>();
        grammar.rules().forEach((name, body) -> {
            if (rules.productive.contains(name)) {
                kept.put(name, rules.kept(body));
            }
        });
        return new Grammar(grammar.root(), kept);
    }

    /** Finds the rules with a text; from both ends in turn, so that chains of rules take few rounds. */
    private void explore() {
        List<String> open = new ArrayList<>(grammar.rules().keySet());
        boolean news = true;
        while (news) {
            news = open.removeIf(name -> !isNothing(kept(grammar.rule(name))) && productive.add(name));
            done.clear();
            Collections.reverse(open);
        }
    }

    private static boolean isNothing(Expression expression) {
        return expression instanceof CharacterClass one && one.members().isEmpty();
    }

    private Expression kept(Expression expression) {
        Expression known = done.get(expression);
        if (known != null) {
            return known;
        }
        Expression kept = rewritten(expression);
        done.put(expression, kept);
        return kept;
    }

    private Expression rewritten(Expression expression) {
        if (expression instanceof Sequence sequence) {
            return sequence(sequence.items());
        } else if (expression instanceof Choice choice) {
            List<Expression> alternatives = new ArrayList<>();
            for (Expression alternative : choice.alternatives()) {
                Expression kept = kept(alternative);
                if (!isNothing(kept)) {
                    alternatives.add(kept);
                }
            }
            return ALGEBRA.choice(alternatives);
        } else if (expression instanceof Repeat repeat) {
            Expression item = kept(repeat.item());
            if (isNothing(item)) {
                return repeat.min() == 0 ? Expression.EMPTY : item;
            }
            return item.equals(Expression.EMPTY) ? item : new Repeat(item, repeat.min(), repeat.max());
        } else if (expression instanceof RuleReference reference && !productive.contains(reference.name())) {
            return Expression.NOTHING;
        } else if (expression instanceof Difference difference) {
            Expression left = kept(difference.left());
            Expression right = kept(difference.right());
            return isNothing(left) || isNothing(right) ? left : new Difference(left, right);
        } else if (expression instanceof Intersection both) {
            Expression left = kept(both.left());
            Expression right = kept(both.right());
            return isNothing(left) ? left : isNothing(right) ? right : new Intersection(left, right);
        }
        return expression;
    }

    private Expression sequence(List<Expression> items) {
        List<Expression> kept = new ArrayList<>();
        for (Expression item : items) {
            Expression one = kept(item);
            if (isNothing(one)) {
                return one;
            }
            kept.add(one);
        }
        return ALGEBRA.sequence(kept);
    }
}
