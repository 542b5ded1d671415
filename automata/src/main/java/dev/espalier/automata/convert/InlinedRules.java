// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.convert;

import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.source.ExpressionDepth;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes rules of states readable: a rule that is used once stands where it is used, one of fixed text wherever it is used, and {@code a ::= b a | c} is {@code b* c}.
 */
final class InlinedRules {

    private static final PlainAlgebra ALGEBRA = new PlainAlgebra();

    private final Grammar grammar;
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, Expression> bodies = new HashMap<>();

    private InlinedRules(Grammar grammar) {
        this.grammar = grammar;
    }

    /** A grammar of the same texts, with fewer rules. */
    static Grammar of(Grammar grammar) {
        Grammar last = grammar;
        Grammar next = once(last);
        while (next.rules().size() < last.rules().size()) {
            last = next;
            next = once(last);
        }
        return next;
    }

    private static Grammar once(Grammar grammar) {
        InlinedRules inlined = new InlinedRules(grammar);
        int depth = 4 * grammar.rules().size() + ExpressionDepth.of(grammar);
        return DeepStack.call(depth, inlined::inlined);
    }

    private Grammar inlined() {
        Map<String, Expression> plain = new LinkedHashMap<>();
        grammar.rules().forEach((name, body) -> plain.put(name, withoutLoop(name, body)));
        bodies.putAll(plain);
        plain.values().forEach(this::count);
        Map<String, Expression> kept = new LinkedHashMap<>();
        plain.forEach((name, body) -> {
            if (name.equals(grammar.root()) || !isInlined(name)) {
                kept.put(name, expanded(body));
            }
        });
        return new Grammar(grammar.root(), kept);
    }

    /** {@code a ::= b a | c} as {@code b* c}. */
    private static Expression withoutLoop(String name, Expression body) {
        if (!(body instanceof Choice choice)) {
            return body;
        }
        List<Expression> again = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        for (Expression alternative : choice.alternatives()) {
            boolean isLoop = alternative instanceof Sequence sequence
                    && sequence.items().size() == 2
                    && sequence.items().get(1) instanceof RuleReference next
                    && next.name().equals(name)
                    && !sequence.items().get(0).equals(next);
            if (isLoop) {
                again.add(((Sequence) alternative).items().get(0));
            } else {
                others.add(alternative);
            }
        }
        Expression rest = ALGEBRA.choice(others);
        return again.isEmpty() ? rest : Sequence.of(new Repeat(ALGEBRA.choice(again), 0, Expression.UNBOUNDED), rest);
    }

    private void count(Expression expression) {
        if (expression instanceof RuleReference reference) {
            uses.merge(reference.name(), 1, Integer::sum);
        } else if (expression instanceof Sequence sequence) {
            sequence.items().forEach(this::count);
        } else if (expression instanceof Choice choice) {
            choice.alternatives().forEach(this::count);
        } else if (expression instanceof Repeat repeat) {
            count(repeat.item());
        }
    }

    private boolean isInlined(String name) {
        return !name.equals(grammar.root())
                && (uses.getOrDefault(name, 0) == 1 || bodies.get(name) instanceof Expression.Literal);
    }

    private Expression expanded(Expression expression) {
        if (expression instanceof RuleReference reference) {
            Expression body = bodies.get(reference.name());
            return body != null && isInlined(reference.name()) ? expanded(body) : expression;
        } else if (expression instanceof Choice choice) {
            return ALGEBRA.choice(
                    choice.alternatives().stream().map(this::expanded).toList());
        } else if (expression instanceof Repeat repeat) {
            return new Repeat(expanded(repeat.item()), repeat.min(), repeat.max());
        } else if (expression instanceof Sequence sequence) {
            List<Expression> flat = new ArrayList<>();
            for (Expression item : sequence.items()) {
                Expression part = expanded(item);
                if (part instanceof Sequence inner) {
                    flat.addAll(inner.items());
                } else {
                    flat.add(part);
                }
            }
            return ALGEBRA.sequence(flat);
        }
        return expression;
    }
}
