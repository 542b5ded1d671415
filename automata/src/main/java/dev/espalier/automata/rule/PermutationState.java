// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.rule;

import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.PermutationLength;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import java.util.Arrays;
import java.util.Objects;

/**
 * A state of a permutation, items in any order, each within its bounds: how often each item was read so far.
 * Between two items stands the separator.
 */
@SuppressWarnings("ReferenceEquality") // a shape is one object
@FastPath(oracle = "AutomatonOracleTest")
final class PermutationState implements State {

    /** What never changes while one permutation is read. */
    record Shape(
            Callee.Permutation permutation, State[] items, State separator, int[] itemLengths, int separatorLength) {

        boolean hasSeparator() {
            return permutation.separator() >= 0;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private enum Phase {
        /** Nothing read yet: an item must come. */
        START,
        /** After a separator: an item must come. */
        ITEM,
        /** After an item: a separator, or the end. */
        AFTER_ITEM
    }

    private final Shape shape;
    private final Phase phase;
    private final int[] counts;
    private final int total;

    private PermutationState(Shape shape, Phase phase, int[] counts, int total) {
        this.shape = shape;
        this.phase = phase;
        this.counts = counts;
        this.total = total;
    }

    static PermutationState start(Shape shape) {
        return new PermutationState(shape, Phase.START, new int[shape.items.length], 0);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (phase != Phase.AFTER_ITEM) {
            offerItems(symbol, moves);
            return;
        }
        if (!anotherFits()) {
            return;
        }
        if (shape.hasSeparator()) {
            moves.push(shape.separator, new PermutationState(shape, Phase.ITEM, counts, total));
        }
        if (!shape.hasSeparator() || shape.permutation.separatorMayBeEmpty()) {
            offerItems(symbol, moves);
        }
    }

    private void offerItems(int symbol, Moves moves) {
        for (int i = 0; i < counts.length; i++) {
            if (fits(i) && ByteView.mayRead(shape.items[i], symbol)) {
                Callee.Permutation.Item bounds = shape.permutation.items().get(i);
                int[] after = counts.clone();
                after[i] = counted(counts[i] + 1, bounds.min(), bounds.max());
                int totalAfter = counted(total + 1, shape.permutation.minTotal(), shape.permutation.maxTotal());
                moves.push(shape.items[i], new PermutationState(shape, Phase.AFTER_ITEM, after, totalAfter));
            }
        }
    }

    /** Counts on only as far as a bound is to be told, so that the states of a permutation are finitely many. */
    private static int counted(int count, int min, int max) {
        return max == Expression.UNBOUNDED ? Math.min(count, min) : count;
    }

    private boolean anotherFits() {
        for (int i = 0; i < counts.length; i++) {
            if (fits(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one more of an item leaves all bounds reachable. */
    private boolean fits(int item) {
        Callee.Permutation.Item bounds = shape.permutation.items().get(item);
        if ((bounds.max() != Expression.UNBOUNDED && counts[item] >= bounds.max())
                || shape.itemLengths[item] == Lengths.NEVER) {
            return false;
        }
        int max = shape.permutation.maxTotal();
        int missing = missing() - (counts[item] < bounds.min() ? 1 : 0);
        return max == Expression.UNBOUNDED || total + 1 + missing <= max;
    }

    private int missing() {
        int missing = 0;
        for (int i = 0; i < counts.length; i++) {
            missing += Math.max(0, shape.permutation.items().get(i).min() - counts[i]);
        }
        return missing;
    }

    @Override
    public int[] results() {
        boolean done = phase == Phase.AFTER_ITEM && missing() == 0 && total >= shape.permutation.minTotal();
        return done ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        if (result == 0) {
            moves.stay(this);
        }
    }

    @Override
    public int distance(int result) {
        if (result != 0) {
            return Integer.MAX_VALUE;
        }
        long length = PermutationLength.shortest(
                shape.permutation,
                item -> shape.itemLengths[item],
                shape.permutation.separatorMayBeEmpty() ? 0 : shape.separatorLength,
                counts,
                total,
                phase != Phase.AFTER_ITEM,
                phase == Phase.AFTER_ITEM);
        return (int) Math.min(length, Integer.MAX_VALUE - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PermutationState state
                && shape == state.shape
                && phase == state.phase
                && total == state.total
                && Arrays.equals(counts, state.counts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, phase, total, Arrays.hashCode(counts));
    }

    @Override
    public String toString() {
        return "permutation " + phase + " " + Arrays.toString(counts);
    }
}
