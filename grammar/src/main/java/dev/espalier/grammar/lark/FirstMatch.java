// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The text that a backtracking search finds first at the beginning of a short text. */
final class FirstMatch {

    private static final int NONE = -1;

    private final int[] text;
    private final WorkBudget budget;

    private FirstMatch(String text, WorkBudget budget) {
        this.text = text.codePoints().toArray();
        this.budget = budget;
    }

    /** The length in code points of what an expression finds, or -1. */
    static int length(Expression expression, String text, WorkBudget budget) {
        return new FirstMatch(text, budget).match(expression, 0, end -> end);
    }

    /** Whether an expression finds a whole text. */
    static boolean isWhole(Expression expression, String text, WorkBudget budget) {
        int length = text.codePointCount(0, text.length());
        return new FirstMatch(text, budget).match(expression, 0, end -> end == length ? end : NONE) == length;
    }

    private int match(Expression expression, int at, IntUnaryOperator then) {
        budget.step();
        if (expression instanceof Expression.Literal literal) {
            int[] wanted = new String(literal.bytes().toByteArray(), StandardCharsets.UTF_8)
                    .codePoints()
                    .toArray();
            for (int i = 0; i < wanted.length; i++) {
                if (at + i >= text.length || text[at + i] != wanted[i]) {
                    return NONE;
                }
            }
            return then.applyAsInt(at + wanted.length);
        } else if (expression instanceof Expression.CharacterClass set) {
            return at < text.length && set.members().contains(text[at]) ? then.applyAsInt(at + 1) : NONE;
        } else if (expression instanceof Expression.Choice choice) {
            for (Expression alternative : choice.alternatives()) {
                int end = match(alternative, at, then);
                if (end != NONE) {
                    return end;
                }
            }
            return NONE;
        } else if (expression instanceof Expression.Sequence sequence) {
            return matchAll(sequence.items(), at, then);
        } else if (expression instanceof Expression.Look look) {
            return holds(look, at) != look.isNegative() ? then.applyAsInt(at) : NONE;
        }
        Expression.Repeat repeat = (Expression.Repeat) expression; // patterns have nothing else
        return matchRepeated(repeat, 0, at, then);
    }

    private boolean holds(Expression.Look look, int at) {
        if (!look.isBehind()) {
            return match(look.body(), at, end -> end) != NONE;
        }
        return IntStream.rangeClosed(0, at)
                .anyMatch(from -> match(look.body(), from, end -> end == at ? end : NONE) != NONE);
    }

    private int matchAll(List<Expression> items, int at, IntUnaryOperator then) {
        return items.isEmpty()
                ? then.applyAsInt(at)
                : match(items.get(0), at, end -> matchAll(items.subList(1, items.size()), end, then));
    }

    private int matchRepeated(Expression.Repeat repeat, int times, int at, IntUnaryOperator then) {
        boolean mayStop = times >= repeat.min();
        boolean mayGoOn = repeat.max() == Expression.UNBOUNDED || times < repeat.max();
        if (mayStop && repeat.isLazy()) {
            int end = then.applyAsInt(at);
            if (end != NONE) {
                return end;
            }
        }
        if (mayGoOn) {
            int end = match(
                    repeat.item(),
                    at,
                    next -> next == at && mayStop ? NONE : matchRepeated(repeat, times + 1, next, then));
            if (end != NONE) {
                return end;
            }
        }
        return mayStop && !repeat.isLazy() ? then.applyAsInt(at) : NONE;
    }
}
