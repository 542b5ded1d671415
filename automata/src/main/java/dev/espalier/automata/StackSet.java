package dev.espalier.automata;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, finite set of stacks of {@link State}s, read from the top: one entry per distinct top state, with the
 * set of everything that lies below it. The empty stack may be a member, too: it is what lies below the bottom state.
 *
 * <p>Sets are built by a {@link Stepper}, which interns them, so that equal sets are nearly always one object; equality
 * is by content all the same. Thread-safe. See {@code docs/persistent-stack.md}.
 */
@SuppressWarnings("ReferenceEquality") // identity first: equal sets are nearly always one object
public final class StackSet {

    /** The set without any stack: nothing is alive. */
    static final StackSet NONE = new StackSet(new State[0], new StackSet[0], false);

    /** The set of the empty stack alone. */
    static final StackSet BOTTOM = new StackSet(new State[0], new StackSet[0], true);

    private static final int COMPARED_SETS = 256;

    final State[] tops;
    final StackSet[] belows;
    final boolean containsEmpty;
    private final int hash;

    /** Least number of symbols until all is ended, once everything above ended with result 0; -1 = not known yet. */
    int distanceAfterZero = -1;

    /** What {@link FollowBytes} found out; null = nothing yet. */
    @Nullable
    ByteSet followBytes;

    /** With which results everything may end at once after everything above ended with result 0; null = not known yet. */
    @Nullable
    Endings endingsAfterZero;

    /** Entries must have distinct tops; their order does not matter. */
    StackSet(State[] tops, StackSet[] belows, boolean containsEmpty) {
        this.tops = tops;
        this.belows = belows;
        this.containsEmpty = containsEmpty;
        int sum = containsEmpty ? 0x5bd1e995 : 17;
        for (int i = 0; i < tops.length; i++) {
            sum += hash(tops[i], belows[i]);
        }
        this.hash = sum ^ (sum >>> 15);
    }

    private static int hash(State top, StackSet below) {
        return (top.hashCode() * 31 + below.hash) * 0x9E3779B9;
    }

    /** The hash of a set of one top state without the empty stack. */
    static int hashOfOne(State top, StackSet below) {
        int sum = 17 + hash(top, below);
        return sum ^ (sum >>> 15);
    }

    /** Whether this is the set of one top state above one and the same set. */
    boolean isOne(State top, StackSet below, int hashOfOne) {
        return hash == hashOfOne
                && tops.length == 1
                && !containsEmpty
                && belows[0] == below
                && (tops[0] == top || tops[0].equals(top));
    }

    /** The set without any stack. */
    public static StackSet none() {
        return NONE;
    }

    /** One stack of one state. */
    public static StackSet of(State start) {
        return new StackSet(new State[] {start}, new StackSet[] {BOTTOM}, false);
    }

    /** Whether no stack is alive. */
    public boolean isEmpty() {
        return tops.length == 0 && !containsEmpty;
    }

    /** The number of distinct top states. */
    public int size() {
        return tops.length;
    }

    /** A top state; {@code entry} from 0 to {@code size() - 1}. */
    public State top(int entry) {
        return tops[entry];
    }

    /** All that may lie below a top state: return states on top of their own stacks, or the empty stack. */
    public StackSet below(int entry) {
        return belows[entry];
    }

    /** Whether the empty stack is a member: a result that arrives here goes to whoever started. */
    public boolean isBottom() {
        return containsEmpty;
    }

    /**
     * Content equality. Sets that share too little, so that more than {@value #COMPARED_SETS} sets below them would have
     * to be compared, count as different, which costs a missed cache entry and nothing else.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof StackSet set && same(this, set, COMPARED_SETS) > 0;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** How many comparisons of a budget are left when two sets are found equal; 0 when they differ or it is spent. */
    private static int same(StackSet a, StackSet b, int budget) {
        if (a == b) {
            return budget;
        }
        if (a.hash != b.hash || a.tops.length != b.tops.length || a.containsEmpty != b.containsEmpty) {
            return 0;
        }
        int left = budget - 1;
        for (int i = 0; i < a.tops.length && left > 0; i++) {
            int j = b.tops[i].equals(a.tops[i]) ? i : b.indexOf(a.tops[i]);
            left = j < 0 ? 0 : same(a.belows[i], b.belows[j], left);
        }
        return left;
    }

    /** The entry with a top state, or -1. */
    int indexOf(State state) {
        for (int i = 0; i < tops.length; i++) {
            if (tops[i] == state) {
                return i;
            }
        }
        int hashCode = state.hashCode();
        for (int i = 0; i < tops.length; i++) {
            if (tops[i].hashCode() == hashCode && tops[i].equals(state)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return (containsEmpty ? "bottom " : "") + Arrays.toString(tops);
    }
}
