// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.Sequence;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Takes out of intersections and differences what one side implies of the other: upper bounds of repetitions, by the length of a text, and sets of characters. Of {@code (?=.{1,253}$)([a-z]{1,63}\.){1,127}[a-z]{2}} no text
 * has more than 125 labels, so that nobody need count them; and the dot is any character, since the labels leave out what it leaves out. Lengths
 * are in characters. Recurses with the nesting.
 */
public final class ImpliedBounds {

    /** A length without bound, or of no text at all. */
    private static final long ENDLESS = Long.MAX_VALUE / 4;

    private final Map<Expression, Long> least = new IdentityHashMap<>();
    private final Map<Expression, Long> most = new IdentityHashMap<>();

    private ImpliedBounds() {}

    /** An expression of the same texts. */
    public static Expression relaxed(Expression expression) {
        return new ImpliedBounds().within(expression, ENDLESS);
    }

    /** The fewest characters of a text. */
    public static long least(Expression expression) {
        return new ImpliedBounds().fewest(expression);
    }

    /** The most characters of a text; some huge number if there is no bound. */
    public static long most(Expression expression) {
        return new ImpliedBounds().greatest(expression);
    }

    /** An expression that has the same texts of at most some length. */
    private Expression within(Expression expression, long length) {
        if (expression instanceof Sequence sequence) {
            long whole = fewest(sequence);
            List<Expression> items = new ArrayList<>();
            for (Expression item : sequence.items()) {
                items.add(within(item, length - (whole - fewest(item))));
            }
            return items.equals(sequence.items()) ? expression : new Sequence(items);
        } else if (expression instanceof Choice choice) {
            List<Expression> alternatives = new ArrayList<>();
            choice.alternatives().forEach(alternative -> alternatives.add(within(alternative, length)));
            return alternatives.equals(choice.alternatives()) ? expression : new Choice(alternatives);
        } else if (expression instanceof Repeat repeat) {
            return repeated(repeat, length);
        } else if (expression instanceof Intersection both) {
            long shorter = Math.min(length, Math.min(greatest(both.left()), greatest(both.right())));
            Expression right = widened(besides(both.right(), shorter), alphabet(both.left()));
            return new Intersection(widened(besides(both.left(), shorter), alphabet(right)), right);
        } else if (expression instanceof Difference difference) {
            long shorter = Math.min(length, greatest(difference.left()));
            Expression right = within(difference.right(), shorter);
            return new Difference(within(difference.left(), length), widened(right, alphabet(difference.left())));
        }
        return expression;
    }

    /** All characters that texts may have, and perhaps more. */
    private static CodePoints alphabet(Expression expression) {
        if (expression instanceof Literal literal) {
            int[] points = literal.bytes()
                    .toUtf8()
                    .codePoints()
                    .flatMap(c -> IntStream.of(c, c))
                    .toArray();
            return CodePoints.ofRanges(points);
        } else if (expression instanceof CharacterClass one) {
            return one.members();
        } else if (expression instanceof Sequence sequence) {
            return union(sequence.items());
        } else if (expression instanceof Choice choice) {
            return union(choice.alternatives());
        } else if (expression instanceof Repeat repeat) {
            return alphabet(repeat.item());
        } else if (expression instanceof Intersection both) {
            return alphabet(both.left()).intersect(alphabet(both.right()));
        } else if (expression instanceof Difference difference) {
            return alphabet(difference.left());
        }
        return CodePoints.ALL;
    }

    private static CodePoints union(List<Expression> parts) {
        CodePoints all = CodePoints.NONE;
        for (Expression part : parts) {
            all = all.union(alphabet(part));
        }
        return all;
    }

    /** An expression with classes of all characters where the classes have all of an alphabet; it has the same texts of that. */
    private static Expression widened(Expression expression, CodePoints alphabet) {
        if (alphabet.equals(CodePoints.ALL)) {
            return expression;
        } else if (expression instanceof CharacterClass one) {
            return one.members().union(alphabet).equals(one.members()) ? new CharacterClass(CodePoints.ALL) : one;
        } else if (expression instanceof Sequence sequence) {
            return new Sequence(sequence.items().stream()
                    .map(item -> widened(item, alphabet))
                    .toList());
        } else if (expression instanceof Choice choice) {
            return new Choice(choice.alternatives().stream()
                    .map(item -> widened(item, alphabet))
                    .toList());
        } else if (expression instanceof Repeat repeat) {
            return new Repeat(widened(repeat.item(), alphabet), repeat.min(), repeat.max(), repeat.isLazy());
        } else if (expression instanceof Intersection both) {
            return new Intersection(widened(both.left(), alphabet), widened(both.right(), alphabet));
        } else if (expression instanceof Difference difference) {
            return new Difference(widened(difference.left(), alphabet), widened(difference.right(), alphabet));
        }
        return expression;
    }

    /** One side of an intersection. The one that says how long texts are must go on saying so. */
    private Expression besides(Expression side, long length) {
        return greatest(side) <= length ? within(side, ENDLESS) : within(side, length);
    }

    private Expression repeated(Repeat repeat, long length) {
        long each = fewest(repeat.item());
        long others = each * Math.max(0, repeat.min() - 1);
        Expression item = within(repeat.item(), length - others);
        boolean isImplied =
                repeat.max() != Expression.UNBOUNDED && length < ENDLESS && (repeat.max() + 1L) * each > length;
        return isImplied
                ? new Repeat(item, repeat.min(), Expression.UNBOUNDED, repeat.isLazy())
                : item.equals(repeat.item()) ? repeat : new Repeat(item, repeat.min(), repeat.max(), repeat.isLazy());
    }

    private long fewest(Expression expression) {
        Long known = least.get(expression);
        if (known == null) {
            known = Math.min(ENDLESS, findLeast(expression));
            least.put(expression, known);
        }
        return known;
    }

    private long findLeast(Expression expression) {
        if (expression instanceof Literal literal) {
            return characters(literal);
        } else if (expression instanceof CharacterClass) {
            return 1;
        } else if (expression instanceof Sequence sequence) {
            long sum = 0;
            for (Expression item : sequence.items()) {
                sum = Math.min(ENDLESS, sum + fewest(item));
            }
            return sum;
        } else if (expression instanceof Choice choice) {
            return choice.alternatives().stream().mapToLong(this::fewest).min().orElse(0);
        } else if (expression instanceof Repeat repeat) {
            return Math.min(ENDLESS, fewest(repeat.item()) * Math.min(repeat.min(), Integer.MAX_VALUE / 4));
        } else if (expression instanceof Intersection both) {
            return Math.max(fewest(both.left()), fewest(both.right()));
        } else if (expression instanceof Difference difference) {
            return fewest(difference.left());
        }
        return 0;
    }

    private long greatest(Expression expression) {
        Long known = most.get(expression);
        if (known == null) {
            known = Math.min(ENDLESS, findMost(expression));
            most.put(expression, known);
        }
        return known;
    }

    private long findMost(Expression expression) {
        if (expression instanceof Literal literal) {
            return characters(literal);
        } else if (expression instanceof CharacterClass) {
            return 1;
        } else if (expression instanceof Sequence sequence) {
            long sum = 0;
            for (Expression item : sequence.items()) {
                sum = Math.min(ENDLESS, sum + greatest(item));
            }
            return sum;
        } else if (expression instanceof Choice choice) {
            return choice.alternatives().stream()
                    .mapToLong(this::greatest)
                    .max()
                    .orElse(0);
        } else if (expression instanceof Repeat repeat) {
            long each = greatest(repeat.item());
            return each == 0
                    ? 0
                    : each == ENDLESS || repeat.max() == Expression.UNBOUNDED || repeat.max() > ENDLESS / each
                            ? ENDLESS
                            : each * repeat.max();
        } else if (expression instanceof Intersection both) {
            return Math.min(greatest(both.left()), greatest(both.right()));
        } else if (expression instanceof Difference difference) {
            return greatest(difference.left());
        }
        return ENDLESS;
    }

    private static long characters(Literal literal) {
        String text = literal.bytes().toUtf8();
        return text.codePointCount(0, text.length());
    }
}
