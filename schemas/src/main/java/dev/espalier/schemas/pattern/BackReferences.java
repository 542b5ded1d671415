// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.core.Limits;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.schemas.format.WholeText;
import dev.espalier.schemas.work.Deadline;

/**
 * The texts of which some part matches a pattern with back-references. Equal by pattern. Cost of a test: exponential in the worst case, but
 * cut off by the step's deadline.
 */
final class BackReferences implements WholeText.Kind {

    /** The levels of recursion that a character may take. */
    private static final int LEVELS = 4;

    private final String pattern;
    private final RegexTree tree;
    private final Limits limits;

    BackReferences(String pattern, RegexTree tree, Limits limits) {
        this.pattern = pattern;
        this.tree = tree;
        this.limits = limits;
    }

    @Override
    public boolean test(String text) {
        int[] characters = text.codePoints().toArray();
        Deadline deadline = new Deadline(limits);
        deadline.start();
        int nesting = (int) pattern.chars().filter(c -> c == '(').count();
        return DeepStack.call(
                nesting + LEVELS * characters.length + LEVELS * pattern.length(),
                () -> new Backtracking(characters, tree, deadline).isFound());
    }

    @Override
    public String what() {
        return "a pattern with back-references";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BackReferences that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }
}
