// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.Derivatives;
import dev.espalier.schemas.characters.DerivedTexts;
import java.util.ArrayList;
import java.util.List;

/**
 * The languages of a pattern: one automaton if it is small; else those of what an intersection, difference or choice is made of, so that lengths can
 * be counted and each is small alone; what is large all the same is derived while it is read.
 */
@FastPath(oracle = "RealLifePatternsTest")
final class PatternParts {

    /** The states up to which a pattern with parts is one automaton. */
    private static final int SMALL = 1 << 12;

    /** The states up to which a pattern without parts is one. */
    private static final int LARGE = 1 << 15;

    /** The units of work for one automaton. */
    private static final long UNITS = 200_000;

    private final WorkBudget budget;

    PatternParts(WorkBudget budget) {
        this.budget = budget;
    }

    /** The texts of an expression. Recurses with its nesting. */
    PatternTexts of(Expression expression) {
        Derivatives derivatives = new Derivatives(budget);
        int term = derivatives.of(expression);
        CharacterAutomaton small =
                CharacterAutomatonBuilder.of(derivatives, term, hasParts(expression) ? SMALL : LARGE, UNITS, budget);
        if (small != null) {
            return new PatternTexts.Regular(small);
        } else if (expression instanceof Expression.Intersection both) {
            return new PatternTexts.Both(List.of(of(both.left()), of(both.right())));
        } else if (expression instanceof Expression.Difference difference) {
            return new PatternTexts.Both(List.of(of(difference.left()), new PatternTexts.Not(of(difference.right()))));
        } else if (expression instanceof Expression.Choice choice) {
            List<PatternTexts> parts = new ArrayList<>();
            choice.alternatives().forEach(alternative -> parts.add(of(alternative)));
            return new PatternTexts.Either(parts);
        }
        return new PatternTexts.Read(new DerivedKind(new DerivedTexts(expression, budget.limits()), expression));
    }

    private static boolean hasParts(Expression expression) {
        return expression instanceof Expression.Intersection
                || expression instanceof Expression.Difference
                || expression instanceof Expression.Choice;
    }
}
