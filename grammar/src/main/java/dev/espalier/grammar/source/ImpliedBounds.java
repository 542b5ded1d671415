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

    private final Map<Expression, Lengths> lengths = new IdentityHashMap<>();

    /** The fewest and the most characters of the texts of an expression. */
    private record Lengths(long least, long most) {
        static final Lengths NONE = new Lengths(0, 0);
    }

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
        long others = times(each, Math.max(0, repeat.min() - 1));
        Expression item = within(repeat.item(), length - others);
        boolean isImplied =
                repeat.max() != Expression.UNBOUNDED && length < ENDLESS && times(each, repeat.max() + 1L) > length;
        return isImplied
                ? new Repeat(item, repeat.min(), Expression.UNBOUNDED, repeat.isLazy())
                : item.equals(repeat.item()) ? repeat : new Repeat(item, repeat.min(), repeat.max(), repeat.isLazy());
    }

    private long fewest(Expression expression) {
        return lengths(expression).least;
    }

    private long greatest(Expression expression) {
        return lengths(expression).most;
    }

    private Lengths lengths(Expression expression) {
        Lengths known = lengths.get(expression);
        if (known == null) {
            known = found(expression);
            lengths.put(expression, known);
        }
        return known;
    }

    private Lengths found(Expression expression) {
        if (expression instanceof Literal literal) {
            long characters = characters(literal);
            return new Lengths(characters, characters);
        } else if (expression instanceof CharacterClass) {
            return new Lengths(1, 1);
        } else if (expression instanceof Sequence sequence) {
            return sequence.items().stream()
                    .map(this::lengths)
                    .reduce(
                            Lengths.NONE,
                            (one, other) -> new Lengths(
                                    Math.min(ENDLESS, one.least + other.least),
                                    Math.min(ENDLESS, one.most + other.most)));
        } else if (expression instanceof Choice choice) {
            return choice.alternatives().stream()
                    .map(this::lengths)
                    .reduce((one, other) ->
                            new Lengths(Math.min(one.least, other.least), Math.max(one.most, other.most)))
                    .orElse(Lengths.NONE);
        } else if (expression instanceof Repeat repeat) {
            Lengths each = lengths(repeat.item());
            long rounds = repeat.max() == Expression.UNBOUNDED ? ENDLESS : repeat.max();
            return new Lengths(times(each.least, repeat.min()), times(each.most, rounds));
        } else if (expression instanceof Intersection both) {
            Lengths left = lengths(both.left());
            Lengths right = lengths(both.right());
            return new Lengths(Math.max(left.least, right.least), Math.min(left.most, right.most));
        } else if (expression instanceof Difference difference) {
            return lengths(difference.left());
        }
        return new Lengths(0, ENDLESS);
    }

    private static long times(long one, long other) {
        return one == 0 || other == 0 ? 0 : one > ENDLESS / other ? ENDLESS : one * other;
    }

    private static long characters(Literal literal) {
        String text = literal.bytes().toUtf8();
        return text.codePointCount(0, text.length());
    }
}
