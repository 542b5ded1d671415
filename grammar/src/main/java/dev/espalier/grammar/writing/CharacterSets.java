// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Grammar;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Expressions that describe single characters, as sets of characters. */
final class CharacterSets {

    private final Grammar grammar;
    private final Set<String> open = new HashSet<>();

    CharacterSets(Grammar grammar) {
        this.grammar = grammar;
    }

    /** The characters that an expression describes; empty if it may describe anything else. */
    Optional<CodePoints> of(Expression expression) {
        if (expression instanceof CharacterClass one) {
            return Optional.of(one.members());
        } else if (expression instanceof Literal literal) {
            String text = literal.bytes().toUtf8();
            boolean isOne = text.codePointCount(0, text.length()) == 1
                    && Literal.of(text).equals(literal);
            return isOne ? Optional.of(CodePoints.of(text.codePointAt(0))) : Optional.empty();
        } else if (expression instanceof Choice choice) {
            Optional<CodePoints> all = Optional.of(CodePoints.NONE);
            for (Expression alternative : choice.alternatives()) {
                Optional<CodePoints> more = of(alternative);
                all = all.flatMap(some -> more.map(some::union));
            }
            return all;
        } else if (expression instanceof Intersection both) {
            return of(both.left()).flatMap(left -> of(both.right()).map(left::intersect));
        } else if (expression instanceof Difference difference) {
            return of(difference.left()).flatMap(left -> of(difference.right()).map(left::minus));
        } else if (expression instanceof RuleReference reference
                && grammar.rules().containsKey(reference.name())
                && open.add(reference.name())) {
            Optional<CodePoints> members = of(grammar.rule(reference.name()));
            open.remove(reference.name());
            return members;
        }
        return Optional.empty();
    }
}
