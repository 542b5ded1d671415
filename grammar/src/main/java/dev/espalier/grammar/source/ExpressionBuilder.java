// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Puts choices of sequences together as a parser meets their parts, on a stack of its own.
 *
 * @param <T> what the parts are
 */
public final class ExpressionBuilder<T> {

    private static final int NODE_BYTES = 48;

    /** How parts become wholes. */
    public interface Algebra<T> {

        /** One after the other; the list may be empty and is not to be kept. */
        T sequence(List<T> items);

        /** Any one of them; called with two or more. */
        T choice(List<T> alternatives);

        /** As many times as the bounds allow. */
        T repeat(T item, int min, int max);
    }

    private final Algebra<T> algebra;
    private final WorkBudget budget;
    private final Deque<Level<T>> levels = new ArrayDeque<>();
    private int nodes;

    private static final class Level<T> {
        final List<T> alternatives = new ArrayList<>(1);
        List<T> items = new ArrayList<>(2);
    }

    public ExpressionBuilder(Algebra<T> algebra, WorkBudget budget) {
        this.algebra = algebra;
        this.budget = budget;
    }

    /** Begins a choice inside whatever is open. */
    public void open() {
        levels.push(new Level<>());
    }

    /** The next item of the current sequence. */
    public void add(T item) {
        count();
        level().items.add(item);
    }

    /** Repeats the last item of the current sequence. */
    public void repeatLast(int min, int max) {
        count();
        List<T> items = level().items;
        int last = items.size() - 1;
        items.set(last, algebra.repeat(items.get(last), min, max));
    }

    /** Makes another item of the last one of the current sequence. */
    public void mapLast(UnaryOperator<T> mapped) {
        List<T> items = level().items;
        items.set(items.size() - 1, mapped.apply(items.get(items.size() - 1)));
    }

    /** Makes one item of the last two of the current sequence. */
    public void mergeLast(BinaryOperator<T> merged) {
        count();
        List<T> items = level().items;
        T right = items.remove(items.size() - 1);
        items.set(items.size() - 1, merged.apply(items.get(items.size() - 1), right));
    }

    /** Ends a sequence and with it an alternative. */
    public void endAlternative() {
        count();
        Level<T> level = level();
        level.alternatives.add(algebra.sequence(level.items));
        level.items = new ArrayList<>(2);
    }

    /** Ends the choice that was opened last. */
    public T close() {
        List<T> alternatives = levels.pop().alternatives;
        return alternatives.size() == 1 ? alternatives.get(0) : algebra.choice(alternatives);
    }

    private Level<T> level() {
        return levels.element();
    }

    private void count() {
        budget.allocate(NODE_BYTES);
        int limit = budget.limits().maxIrNodes();
        if (++nodes > limit) {
            throw new LimitExceededException("maxIrNodes", limit, nodes, Place.UNKNOWN);
        }
    }
}
