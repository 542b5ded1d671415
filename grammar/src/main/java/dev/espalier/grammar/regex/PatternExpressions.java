// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.regex.tree.RegexTree.Characters;
import dev.espalier.grammar.regex.tree.RegexTree.Choice;
import dev.espalier.grammar.regex.tree.RegexTree.Repeat;
import dev.espalier.grammar.regex.tree.RegexTree.Sequence;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes {@link Expression}s of patterns, in which alternatives keep their order and lazy repetitions are lazy: a backtracking search finds the same text.
 *
 * <p>Look-around of characters inside a pattern is worked into the characters around it (see {@link LookAround}). What would look at the text before or behind the whole pattern
 * is refused.
 */
public final class PatternExpressions {

    private final PlainAlgebra algebra = new PlainAlgebra();
    private final String name;
    private final Place place;

    /**
     * A translation.
     *
     * @param name what errors call the pattern
     * @param place where it is
     */
    public PatternExpressions(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    /**
     * The texts of a pattern.
     *
     * @throws UnsupportedFeatureException if it looks at what is around it, or further around than can be kept exactly
     */
    public Expression expression(RegexTree pattern) {
        return translated(new LookAround(name, place).removed(pattern));
    }

    private Expression translated(RegexTree tree) {
        if (tree instanceof Characters characters) {
            CodePoints members = characters.members();
            boolean single = members.rangeCount() == 1 && members.first(0) == members.last(0);
            return single ? Literal.of(Character.toString(members.first(0))) : new CharacterClass(members);
        } else if (tree instanceof Sequence sequence) {
            return algebra.sequence(
                    sequence.items().stream().map(this::translated).toList());
        } else if (tree instanceof Choice choice) {
            return algebra.choice(
                    choice.alternatives().stream().map(this::translated).toList());
        } else if (tree instanceof Repeat repeat) {
            Expression item = translated(repeat.item());
            return repeat.max() == 0 || (repeat.min() == 1 && repeat.max() == 1)
                    ? algebra.repeat(item, repeat.min(), repeat.max())
                    : new Expression.Repeat(item, repeat.min(), repeat.max(), !repeat.greedy());
        } else if (tree instanceof RegexTree.Group group) {
            return translated(group.body());
        }
        throw new UnsupportedFeatureException(
                tree.getClass().getSimpleName(), "the pattern of " + name + " looks at the text around it", place);
    }

    /** The items of a sequence, of which none is a sequence. */
    static List<RegexTree> items(RegexTree tree) {
        List<RegexTree> items = new ArrayList<>();
        if (tree instanceof Sequence sequence) {
            sequence.items().forEach(item -> items.addAll(items(item)));
        } else {
            items.add(tree);
        }
        return items;
    }
}
