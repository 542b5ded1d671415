// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Free text in which tags hand over to rules. A stretch of free text ends with the first tag that is whole: {@code "ab"} with a tag
 * {@code b} hands over, whatever else the text could have been. No tag contains another, or an excluded text.
 */
final class TagDispatch {

    private static final Expression ONE = new CharacterClass(CodePoints.ALL);
    private static final Expression ANY = new Repeat(ONE, 0, Expression.UNBOUNDED);

    /** A tag, and what must follow it. */
    record Branch(String tag, Expression rule) {}

    private final List<Branch> branches;
    private final List<String> excludes;
    private final List<String> tags;

    TagDispatch(List<Branch> branches, List<String> excludes) {
        this.branches = branches;
        this.excludes = excludes;
        this.tags = branches.stream().map(Branch::tag).toList();
    }

    /** All texts, in which rules stand behind tags any number of times, or up to once, and then at the end. */
    Expression expression(boolean loops) {
        List<Expression> starts = new ArrayList<>();
        branches.forEach(branch -> starts.add(Sequence.of(upTo(branch.tag()), branch.rule())));
        List<String> marks = new ArrayList<>(tags);
        marks.addAll(excludes);
        Expression free = marks.isEmpty() ? ANY : new Difference(ANY, containing(marks, ANY));
        return dispatched(free, Expression.EMPTY, starts, loops);
    }

    /**
     * What is free, with starts in between.
     *
     * @param before what may stand before each start
     */
    static Expression dispatched(Expression free, Expression before, List<Expression> starts, boolean loops) {
        if (starts.isEmpty()) {
            return free;
        }
        Expression start = new Choice(starts);
        Expression one = before.equals(Expression.EMPTY) ? start : Sequence.of(before, start);
        return loops ? Sequence.of(new Repeat(one, 0, Expression.UNBOUNDED), free) : Choice.of(free, one);
    }

    /** The texts that end with a tag, before which no tag is whole, and that contain nothing excluded. */
    private Expression upTo(String tag) {
        List<Expression> wrong = new ArrayList<>(List.of(containing(tags, Sequence.of(ONE, ANY))));
        if (!excludes.isEmpty()) {
            wrong.add(containing(excludes, ANY));
        }
        return new Difference(Sequence.of(ANY, Literal.of(tag)), new Choice(wrong));
    }

    private static Expression containing(List<String> texts, Expression after) {
        List<Expression> literals = new ArrayList<>();
        texts.forEach(text -> literals.add(Literal.of(text)));
        return Sequence.of(ANY, new Choice(literals), after);
    }
}
