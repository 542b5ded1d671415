// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.tree.RegexTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A regular expression without back-references as a graph of steps, each with its successors. Bounded repetitions are written out. */
@FastPath(oracle = "LookAroundTest")
final class LookProgram {

    /** A step with its condition and the step after it ({@code other}: the second branch, or the beginning of a look-around). */
    record Step(Kind kind, CodePoints members, RegexTree.Assertion.Kind demand, int next, int other) {}

    /** The action of a step. */
    enum Kind {
        /** Reads one character of a set. */
        READ,
        /** Branches to two steps. */
        SPLIT,
        /** Asserts something about the characters on either side. */
        ASSERT,
        /** Asserts that the look-ahead that begins at {@code other} matches from here, or does not. */
        AHEAD,
        NOT_AHEAD,
        /** Asserts that the look-behind number {@code other} ends here, or does not. */
        BEHIND,
        NOT_BEHIND,
        /** The end of a look-ahead, or of a pattern that is searched for; anything may follow. */
        DONE,
        /** The end of a look-behind. */
        BEHIND_DONE
    }

    private final WorkBudget budget;
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> behinds = new ArrayList<>();
    private final BitSet running = new BitSet();
    private boolean behind;

    private LookProgram(WorkBudget budget) {
        this.budget = budget;
    }

    /**
     * The program that searches for an expression; it begins at its last step. Recurses with the nesting.
     *
     * @throws LimitExceededException past {@code maxRepeatExpansion} steps
     */
    static LookProgram searching(RegexTree tree, WorkBudget budget) {
        LookProgram program = new LookProgram(budget);
        int done = program.add(Kind.DONE, -1, -1);
        int found = program.translate(tree, done);
        int loop = program.add(Kind.SPLIT, -1, found);
        int any = program.read(CodePoints.ALL, loop);
        program.steps.set(loop, program.step(Kind.SPLIT, any, found));
        program.add(Kind.SPLIT, loop, loop);
        return program;
    }

    int start() {
        return steps.size() - 1;
    }

    Step get(int step) {
        return steps.get(step);
    }

    /** The number of steps. */
    int size() {
        return steps.size();
    }

    /** Whether a step belongs to a look-behind, and not to a look-ahead inside it. */
    boolean isBehind(int step) {
        return running.get(step);
    }

    /** The first step of each look-behind. */
    List<Integer> behinds() {
        return behinds;
    }

    private Step step(Kind kind, int next, int other) {
        return new Step(kind, CodePoints.NONE, RegexTree.Assertion.Kind.START, next, other);
    }

    private int add(Kind kind, int next, int other) {
        return add(step(kind, next, other));
    }

    private int read(CodePoints members, int next) {
        return add(new Step(Kind.READ, members, RegexTree.Assertion.Kind.START, next, -1));
    }

    private int add(Step step) {
        int limit = budget.limits().maxRepeatExpansion();
        if (steps.size() >= limit) {
            throw new LimitExceededException("maxRepeatExpansion", limit, steps.size() + 1L, Place.UNKNOWN);
        }
        budget.step();
        running.set(steps.size(), behind);
        steps.add(step);
        return steps.size() - 1;
    }

    /** The first step of an expression that a given step follows. */
    private int translate(RegexTree tree, int next) {
        if (tree instanceof RegexTree.Characters one) {
            return read(one.members(), next);
        } else if (tree instanceof RegexTree.Sequence sequence) {
            int at = next;
            for (int i = sequence.items().size() - 1; i >= 0; i--) {
                at = translate(sequence.items().get(i), at);
            }
            return at;
        } else if (tree instanceof RegexTree.Choice choice) {
            int at = translate(choice.alternatives().get(0), next);
            for (RegexTree other :
                    choice.alternatives().subList(1, choice.alternatives().size())) {
                at = add(Kind.SPLIT, at, translate(other, next));
            }
            return at;
        } else if (tree instanceof RegexTree.Repeat repeat) {
            return repeat(repeat, next);
        } else if (tree instanceof RegexTree.Assertion assertion) {
            return add(new Step(Kind.ASSERT, assertion.word(), assertion.kind(), next, -1));
        } else if (tree instanceof RegexTree.Group group) {
            return translate(group.body(), next);
        } else if (tree instanceof RegexTree.Look look) {
            return look(look, next);
        }
        throw new IllegalArgumentException("back-references have no such program");
    }

    private int look(RegexTree.Look look, int next) {
        boolean outside = behind;
        behind = look.behind();
        int body = translate(look.body(), add(look.behind() ? Kind.BEHIND_DONE : Kind.DONE, -1, -1));
        behind = outside;
        if (!look.behind()) {
            return add(look.negative() ? Kind.NOT_AHEAD : Kind.AHEAD, next, body);
        }
        behinds.add(body);
        return add(look.negative() ? Kind.NOT_BEHIND : Kind.BEHIND, next, behinds.size() - 1);
    }

    private int repeat(RegexTree.Repeat repeat, int next) {
        int at = next;
        if (repeat.max() == Expression.UNBOUNDED) {
            int loop = add(Kind.SPLIT, next, next);
            int body = translate(repeat.item(), loop);
            steps.set(loop, step(Kind.SPLIT, body, next));
            at = loop;
        } else {
            for (int i = repeat.min(); i < repeat.max(); i++) {
                at = add(Kind.SPLIT, translate(repeat.item(), at), next);
            }
        }
        for (int i = 0; i < repeat.min(); i++) {
            at = translate(repeat.item(), at);
        }
        return at;
    }
}
