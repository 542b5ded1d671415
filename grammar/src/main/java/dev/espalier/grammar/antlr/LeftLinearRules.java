// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Rules that call each other at their beginnings alone, as regular expressions. They are linear equations: {@code A: A 'x' | B 'y' | 'a'} is A = A x + B y + a, and
 * Arden's lemma says that A = A x + r is r x*. Solved as Gauss does it, one rule after the other.
 */
final class LeftLinearRules {

    private LeftLinearRules() {}

    /** What a rule is: what comes behind each rule that it begins with, and what it is otherwise. */
    private record Equation(Map<String, List<Expression>> behind, List<Expression> plain) {

        Equation() {
            this(new LinkedHashMap<>(), new ArrayList<>());
        }

        void add(Optional<String> rule, Expression rest) {
            rule.ifPresentOrElse(
                    name -> behind.computeIfAbsent(name, none -> new ArrayList<>())
                            .add(rest),
                    () -> plain.add(rest));
        }
    }

    /** An alternative: what it begins with, if that is a rule, and the rest. */
    private record Alternative(Optional<String> rule, Expression rest) {

        Alternative then(Expression next) {
            return new Alternative(rule, Sequence.of(rest, next));
        }
    }

    /** The rules without references to each other; empty if one calls another elsewhere than where it begins. */
    static Optional<Map<String, Expression>> solved(Map<String, Expression> rules) {
        Map<String, Equation> equations = new LinkedHashMap<>();
        for (Map.Entry<String, Expression> rule : rules.entrySet()) {
            Optional<List<Alternative>> alternatives = alternatives(rule.getValue(), rules);
            if (alternatives.isEmpty()) {
                return Optional.empty();
            }
            Equation equation = new Equation();
            alternatives.get().forEach(each -> equation.add(each.rule, each.rest));
            equations.put(rule.getKey(), equation);
        }
        List<String> names = new ArrayList<>(rules.keySet());
        for (String name : names) { // each equation is freed of its own rule, and put into those behind it
            Equation solved = withoutItself(name, Objects.requireNonNull(equations.get(name)));
            equations.put(name, solved);
            names.subList(names.indexOf(name) + 1, names.size())
                    .forEach(
                            other -> equations.computeIfPresent(other, (key, equation) -> put(equation, name, solved)));
        }
        Map<String, Expression> known = new HashMap<>();
        for (int i = names.size() - 1; i >= 0; i--) {
            Equation equation = Objects.requireNonNull(equations.get(names.get(i)));
            List<Expression> all = new ArrayList<>(equation.plain);
            equation.behind.forEach(
                    (rule, rests) -> all.add(Sequence.of(Objects.requireNonNull(known.get(rule)), new Choice(rests))));
            known.put(names.get(i), new Choice(all));
        }
        return Optional.of(known);
    }

    private static Equation withoutItself(String name, Equation equation) {
        List<Expression> again = equation.behind.getOrDefault(name, List.of());
        if (again.isEmpty()) {
            return equation;
        }
        Expression loop = new Repeat(new Choice(again), 0, Expression.UNBOUNDED);
        Equation solved = new Equation();
        equation.plain.forEach(rest -> solved.plain.add(Sequence.of(rest, loop)));
        equation.behind.forEach((rule, rests) -> {
            if (!rule.equals(name)) {
                rests.forEach(rest -> solved.add(Optional.of(rule), Sequence.of(rest, loop)));
            }
        });
        return solved;
    }

    private static Equation put(Equation into, String name, Equation solved) {
        List<Expression> rests = into.behind.getOrDefault(name, List.of());
        if (rests.isEmpty()) {
            return into;
        }
        Expression behind = new Choice(rests);
        Equation put = new Equation(new LinkedHashMap<>(), new ArrayList<>(into.plain));
        into.behind.forEach((rule, all) -> {
            if (!rule.equals(name)) {
                put.behind.put(rule, new ArrayList<>(all));
            }
        });
        solved.plain.forEach(rest -> put.plain.add(Sequence.of(rest, behind)));
        solved.behind.forEach(
                (rule, all) -> all.forEach(rest -> put.add(Optional.of(rule), Sequence.of(rest, behind))));
        return put;
    }

    private static Optional<List<Alternative>> alternatives(Expression expression, Map<String, Expression> rules) {
        if (!calls(expression, rules)) {
            return Optional.of(List.of(new Alternative(Optional.empty(), expression)));
        } else if (expression instanceof RuleReference reference) {
            return Optional.of(List.of(new Alternative(Optional.of(reference.name()), Expression.EMPTY)));
        } else if (expression instanceof Choice choice) {
            List<Alternative> all = new ArrayList<>();
            for (Expression alternative : choice.alternatives()) {
                Optional<List<Alternative>> some = alternatives(alternative, rules);
                if (some.isEmpty()) {
                    return some;
                }
                all.addAll(some.get());
            }
            return Optional.of(all);
        } else if (expression instanceof Repeat repeat && repeat.max() == 1) {
            List<Alternative> all = new ArrayList<>(List.of(new Alternative(Optional.empty(), Expression.EMPTY)));
            return alternatives(repeat.item(), rules).map(some -> {
                all.addAll(some);
                return all;
            });
        } else if (expression instanceof Sequence sequence) {
            Expression rest =
                    new Sequence(sequence.items().subList(1, sequence.items().size()));
            return calls(rest, rules)
                    ? Optional.empty()
                    : alternatives(sequence.items().get(0), rules)
                            .map(some ->
                                    some.stream().map(each -> each.then(rest)).toList());
        }
        return Optional.empty();
    }

    private static boolean calls(Expression expression, Map<String, Expression> rules) {
        if (expression instanceof RuleReference reference) {
            return rules.containsKey(reference.name());
        } else if (expression instanceof Choice choice) {
            return choice.alternatives().stream().anyMatch(each -> calls(each, rules));
        } else if (expression instanceof Sequence sequence) {
            return sequence.items().stream().anyMatch(each -> calls(each, rules));
        }
        return expression instanceof Repeat repeat && calls(repeat.item(), rules);
    }
}
