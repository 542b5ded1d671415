package dev.espalier.schemas;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;
import java.util.Arrays;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ways to complete a value, shortest first, each value in one spelling ({@link CanonicalText}); members of objects
 * may still come in several orders. Best-first search (A*) that is guided by estimates of the distance which are never too
 * large: no way is begun that is longer than the next answer.
 */
final class TextSearch {

    /** Zeros behind the point after which a digit is taken to be possible: the search then finds out. */
    private static final int MAX_ZEROS = 64;

    private final SchemaLanguage language;
    private final Stepper stepper;
    private final int result;
    private final Predicate<byte[]> mayLead;
    private final boolean lines;
    private final PriorityQueue<Beginning> open = new PriorityQueue<>();
    private final int most;
    private int texts;

    /** A text so far: what was added, and its length with the least that must still follow. */
    private record Beginning(StackSet stacks, byte[] added, int position, int bound) implements Comparable<Beginning> {
        @Override
        public int compareTo(Beginning other) {
            return bound != other.bound
                    ? Integer.compare(bound, other.bound)
                    : added.length != other.added.length
                            ? Integer.compare(other.added.length, added.length)
                            : Arrays.compareUnsigned(added, other.added);
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

    /**
     * A search.
     *
     * @param stacks where the text has led so far
     * @param position how its spelling goes on
     * @param result the result that the value must have
     * @param lines whether there is one layout, in lines, where a blank is a step like any other
     * @param mayLead whether an addition may be the beginning of a wanted one
     */
    TextSearch(
            SchemaLanguage language,
            StackSet stacks,
            int position,
            int result,
            boolean lines,
            Predicate<byte[]> mayLead) {
        this.language = language;
        this.stepper = language.stepper();
        this.most = language.limits().maxStepItems();
        this.result = result;
        this.lines = lines;
        this.mayLead = mayLead;
        add(stacks, new byte[0], position);
    }

    private void add(StackSet stacks, byte[] added, int position) {
        int distance = language.estimate(stepper, stacks, result);
        if (distance != Integer.MAX_VALUE && mayLead.test(added)) {
            open.add(new Beginning(stacks, added, position, added.length + distance));
        }
    }

    /**
     * The next completion; null if there is none any more.
     *
     * @throws LimitExceededException past {@code maxStepItems} texts
     */
    byte @Nullable [] next() {
        while (!open.isEmpty()) {
            Beginning best = open.poll();
            language.deadline().tick();
            if (++texts > most) {
                throw new LimitExceededException("maxStepItems", most, texts, Place.UNKNOWN);
            }
            int distance = best.bound - best.added.length;
            for (byte symbol : CanonicalText.candidates(best.position)) {
                extend(best, symbol & 0xFF, distance);
            }
            if (distance == 0 && CanonicalText.mayEnd(best.position)) { // an estimate of 0 is right
                return best.added;
            }
        }
        return null;
    }

    private void extend(Beginning from, int symbol, int distance) {
        int position = CanonicalText.next(from.position, symbol);
        if (position == CanonicalText.OTHER) {
            return;
        }
        StackSet stacks = stepper.step(from.stacks, symbol);
        boolean blank = !lines && from.position == CanonicalText.OUTSIDE && Blanks.isBlank(symbol);
        if (stacks.isEmpty()
                || (blank && language.estimate(stepper, stacks, result) >= distance)
                || (CanonicalText.needsDigit(from.position, symbol) && !reachesDigit(stacks))) {
            return;
        }
        byte[] added = Arrays.copyOf(from.added, from.added.length + 1);
        added[from.added.length] = (byte) symbol;
        add(stacks, added, position);
    }

    /** Whether some digit other than zero may follow, after zeros. */
    private boolean reachesDigit(StackSet start) {
        Set<StackSet> seen = new HashSet<>();
        StackSet at = start;
        while (!at.isEmpty() && seen.add(innermost(at))) {
            for (int digit = '1'; digit <= '9'; digit++) {
                if (!stepper.step(at, digit).isEmpty()) {
                    return true;
                }
            }
            at = stepper.step(at, '0');
            if (seen.size() > MAX_ZEROS) {
                return true;
            }
        }
        return false;
    }

    /** The stacks without the texts that are kept around them: a number is read by the innermost alone. */
    private static StackSet innermost(StackSet stacks) {
        StackSet at = stacks;
        while (at.size() == 1 && at.top(0) instanceof DistinctItemState state) {
            at = state.item();
        }
        return at;
    }
}
