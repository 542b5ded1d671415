// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.source.ImpliedBounds;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Patterns with look-around as expressions with intersections and differences, where that is possible: a look-ahead restricts what follows it, up to
 * the end of the text, or what its own iteration goes on with, if that is long enough; a look-behind restricts what stands before it in the same
 * way. Counted repetitions stay counted. What this does not translate is left to {@link LookAround}, which can read everything.
 *
 * <p>{@code (?:(?!-)[a-z-]{1,63}(?<!-)\.)+} has the labels {@code [a-z-]{1,63}} but those that begin or end with a hyphen.
 */
@FastPath(oracle = "LookTranslationTest")
final class LookTranslation {

    private static final Expression ANY =
            new Expression.Repeat(new Expression.CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED);

    private static final Expression SOME = Expression.Sequence.of(new Expression.CharacterClass(CodePoints.ALL), ANY);

    /** Iterations of a repetition that are written out. */
    private static final int FEW = 4;

    /** The parts that a translation may have: what follows a choice is copied into its alternatives. */
    private static final int MOST = 2_000;

    private final WorkBudget budget;
    private int parts;
    private boolean seesStart;

    /** Thrown where there is no such expression; caught here. */
    private static final class NotTranslated extends RuntimeException {

        private static final long serialVersionUID = 1;

        NotTranslated() {
            super("", null, false, false);
        }
    }

    /** What stands before a place: the start of the text alone, something else, or either. */
    private enum Before {
        START,
        TEXT,
        EITHER
    }

    private LookTranslation(WorkBudget budget) {
        this.budget = budget;
    }

    /** The texts of which some part matches; null if they are not translated. Recurses with the nesting. */
    static @Nullable Expression searching(RegexTree tree, WorkBudget budget) {
        LookTranslation work = new LookTranslation(budget);
        try {
            Expression first = work.then(tree, ANY, Before.START);
            Expression later = work.then(tree, ANY, Before.TEXT);
            Expression found = work.seesStart
                    ? new Expression.Choice(List.of(
                            first, Expression.Sequence.of(new Expression.CharacterClass(CodePoints.ALL), ANY, later)))
                    : Expression.Sequence.of(ANY, later);
            Expression all = later.equals(Expression.NOTHING) ? first : found;
            return size(all, new IdentityHashMap<>()) > MOST ? null : ImpliedBounds.relaxed(all);
        } catch (NotTranslated e) {
            return null;
        }
    }

    /** The parts of an expression, each as often as it is reached. */
    private static long size(Expression expression, Map<Expression, Long> known) {
        Long before = known.get(expression);
        if (before != null) {
            return before;
        }
        List<Expression> inner = expression instanceof Expression.Sequence sequence
                ? sequence.items()
                : expression instanceof Expression.Choice choice
                        ? choice.alternatives()
                        : expression instanceof Expression.Repeat repeat
                                ? List.of(repeat.item())
                                : expression instanceof Expression.Intersection both
                                        ? List.of(both.left(), both.right())
                                        : expression instanceof Expression.Difference difference
                                                ? List.of(difference.left(), difference.right())
                                                : List.of();
        long size = 1;
        for (Expression one : inner) {
            size = Math.min(Integer.MAX_VALUE, size + size(one, known));
        }
        known.put(expression, size);
        return size;
    }

    private void count() {
        budget.step();
        if (++parts > MOST) {
            throw new NotTranslated();
        }
    }

    /** The texts that match a tree and go on as given up to the end of the text. */
    private Expression then(RegexTree tree, Expression rest, Before before) {
        count();
        if (rest.equals(Expression.NOTHING)) {
            return rest;
        } else if (tree instanceof RegexTree.Sequence sequence) {
            return inTurn(sequence.items(), rest, before);
        } else if (tree instanceof RegexTree.Group group) {
            return then(group.body(), rest, before);
        } else if (isPlain(tree)) {
            return follow(plain(tree), rest);
        } else if (tree instanceof RegexTree.Choice choice) {
            List<Expression> all = new ArrayList<>();
            for (RegexTree alternative : choice.alternatives()) {
                Expression one = then(alternative, rest, before);
                if (!one.equals(Expression.NOTHING)) {
                    all.add(one);
                }
            }
            return all.isEmpty() ? Expression.NOTHING : all.size() == 1 ? all.get(0) : new Expression.Choice(all);
        } else if (tree instanceof RegexTree.Assertion assertion) {
            return asserted(assertion, rest, before);
        } else if (tree instanceof RegexTree.Look look) {
            return look.behind() ? behind(look, rest, before) : ahead(look, rest, before);
        } else if (tree instanceof RegexTree.Repeat repeat) {
            return repeated(repeat, rest, before);
        }
        throw new NotTranslated();
    }

    private Expression inTurn(List<RegexTree> items, Expression rest, Before before) {
        int open = before == Before.START ? mayBeEmpty(items) : -1;
        if (open >= 0) {
            // either this part reads nothing and the next one still stands at the start, or it reads something
            RegexTree behind = new RegexTree.Sequence(items.subList(open + 1, items.size()));
            Expression some = new Expression.Intersection(plain(items.get(open)), SOME);
            List<Expression> both = new ArrayList<>(List.of(then(behind, rest, Before.START)));
            Expression later = then(behind, rest, Before.TEXT);
            if (!later.equals(Expression.NOTHING)) {
                both.add(follow(some, later));
            }
            return inTurn(items.subList(0, open), new Expression.Choice(both), before);
        }
        List<Before> befores = new ArrayList<>();
        Before at = before;
        for (RegexTree item : items) {
            befores.add(at);
            boolean isTextLeft = isPlain(item) && ImpliedBounds.least(plain(item)) > 0;
            at = isTextLeft ? Before.TEXT : at == Before.START && reads(item) ? Before.EITHER : at;
        }
        Expression all = rest;
        for (int i = items.size() - 1; i >= 0; i--) {
            boolean isBehind = items.get(i) instanceof RegexTree.Look look && look.behind();
            if (isBehind && befores.get(i) != Before.START) {
                // what is read since the last part that is not plain is restricted and read as a whole
                int from = i;
                while (from > 0 && (isPlain(items.get(from - 1)) || isLookBehind(items.get(from - 1)))) {
                    from--;
                }
                all = follow(restricted(items.subList(from, i + 1)), all);
                i = from;
            } else {
                all = then(items.get(i), all, befores.get(i));
            }
        }
        return all;
    }

    /** The part at the start that may be empty before a demand that the text starts; -1 for none. */
    private int mayBeEmpty(List<RegexTree> items) {
        int at = 0;
        while (at < items.size() && !reads(items.get(at))) {
            at++;
        }
        boolean isOpen = at < items.size() && isPlain(items.get(at)) && isNullable(plain(items.get(at)));
        return isOpen && items.subList(at + 1, items.size()).stream().anyMatch(LookTranslation::asksForStart) ? at : -1;
    }

    private static boolean asksForStart(RegexTree tree) {
        if (tree instanceof RegexTree.Sequence sequence) {
            return sequence.items().stream().anyMatch(LookTranslation::asksForStart);
        } else if (tree instanceof RegexTree.Choice choice) {
            return choice.alternatives().stream().anyMatch(LookTranslation::asksForStart);
        } else if (tree instanceof RegexTree.Repeat repeat) {
            return asksForStart(repeat.item());
        } else if (tree instanceof RegexTree.Group group) {
            return asksForStart(group.body());
        } else if (tree instanceof RegexTree.Look look) {
            return asksForStart(look.body());
        }
        return tree instanceof RegexTree.Assertion assertion && assertion.kind() == RegexTree.Assertion.Kind.START;
    }

    private static boolean isLookBehind(RegexTree tree) {
        return tree instanceof RegexTree.Look look && look.behind();
    }

    /** Plain parts and look-behinds in turn, each of which looks at what these parts read alone. */
    private Expression restricted(List<RegexTree> items) {
        Expression read = Expression.EMPTY;
        for (RegexTree item : items) {
            if (item instanceof RegexTree.Look look) {
                read = lookedBack(look, read);
            } else {
                read = follow(read, plain(item));
            }
        }
        return read;
    }

    private Expression lookedBack(RegexTree.Look look, Expression read) {
        if (!isPlain(look.body())) {
            throw new NotTranslated();
        }
        Expression body = plain(look.body());
        if (ImpliedBounds.least(read) < ImpliedBounds.most(body)) {
            throw new NotTranslated();
        }
        return restricted(read, Expression.Sequence.of(ANY, body), look.negative());
    }

    private Expression behind(RegexTree.Look look, Expression rest, Before before) {
        seesStart = true;
        if (before == Before.START && isPlain(look.body())) {
            boolean holds = (ImpliedBounds.least(plain(look.body())) == 0) != look.negative();
            return holds ? rest : Expression.NOTHING;
        }
        throw new NotTranslated();
    }

    private Expression ahead(RegexTree.Look look, Expression rest, Before before) {
        Expression body = then(look.body(), ANY, before);
        return restricted(rest, body, look.negative());
    }

    private static Expression restricted(Expression texts, Expression demand, boolean negative) {
        if (demand.equals(Expression.NOTHING)) {
            return negative ? texts : demand;
        } else if (texts.equals(ANY) && !negative) {
            return demand;
        }
        return negative ? new Expression.Difference(texts, demand) : new Expression.Intersection(texts, demand);
    }

    private Expression asserted(RegexTree.Assertion assertion, Expression rest, Before before) {
        switch (assertion.kind()) {
            case START -> {
                seesStart = true;
                if (before == Before.EITHER) {
                    throw new NotTranslated();
                }
                return before == Before.START ? rest : Expression.NOTHING;
            }
            case END -> {
                return isNullable(rest) ? Expression.EMPTY : Expression.NOTHING;
            }
            default -> throw new NotTranslated();
        }
    }

    private Expression repeated(RegexTree.Repeat repeat, Expression rest, Before before) {
        if (repeat.max() != Expression.UNBOUNDED && repeat.max() <= FEW) {
            Expression all = rest;
            for (int i = repeat.max(); i > 0; i--) {
                Before at = i == 1 ? before : before == Before.TEXT ? before : Before.EITHER;
                Expression one = then(repeat.item(), all, at);
                all = i > repeat.min() && !one.equals(Expression.NOTHING)
                        ? new Expression.Choice(List.of(one, rest))
                        : i > repeat.min() ? rest : one;
            }
            return all;
        }
        return follow(new Expression.Repeat(alone(repeat.item()), repeat.min(), repeat.max()), rest);
    }

    /** What a tree matches whatever stands around it: its look-around looks at what it reads itself. */
    private Expression alone(RegexTree tree) {
        count();
        if (isPlain(tree)) {
            return plain(tree);
        } else if (tree instanceof RegexTree.Group group) {
            return alone(group.body());
        } else if (tree instanceof RegexTree.Choice choice) {
            return new Expression.Choice(
                    choice.alternatives().stream().map(this::alone).toList());
        } else if (tree instanceof RegexTree.Repeat repeat) {
            return new Expression.Repeat(alone(repeat.item()), repeat.min(), repeat.max());
        } else if (tree instanceof RegexTree.Sequence sequence) {
            return aloneInTurn(sequence.items());
        }
        throw new NotTranslated();
    }

    private Expression aloneInTurn(List<RegexTree> items) {
        Expression rest = Expression.EMPTY;
        int end = items.size();
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i) instanceof RegexTree.Look look && !look.behind()) {
                rest = follow(aloneBack(items.subList(i + 1, end)), rest);
                end = i;
                Expression body = isPlain(look.body()) ? plain(look.body()) : alone(look.body());
                if (ImpliedBounds.least(rest) < ImpliedBounds.most(body)) {
                    throw new NotTranslated();
                }
                rest = restricted(rest, Expression.Sequence.of(body, ANY), look.negative());
            }
        }
        return follow(aloneBack(items.subList(0, end)), rest);
    }

    private Expression aloneBack(List<RegexTree> items) {
        Expression read = Expression.EMPTY;
        for (RegexTree item : items) {
            read = isLookBehind(item) ? lookedBack((RegexTree.Look) item, read) : follow(read, alone(item));
        }
        return read;
    }

    private static Expression follow(Expression first, Expression rest) {
        return first.equals(Expression.NOTHING)
                ? first
                : first.equals(Expression.EMPTY)
                        ? rest
                        : rest.equals(Expression.EMPTY) ? first : Expression.Sequence.of(first, rest);
    }

    private static boolean isNullable(Expression rest) {
        if (rest instanceof Expression.Literal literal) {
            return literal.bytes().length() == 0;
        } else if (rest instanceof Expression.Sequence sequence) {
            return sequence.items().stream().allMatch(LookTranslation::isNullable);
        } else if (rest instanceof Expression.Choice choice) {
            return choice.alternatives().stream().anyMatch(LookTranslation::isNullable);
        } else if (rest instanceof Expression.Repeat repeat) {
            return repeat.min() == 0 || isNullable(repeat.item());
        } else if (rest instanceof Expression.Intersection both) {
            return isNullable(both.left()) && isNullable(both.right());
        } else if (rest instanceof Expression.Difference difference) {
            return isNullable(difference.left()) && !isNullable(difference.right());
        }
        return false;
    }

    /** Whether a tree has neither look-around nor assertions. Cost: its size. */
    private static boolean isPlain(RegexTree tree) {
        if (tree instanceof RegexTree.Sequence sequence) {
            return sequence.items().stream().allMatch(LookTranslation::isPlain);
        } else if (tree instanceof RegexTree.Choice choice) {
            return choice.alternatives().stream().allMatch(LookTranslation::isPlain);
        } else if (tree instanceof RegexTree.Repeat repeat) {
            return isPlain(repeat.item());
        } else if (tree instanceof RegexTree.Group group) {
            return isPlain(group.body());
        }
        return tree instanceof RegexTree.Characters;
    }

    /** Whether a tree may read something. */
    private static boolean reads(RegexTree tree) {
        return !(tree instanceof RegexTree.Look || tree instanceof RegexTree.Assertion);
    }

    private Expression plain(RegexTree tree) {
        count();
        if (tree instanceof RegexTree.Characters one) {
            return new Expression.CharacterClass(one.members());
        } else if (tree instanceof RegexTree.Sequence sequence) {
            return sequence.items().isEmpty()
                    ? Expression.EMPTY
                    : new Expression.Sequence(
                            sequence.items().stream().map(this::plain).toList());
        } else if (tree instanceof RegexTree.Choice choice) {
            return new Expression.Choice(
                    choice.alternatives().stream().map(this::plain).toList());
        } else if (tree instanceof RegexTree.Repeat repeat) {
            return repeat.max() == 0
                    ? Expression.EMPTY
                    : new Expression.Repeat(plain(repeat.item()), repeat.min(), repeat.max());
        } else if (tree instanceof RegexTree.Group group) {
            return plain(group.body());
        }
        throw new NotTranslated();
    }
}
