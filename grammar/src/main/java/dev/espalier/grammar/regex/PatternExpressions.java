// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.regex.tree.RegexTree.Assertion;
import dev.espalier.grammar.regex.tree.RegexTree.Characters;
import dev.espalier.grammar.regex.tree.RegexTree.Choice;
import dev.espalier.grammar.regex.tree.RegexTree.Look;
import dev.espalier.grammar.regex.tree.RegexTree.Repeat;
import dev.espalier.grammar.regex.tree.RegexTree.Sequence;
import dev.espalier.grammar.source.PlainAlgebra;

/**
 * Makes {@link Expression}s of patterns, in which alternatives keep their order and lazy repetitions are lazy: a backtracking search finds the same text.
 *
 * <p>What a pattern of Python's demands of the text around a place becomes an {@link Expression.Look}, anchors and word boundaries, too.
 */
public final class PatternExpressions {

    private static final Expression ANY = new CharacterClass(CodePoints.ALL);
    private static final Expression NO_LINE_END =
            new CharacterClass(CodePoints.of('\n').complement());

    private final PlainAlgebra algebra = new PlainAlgebra();
    private final PatternDialect dialect;
    private final String name;
    private final Place place;

    /**
     * A translation.
     *
     * @param name what errors call the pattern
     * @param place where it is
     */
    public PatternExpressions(PatternDialect dialect, String name, Place place) {
        this.dialect = dialect;
        this.name = name;
        this.place = place;
    }

    /**
     * The texts of a pattern.
     *
     * @throws SyntaxException if it looks behind at texts of several lengths, which Python does not
     * @throws UnsupportedFeatureException if it is Rust's, and looks at the text around a place
     */
    public Expression expression(RegexTree tree) {
        if (tree instanceof Characters characters) {
            CodePoints members = characters.members();
            boolean single = members.rangeCount() == 1 && members.first(0) == members.last(0);
            return single ? Literal.of(Character.toString(members.first(0))) : new CharacterClass(members);
        } else if (tree instanceof Sequence sequence) {
            return algebra.sequence(
                    sequence.items().stream().map(this::expression).toList());
        } else if (tree instanceof Choice choice) {
            return algebra.choice(
                    choice.alternatives().stream().map(this::expression).toList());
        } else if (tree instanceof Repeat repeat) {
            Expression item = expression(repeat.item());
            return repeat.max() == 0 || (repeat.min() == 1 && repeat.max() == 1)
                    ? algebra.repeat(item, repeat.min(), repeat.max())
                    : new Expression.Repeat(item, repeat.min(), repeat.max(), !repeat.greedy());
        } else if (tree instanceof RegexTree.Group group) {
            return expression(group.body());
        } else if (dialect == PatternDialect.PYTHON && tree instanceof Look look) {
            return look(look);
        } else if (dialect == PatternDialect.PYTHON && tree instanceof Assertion assertion) {
            return assertion(assertion.kind(), new CharacterClass(assertion.word()));
        }
        throw new UnsupportedFeatureException(
                tree.getClass().getSimpleName(), "the pattern of " + name + " looks at the text around it", place);
    }

    private Expression look(Look look) {
        long[] width = look.body().width();
        if (look.behind() && width[0] != width[1]) {
            throw new SyntaxException(
                    "the pattern of " + name + " looks behind at texts of several lengths, which Python does not know",
                    place);
        }
        return new Expression.Look(look.behind(), look.negative(), expression(look.body()));
    }

    private static Expression assertion(Assertion.Kind kind, Expression word) {
        return switch (kind) {
            case START -> new Expression.Look(true, true, ANY);
            case END -> new Expression.Look(false, true, ANY);
            case LINE_START -> new Expression.Look(true, true, NO_LINE_END);
            case LINE_END -> new Expression.Look(false, true, NO_LINE_END);
            case BOUNDARY -> Expression.Choice.of(boundary(word, false, true), boundary(word, true, false));
            case NO_BOUNDARY -> Expression.Choice.of(boundary(word, false, false), boundary(word, true, true));
        };
    }

    /** A place between characters of words or others. */
    private static Expression boundary(Expression word, boolean isOtherBefore, boolean isOtherBehind) {
        return Expression.Sequence.of(
                new Expression.Look(true, isOtherBefore, word), new Expression.Look(false, isOtherBehind, word));
    }
}
