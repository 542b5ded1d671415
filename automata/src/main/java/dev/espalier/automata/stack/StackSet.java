// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.counting.CountingState;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.State;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, finite set of stacks of {@link State}s, read from the top: one entry per distinct top state, with the
 * set of everything that lies below it. The empty stack may be a member, too: it is what lies below the bottom state.
 *
 * <p>A <em>packed</em> set is the union of other sets, its parts, which were not merged below. Its entries are merged, one
 * level deep, when they are first asked for. What follows many levels goes part by part instead ({@link #parts}).
 *
 * <p>Sets are built by a {@link Stepper}, which interns them, so that equal sets are nearly always one object; equality
 * is by content all the same. Thread-safe. See {@code docs/design/stacks.md}.
 */
@SuppressWarnings("ReferenceEquality") // identity first: equal sets are nearly always one object
public final class StackSet {

    /** The set without any stack: nothing is alive. */
    static final StackSet NONE = new StackSet(new State[0], new StackSet[0], false);

    /** The set of the empty stack alone. */
    static final StackSet BOTTOM = new StackSet(new State[0], new StackSet[0], true);

    private static final int COMPARED_SETS = 256;
    private static final State[] NO_STATES = {};
    private static final StackSet[] NO_SETS = {};

    private final State[] tops;
    private final StackSet[] belows;
    /** The parts of a packed set; null for all others. */
    private final @Nullable StackParts packed;

    final boolean containsEmpty;
    /** Whether this set is packed, or one below. */
    private final boolean reachesPacked;

    private final int hash;

    /** Least number of symbols until all is ended, once everything above ended with result 0; -1 = not known yet. */
    int distanceAfterZero = -1;

    /** What {@link FollowBytes} found out; null = nothing yet. */
    @Nullable
    ByteSet followBytes;

    /** With which results everything may end at once after everything above ended with result 0; null = not known yet. */
    @Nullable
    Endings endingsAfterZero;

    /** What {@link ReturnSearch} found for result 0; null = nothing yet. */
    @Nullable
    StackReturns returnsAfterZero;

    /** What {@link OpenMarks} found where everything above goes on; null = nothing yet. */
    @Nullable
    Set<String> openMarks;

    /** Entries must have distinct tops; their order does not matter. */
    StackSet(State[] tops, StackSet[] belows, boolean containsEmpty) {
        this.tops = tops;
        this.belows = belows;
        this.packed = null;
        this.containsEmpty = containsEmpty;
        int sum = containsEmpty ? 0x5bd1e995 : 17;
        boolean reaches = false;
        for (int i = 0; i < tops.length; i++) {
            sum += hash(tops[i], belows[i]);
            reaches |= belows[i].reachesPacked;
        }
        this.reachesPacked = reaches;
        this.hash = sum ^ (sum >>> 15);
    }

    /** A packed set. */
    StackSet(StackParts parts) {
        this.tops = NO_STATES;
        this.belows = NO_SETS;
        this.packed = parts;
        this.containsEmpty = parts.containsEmpty();
        this.reachesPacked = true;
        this.hash = parts.hashCode();
    }

    /** The top states; never modified. */
    State[] tops() {
        return packed == null ? tops : packed.level().tops;
    }

    /** What lies below each of the top states; never modified. */
    StackSet[] belows() {
        return packed == null ? belows : packed.level().belows;
    }

    /** The parts of a packed set; null for all others. */
    @Nullable
    StackParts packed() {
        return packed;
    }

    boolean isPacked() {
        return packed != null;
    }

    /**
     * Whether this set is packed, or one below it. Then what follows many levels is to go part by part, since merging level by level may
     * make as many sets as there are sets of parts.
     */
    public boolean reachesPacked() {
        return reachesPacked;
    }

    /** Sets that are not packed, whose union this one is: the set itself if it is not packed. Not to be modified. Cost: their number. */
    public StackSet[] parts() {
        return packed == null ? new StackSet[] {this} : packed.toArray();
    }

    /** Estimated bytes that this set itself has on the heap, with top states that count, without the sets below that are not packed. */
    public long bytes() {
        long sum = 64 + 8L * tops.length;
        for (State top : tops) {
            sum += top instanceof CountingState counting ? counting.bytes() : 0;
        }
        for (int i = 0; i < belows.length && reachesPacked; i++) {
            StackParts parts = belows[i].packed;
            sum += parts == null ? 0 : parts.bytes();
        }
        return sum;
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
                && packed == null
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
        return packed == null && tops.length == 0 && !containsEmpty;
    }

    /** The number of distinct top states. */
    public int size() {
        return tops().length;
    }

    /** Whether there is a top state. */
    public boolean hasStates() {
        return packed != null || tops.length > 0;
    }

    /** A top state; {@code entry} from 0 to {@code size() - 1}. */
    public State top(int entry) {
        return tops()[entry];
    }

    /** All that may lie below a top state: return states on top of their own stacks, or the empty stack. */
    public StackSet below(int entry) {
        return belows()[entry];
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
        if (a.packed != null || b.packed != null) {
            return a.packed != null && b.packed != null && a.packed.equals(b.packed) ? budget : 0;
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
        State[] all = tops();
        for (int i = 0; i < all.length; i++) {
            if (all[i] == state) {
                return i;
            }
        }
        int hashCode = state.hashCode();
        for (int i = 0; i < all.length; i++) {
            if (all[i].hashCode() == hashCode && all[i].equals(state)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return (containsEmpty ? "bottom " : "") + Arrays.toString(tops());
    }
}
