// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Rules that may ask for the end of the text, as rules over tokens alone: what ends the text is apart from what does not. */
final class EndOfText {

    /** The name of the end of the text. */
    static final String NAME = "EOF";

    private static final Choice NOTHING = Choice.of();

    private final Map<String, Expression> rules;

    /** The rules that may be ends of the text and nothing else. */
    private final Set<String> mayBeNone = new HashSet<>();

    /** The rules that may end with the end of the text. */
    private final Set<String> mayEnd = new HashSet<>();

    /** The rules that have a text without asking for the end. */
    private final Set<String> hasPlain = new HashSet<>();

    private EndOfText(Map<String, Expression> rules) {
        this.rules = rules;
        for (boolean grows = true; grows; ) {
            grows = false;
            for (Map.Entry<String, Expression> rule : rules.entrySet()) {
                grows |= mayBeNone(rule.getValue()) && mayBeNone.add(rule.getKey());
                grows |= hasEnd(rule.getValue()) && mayEnd.add(rule.getKey());
                grows |= hasPlain(rule.getValue()) && hasPlain.add(rule.getKey());
            }
        }
    }

    /** The rules that a start rule needs. Names of tokens are references, too. */
    static Grammar without(String root, Map<String, Expression> rules) {
        EndOfText ends = new EndOfText(rules);
        Map<String, Expression> needed = new LinkedHashMap<>();
        boolean isBoth = ends.mayEnd.contains(root) && ends.hasPlain.contains(root);
        String start = isBoth ? root + " at the start" : ends.mayEnd.contains(root) ? ended(root) : root;
        if (isBoth) {
            needed.put(start, Choice.of(new RuleReference(root), new RuleReference(ended(root))));
        }
        ArrayDeque<String> pending = new ArrayDeque<>(isBoth ? List.of(root, ended(root)) : List.of(start));
        while (!pending.isEmpty()) {
            String name = pending.remove();
            if (needed.containsKey(name)) {
                continue;
            }
            Expression body = rules.containsKey(name)
                    ? ends.plain(Objects.requireNonNull(rules.get(name)))
                    : ends.ended(Objects.requireNonNull(rules.get(begun(name))));
            needed.put(name, body);
            references(body).stream()
                    .filter(used -> rules.containsKey(used) || used.endsWith(ended("")))
                    .forEach(pending::add);
        }
        return renamed(start, needed);
    }

    /** Rules that always ask for the end keep their names. */
    private static Grammar renamed(String start, Map<String, Expression> rules) {
        UnaryOperator<String> names =
                name -> name.endsWith(ended("")) && !rules.containsKey(begun(name)) ? begun(name) : name;
        Map<String, Expression> renamed = new LinkedHashMap<>();
        rules.forEach((name, body) -> renamed.put(names.apply(name), renamed(body, names)));
        return new Grammar(names.apply(start), renamed);
    }

    private static Expression renamed(Expression expression, UnaryOperator<String> names) {
        if (expression instanceof RuleReference reference) {
            return new RuleReference(names.apply(reference.name()));
        } else if (expression instanceof Choice choice) {
            return new Choice(choice.alternatives().stream()
                    .map(each -> renamed(each, names))
                    .toList());
        } else if (expression instanceof Repeat repeat) {
            return new Repeat(renamed(repeat.item(), names), repeat.min(), repeat.max());
        }
        return new Sequence(((Sequence) expression)
                .items().stream().map(each -> renamed(each, names)).toList());
    }

    private static String begun(String ended) {
        return ended.substring(0, ended.length() - ended("").length());
    }

    private static String ended(String rule) {
        return rule + " at the end";
    }

    private static Set<String> references(Expression expression) {
        Set<String> names = new HashSet<>();
        ArrayDeque<Expression> pending = new ArrayDeque<>(List.of(expression));
        while (!pending.isEmpty()) {
            Expression next = pending.remove();
            if (next instanceof RuleReference reference) {
                names.add(reference.name());
            }
            pending.addAll(parts(next));
        }
        return names;
    }

    private static List<Expression> parts(Expression expression) {
        if (expression instanceof Sequence sequence) {
            return sequence.items();
        } else if (expression instanceof Choice choice) {
            return choice.alternatives();
        }
        return expression instanceof Repeat repeat ? List.of(repeat.item()) : List.of();
    }

    private boolean mayBeNone(Expression expression) {
        if (expression instanceof RuleReference reference) {
            return reference.name().equals(NAME) || mayBeNone.contains(reference.name());
        } else if (expression instanceof Choice choice) {
            return choice.alternatives().stream().anyMatch(this::mayBeNone);
        } else if (expression instanceof Repeat repeat) {
            return repeat.min() == 0 || mayBeNone(repeat.item());
        }
        return ((Sequence) expression).items().stream().allMatch(this::mayBeNone);
    }

    private boolean hasPlain(Expression expression) {
        if (expression instanceof RuleReference reference) {
            return rules.containsKey(reference.name())
                    ? hasPlain.contains(reference.name())
                    : !reference.name().equals(NAME);
        } else if (expression instanceof Choice choice) {
            return choice.alternatives().stream().anyMatch(this::hasPlain);
        } else if (expression instanceof Repeat repeat) {
            return repeat.min() == 0 || hasPlain(repeat.item());
        }
        return ((Sequence) expression).items().stream().allMatch(this::hasPlain);
    }

    private boolean hasEnd(Expression expression) {
        return expression instanceof RuleReference reference
                ? reference.name().equals(NAME) || mayEnd.contains(reference.name())
                : parts(expression).stream().anyMatch(this::hasEnd);
    }

    /** What an expression describes without asking for the end. */
    private Expression plain(Expression expression) {
        if (!hasEnd(expression)) {
            return expression;
        } else if (expression instanceof RuleReference reference) {
            return hasPlain(reference) ? reference : NOTHING;
        } else if (expression instanceof Choice choice) {
            return new Choice(choice.alternatives().stream()
                    .filter(this::hasPlain)
                    .map(this::plain)
                    .toList());
        } else if (expression instanceof Repeat repeat) {
            return new Repeat(plain(repeat.item()), repeat.min(), repeat.max());
        }
        return new Sequence(
                ((Sequence) expression).items().stream().map(this::plain).toList());
    }

    /** What an expression describes that asks for the end, after which nothing can come. */
    private Expression ended(Expression expression) {
        if (!hasEnd(expression)) {
            return NOTHING;
        } else if (expression instanceof RuleReference reference) {
            return reference.name().equals(NAME) ? Sequence.of() : new RuleReference(ended(reference.name()));
        } else if (expression instanceof Choice choice) {
            return new Choice(choice.alternatives().stream()
                    .filter(this::hasEnd)
                    .map(this::ended)
                    .toList());
        } else if (expression instanceof Repeat repeat) {
            Expression before = new Repeat(plain(repeat.item()), 0, repeat.max() == 1 ? 0 : repeat.max());
            return Sequence.of(before, ended(repeat.item()));
        }
        List<Expression> items = ((Sequence) expression).items();
        List<Expression> ways = new ArrayList<>();
        for (int i = items.size() - 1; i >= 0; i--) {
            if (hasEnd(items.get(i))) {
                List<Expression> before = new ArrayList<>(
                        items.subList(0, i).stream().map(this::plain).toList());
                before.add(ended(items.get(i)));
                ways.add(new Sequence(before));
            }
            if (!mayBeNone(items.get(i))) {
                break;
            }
        }
        return new Choice(ways);
    }
}
