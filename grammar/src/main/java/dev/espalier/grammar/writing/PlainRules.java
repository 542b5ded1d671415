// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.FreeText;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Permutation;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites a grammar so that a notation has a form for all of it, where that is possible: permutations, repetitions and classes become rules, differences and
 * intersections of characters become classes, an intersection {@code A & B} becomes {@code A - (A - B)}. Parts that are shared stay shared.
 */
final class PlainRules {

    /** How many characters are written one by one. */
    private static final int MOST_CHARACTERS = 256;

    /** Up to so many characters are written in place. */
    private static final int FEW_CHARACTERS = 4;

    private final Grammar grammar;
    private final Notation notation;
    private final CharacterSets sets;
    private final Map<String, Expression> added = new LinkedHashMap<>();
    private final Map<Expression, Expression> done = new IdentityHashMap<>();
    private final Map<CodePoints, Expression> classes = new HashMap<>();
    private final Set<String> taken;
    private Refusal refusal;

    private PlainRules(Grammar grammar, Notation notation) {
        this.grammar = grammar;
        this.notation = notation;
        this.sets = new CharacterSets(grammar);
        this.taken = new HashSet<>(grammar.rules().keySet());
        this.refusal = new Refusal(notation.title(), grammar.root());
    }

    /** A grammar of the same texts; the rules that it needs besides stand behind the others. */
    static Grammar of(Grammar grammar, Notation notation) {
        return new PlainRules(grammar, notation).rewritten();
    }

    private Grammar rewritten() {
        Map<String, Expression> rules = new LinkedHashMap<>();
        grammar.rules().forEach((name, body) -> {
            refusal = new Refusal(notation.title(), name);
            rules.put(name, plain(body));
        });
        rules.putAll(added);
        return new Grammar(grammar.root(), rules);
    }

    private Expression plain(Expression expression) {
        Expression known = done.get(expression);
        if (known != null) {
            return known;
        }
        Expression plain = rewritten(expression);
        done.put(expression, plain);
        return plain;
    }

    private List<Expression> plain(List<Expression> parts) {
        return parts.stream().map(this::plain).toList();
    }

    private Expression rewritten(Expression expression) {
        if (expression instanceof CharacterClass one && !notation.hasClasses()) {
            return oneByOne(one.members());
        } else if (expression instanceof Sequence sequence) {
            return new Sequence(plain(sequence.items()));
        } else if (expression instanceof Choice choice) {
            return new Choice(plain(choice.alternatives()));
        } else if (expression instanceof Repeat repeat) {
            return repeat(plain(repeat.item()), repeat.min(), repeat.max());
        } else if (expression instanceof Permutation permutation) {
            return permutation(permutation);
        } else if (expression instanceof FreeText free) {
            return plain(free.byDifferences());
        } else if (expression instanceof Intersection both) {
            Optional<CodePoints> left = sets.of(both.left());
            Optional<CodePoints> right = sets.of(both.right());
            if (left.isPresent() && right.isPresent()) {
                return plain(new CharacterClass(left.get().intersect(right.get())));
            }
            Expression first = plain(both.left());
            Expression second = plain(both.right());
            return notation.hasDifferences()
                    ? new Difference(first, new Difference(first, second))
                    : new Intersection(first, second);
        } else if (expression instanceof Difference difference) {
            Optional<CodePoints> left = sets.of(difference.left());
            Optional<CodePoints> right = sets.of(difference.right());
            return left.isPresent() && right.isPresent()
                    ? plain(new CharacterClass(left.get().minus(right.get())))
                    : new Difference(plain(difference.left()), plain(difference.right()));
        }
        return expression;
    }

    private Expression oneByOne(CodePoints members) {
        Expression known = classes.get(members);
        if (known != null) {
            return known;
        }
        List<Expression> characters = new ArrayList<>();
        for (int i = 0; i < members.rangeCount(); i++) {
            if (characters.size() + members.last(i) - members.first(i) >= MOST_CHARACTERS) {
                throw refusal.of(
                        "CharacterClass",
                        "it has no classes, and these are more than " + MOST_CHARACTERS + " characters");
            }
            for (int c = members.first(i); c <= members.last(i); c++) {
                characters.add(new Literal(ByteString.utf8(Character.toString(c))));
            }
        }
        Expression choice = new Choice(characters);
        choice = characters.size() > FEW_CHARACTERS ? rule("character", choice) : choice;
        classes.put(members, choice);
        return choice;
    }

    private Expression permutation(Permutation permutation) {
        List<Permutation.Item> items = new ArrayList<>();
        for (Permutation.Item item : permutation.items()) {
            items.add(new Permutation.Item(plain(item.expression()), item.min(), item.max()));
        }
        Permutation plain =
                new Permutation(items, plain(permutation.separator()), permutation.minTotal(), permutation.maxTotal());
        String prefix = fresh(refusal.rule() + "-any-order") + "-";
        Map<String, Expression> rules = PermutationRules.of(plain, prefix)
                .orElseThrow(() -> refusal.of("Permutation", "it is too large to be written out"));
        if (rules.isEmpty()) {
            return Expression.NOTHING;
        }
        taken.addAll(rules.keySet());
        added.putAll(rules);
        return new RuleReference(rules.keySet().iterator().next());
    }

    private Expression repeat(Expression item, int min, int max) {
        if (max == 0) {
            return Expression.EMPTY;
        } else if (min == 1 && max == 1) {
            return item;
        } else if (notation.repeat(min, max).isPresent()) {
            return new Repeat(item, min, max);
        }
        boolean isSmall = item instanceof Literal || item instanceof CharacterClass || item instanceof RuleReference;
        Expression one = isSmall ? item : rule("item", item);
        List<Expression> parts = new ArrayList<>();
        if (min > 0) {
            Expression least = exactly(one, min);
            parts.addAll(least instanceof Sequence several ? several.items() : List.of(least));
        }
        if (max == Expression.UNBOUNDED) {
            parts.add(new Repeat(one, 0, Expression.UNBOUNDED));
        } else if (max > min) {
            parts.add(atMost(one, max - min));
        }
        return new Sequence(parts);
    }

    /** So many times: as one half twice, so that there are few rules. */
    private Expression exactly(Expression item, int times) {
        if (times == 1) {
            return item;
        } else if (notation.repeat(times, times).isPresent()) {
            return new Repeat(item, times, times);
        } else if (times <= FEW_CHARACTERS) {
            return new Sequence(Collections.nCopies(times, item));
        }
        Expression half = rule("times-" + times / 2, exactly(item, times / 2));
        return times % 2 == 0 ? Sequence.of(half, half) : Sequence.of(half, half, item);
    }

    /** At most so many times, each number in one way: {@code A{0,2k+1}} is {@code (A{k+1})? A{0,k}}. */
    private Expression atMost(Expression item, int times) {
        if (notation.repeat(0, times).isPresent()) {
            return new Repeat(item, 0, times);
        } else if (times % 2 == 0) {
            return new Repeat(Sequence.of(item, atMost(item, times - 1)), 0, 1);
        }
        int half = times / 2;
        return Sequence.of(new Repeat(exactly(item, half + 1), 0, 1), atMost(item, half));
    }

    private RuleReference rule(String what, Expression body) {
        String name = fresh(refusal.rule() + "-" + what);
        added.put(name, body);
        return new RuleReference(name);
    }

    private String fresh(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }
}
