// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.tag.TagFormat;
import java.util.List;
import java.util.stream.Stream;

/** Free text up to an end that may begin in the middle of what may not come before it. */
final class FreeTexts {

    private static final Expression CHARACTER = new Expression.CharacterClass(CodePoints.ALL);

    private FreeTexts() {}

    static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** Free text with an end behind it, and none of the ends before. */
    static Expression closed(Expression free, String end, List<String> ends) {
        Expression any = new Expression.Repeat(CHARACTER, 0, Expression.UNBOUNDED);
        Expression content = free instanceof Expression.FreeText text ? text.byDifferences() : free;
        List<Expression> literals = ends.stream()
                .map(each -> (Expression) Expression.Literal.of(each))
                .toList();
        return new Expression.Difference(
                Expression.Sequence.of(content, Expression.Literal.of(end)),
                Expression.Sequence.of(any, new Expression.Choice(literals), CHARACTER, any));
    }

    /** Whether no end can be begun in the middle of a text that may not come before it. */
    static boolean isPlain(List<String> marks, List<String> ends) {
        return marks.stream().noneMatch(mark -> ends.stream().anyMatch(end -> overlaps(mark, end)));
    }

    /** Whether a text may end behind the first character of another one, or in it. */
    static boolean overlaps(String text, String end) {
        for (int length = 1; length <= end.length(); length++) {
            String beginning = end.substring(0, length);
            if (beginning.endsWith(text) || text.endsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Free text of at most as many characters as its format says, with one of some texts behind it. */
    static Expression bounded(Expression.FreeText free, TagFormat.AnyText any, List<String> ends) {
        if (any.maxChars().isEmpty()) {
            return free;
        }
        List<Expression> texts = ends.stream()
                .map(end -> (Expression) Expression.Literal.of(end))
                .toList();
        return new Expression.Intersection(
                free.byDifferences(),
                Expression.Sequence.of(
                        new Expression.Repeat(CHARACTER, 0, any.maxChars().getAsInt()), new Expression.Choice(texts)));
    }
}
