// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * How the texts of some expressions without references stand to each other, by Brzozowski's derivatives. Expressions are numbered nodes, equal ones once; a derivative by
 * a character is a node again. What an expression demands of the text around a place is left out, so that its language may be too large. Not thread-safe.
 */
final class TextLanguages {

    private static final int NONE = 0;
    private static final int EMPTY = 1;

    /** Units of work for what a character leaves of an expression. */
    private static final int UNITS_A_DERIVATIVE = 8;

    private final WorkBudget budget;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final Map<Expression, Integer> known = new HashMap<>();
    private final Map<Integer, int[]> derivatives = new HashMap<>();
    private final Map<Integer, Boolean> live = new HashMap<>();
    private final int[] letters;

    private sealed interface Node {}

    private record Characters(CodePoints members) implements Node {}

    private record Sequence(int first, int rest) implements Node {}

    private record Choice(Set<Integer> alternatives) implements Node {}

    private record Repeat(int item, int min, int max) implements Node {}

    private record Both(int left, int right) implements Node {}

    private record Without(int left, int right) implements Node {}

    private record Plain(String name) implements Node {}

    /** The languages of expressions, whose characters are told apart as far as any of them does. */
    TextLanguages(Collection<Expression> expressions, WorkBudget budget) {
        this.budget = budget;
        int unused = number(new Plain("none")) + number(new Plain("empty"));
        expressions.forEach(this::of);
        Set<Integer> bounds = new TreeSet<>(List.of(0));
        List<CodePoints> sets = nodes.stream()
                .filter(Characters.class::isInstance)
                .map(node -> ((Characters) node).members)
                .toList();
        for (CodePoints set : sets) {
            for (int i = 0; i < set.rangeCount(); i++) {
                bounds.add(set.first(i));
                bounds.add(set.last(i) + 1);
            }
        }
        Map<List<Boolean>, Integer> classes = new HashMap<>();
        for (int bound : bounds) {
            budget.step();
            if (bound <= Character.MAX_CODE_POINT) {
                classes.putIfAbsent(
                        sets.stream().map(set -> set.contains(bound)).toList(), bound);
            }
        }
        letters = classes.values().stream().mapToInt(i -> i).toArray();
    }

    private int number(Node node) {
        return numbers.computeIfAbsent(node, none -> {
            nodes.add(node);
            return nodes.size() - 1;
        });
    }

    /** The number of an expression. */
    int of(Expression expression) {
        Integer number = known.get(expression);
        if (number == null) {
            number = made(expression);
            known.put(expression, number);
        }
        return number;
    }

    private int made(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            int[] characters = new String(literal.bytes().toByteArray(), StandardCharsets.UTF_8)
                    .codePoints()
                    .toArray();
            int rest = EMPTY;
            for (int i = characters.length - 1; i >= 0; i--) {
                rest = sequence(number(new Characters(CodePoints.of(characters[i]))), rest);
            }
            return rest;
        } else if (expression instanceof Expression.CharacterClass set) {
            return set.members().isEmpty() ? NONE : number(new Characters(set.members()));
        } else if (expression instanceof Expression.Sequence sequence) {
            int rest = EMPTY;
            for (int i = sequence.items().size() - 1; i >= 0; i--) {
                rest = sequence(of(sequence.items().get(i)), rest);
            }
            return rest;
        } else if (expression instanceof Expression.Choice choice) {
            return choice(choice.alternatives().stream().map(this::of).toList());
        } else if (expression instanceof Expression.Repeat repeat) {
            return repeat(of(repeat.item()), repeat.min(), repeat.max());
        } else if (expression instanceof Expression.Intersection both) {
            return both(of(both.left()), of(both.right()));
        } else if (expression instanceof Expression.Difference without) {
            return without(of(without.left()), of(without.right()));
        } else if (expression instanceof Expression.Look) {
            return EMPTY;
        }
        throw new UnsupportedFeatureException("terminal", "this cannot stand in a terminal", Place.UNKNOWN);
    }

    private int sequence(int first, int rest) {
        if (first == NONE || rest == NONE) {
            return NONE;
        } else if (first == EMPTY) {
            return rest;
        } else if (rest == EMPTY) {
            return first;
        } else if (nodes.get(first) instanceof Sequence inner) {
            return sequence(inner.first, sequence(inner.rest, rest));
        }
        return number(new Sequence(first, rest));
    }

    private int choice(Collection<Integer> alternatives) {
        Set<Integer> flat = new TreeSet<>();
        for (int alternative : alternatives) {
            if (nodes.get(alternative) instanceof Choice inner) {
                flat.addAll(inner.alternatives);
            } else if (alternative != NONE) {
                flat.add(alternative);
            }
        }
        return flat.isEmpty() ? NONE : flat.size() == 1 ? flat.iterator().next() : number(new Choice(Set.copyOf(flat)));
    }

    private int repeat(int item, int min, int max) {
        if (max == 0 || item == EMPTY) {
            return EMPTY;
        } else if (item == NONE) {
            return min == 0 ? EMPTY : NONE;
        }
        return min == 1 && max == 1 ? item : number(new Repeat(item, min, max));
    }

    private int both(int left, int right) {
        return left == NONE || right == NONE ? NONE : left == right ? left : number(new Both(left, right));
    }

    private int without(int left, int right) {
        return left == NONE || left == right ? NONE : right == NONE ? left : number(new Without(left, right));
    }

    /** Whether the empty text is among those of a node. */
    private boolean isEmpty(int number) {
        Node node = nodes.get(number);
        if (node instanceof Sequence sequence) {
            return isEmpty(sequence.first) && isEmpty(sequence.rest);
        } else if (node instanceof Choice choice) {
            return choice.alternatives.stream().anyMatch(this::isEmpty);
        } else if (node instanceof Repeat repeat) {
            return repeat.min == 0 || isEmpty(repeat.item);
        } else if (node instanceof Both both) {
            return isEmpty(both.left) && isEmpty(both.right);
        } else if (node instanceof Without without) {
            return isEmpty(without.left) && !isEmpty(without.right);
        }
        return number == EMPTY;
    }

    private int[] next(int number) {
        int[] targets = derivatives.get(number);
        if (targets == null) {
            targets = new int[letters.length];
            for (int i = 0; i < letters.length; i++) {
                budget.spend(UNITS_A_DERIVATIVE);
                targets[i] = derivative(number, letters[i]);
            }
            derivatives.put(number, targets);
            budget.addStates(1);
        }
        return targets;
    }

    private int derivative(int number, int character) {
        Node node = nodes.get(number);
        if (node instanceof Characters characters) {
            return characters.members.contains(character) ? EMPTY : NONE;
        } else if (node instanceof Sequence sequence) {
            int first = sequence(derivative(sequence.first, character), sequence.rest);
            return isEmpty(sequence.first) ? choice(List.of(first, derivative(sequence.rest, character))) : first;
        } else if (node instanceof Choice choice) {
            return choice(choice.alternatives.stream()
                    .map(each -> derivative(each, character))
                    .toList());
        } else if (node instanceof Repeat repeat) {
            int most = repeat.max == Expression.UNBOUNDED ? repeat.max : repeat.max - 1;
            int least = isEmpty(repeat.item) ? 0 : Math.max(0, repeat.min - 1);
            return sequence(derivative(repeat.item, character), repeat(repeat.item, least, most));
        } else if (node instanceof Both both) {
            return both(derivative(both.left, character), derivative(both.right, character));
        } else if (node instanceof Without without) {
            return without(derivative(without.left, character), derivative(without.right, character));
        }
        return NONE;
    }

    /** Whether a node has any text. */
    private boolean isLive(int number) {
        Boolean answer = live.get(number);
        if (answer == null) {
            Set<Integer> seen = new HashSet<>(Set.of(number));
            Deque<Integer> waiting = new ArrayDeque<>(seen);
            answer = false;
            while (!waiting.isEmpty() && !answer) {
                int at = waiting.remove();
                answer = isEmpty(at) || Objects.equals(live.get(at), true);
                for (int target : next(at)) {
                    if (target != NONE && seen.add(target)) {
                        waiting.add(target);
                    }
                }
            }
            live.put(number, answer);
        }
        return answer;
    }

    private boolean goesOn(int number) {
        for (int target : next(number)) {
            if (target != NONE && isLive(target)) {
                return true;
            }
        }
        return false;
    }

    /** Whether some text leads two nodes to a pair for which something holds. */
    private boolean reach(Expression first, Expression second, BiPredicate<Integer, Integer> found) {
        record Pair(int first, int second) {}
        Pair start = new Pair(of(first), of(second));
        Set<Pair> seen = new HashSet<>(Set.of(start));
        Deque<Pair> waiting = new ArrayDeque<>(seen);
        while (!waiting.isEmpty()) {
            Pair at = waiting.remove();
            if (found.test(at.first, at.second)) {
                return true;
            }
            int[] left = next(at.first);
            int[] right = next(at.second);
            for (int i = 0; i < left.length; i++) {
                if (left[i] != NONE && right[i] != NONE) {
                    Pair pair = new Pair(left[i], right[i]);
                    if (seen.add(pair)) {
                        waiting.add(pair);
                    }
                }
            }
        }
        return false;
    }

    /** Whether a text of one begins a longer text of another. */
    boolean prolongs(Expression text, Expression longer) {
        return reach(text, longer, (a, b) -> isEmpty(a) && goesOn(b));
    }

    /** Whether a text of one is, or begins, a text of the other. */
    boolean compares(Expression one, Expression other) {
        return reach(one, other, (a, b) -> (isEmpty(a) && isLive(b)) || (isEmpty(b) && isLive(a)));
    }

    /** Whether two have a text in common. */
    boolean meets(Expression one, Expression other) {
        return reach(one, other, (a, b) -> isEmpty(a) && isEmpty(b));
    }

    /** Whether an expression has any text. */
    boolean hasTexts(Expression text) {
        return isLive(of(text));
    }

    /** Whether the empty text is among those of an expression. */
    boolean mayBeEmpty(Expression text) {
        return isEmpty(of(text));
    }
}
