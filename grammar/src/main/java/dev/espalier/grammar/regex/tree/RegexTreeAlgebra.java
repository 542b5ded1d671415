// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex.tree;

import dev.espalier.grammar.source.ExpressionBuilder;
import java.util.List;

/** Puts {@link RegexTree}s together. */
public final class RegexTreeAlgebra implements ExpressionBuilder.Algebra<RegexTree> {

    private boolean greedy = true;

    /** Whether repetitions from now on try more times first. */
    public void greedy(boolean value) {
        greedy = value;
    }

    @Override
    public RegexTree sequence(List<RegexTree> items) {
        return items.size() == 1 ? items.get(0) : new RegexTree.Sequence(items);
    }

    @Override
    public RegexTree choice(List<RegexTree> alternatives) {
        return new RegexTree.Choice(alternatives);
    }

    @Override
    public RegexTree repeat(RegexTree item, int min, int max) {
        return new RegexTree.Repeat(item, min, max, greedy);
    }
}
