// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic automaton over bytes whose states are sets of stacks, built where it is walked, so that the hot loops
 * see nothing but numbers. A state is a <em>code</em>: its number times two, plus one if everything may end there. It is a
 * cache: {@link #trim} may forget everything between two uses. One thread.
 */
@FastPath(oracle = "MatcherOracleTest")
public final class LazyAutomaton {

    /** The code of the empty set. */
    public static final int DEAD = 1;

    /** The number of states that may have a row of transitions at a time. When all rows are taken, they are dropped. */
    private static final int MAX_ROWS = 8_192;

    private static final long NO_EDGE = -1;
    private static final int MAX_STATES = 32_768;
    private static final int ROW_BYTES = 1_100;
    private static final int STATE_BYTES = 100;
    /** Estimated bytes of a set of stacks for each top state, including what is new below it. */
    private static final long STACK_BYTES = 160;

    private static final int READABLE_BYTES = 48;

    private final Stepper stepper;
    private final StepClock clock;
    private final @Nullable Horizon horizon;
    private final boolean relaxes;
    private StackSet[] sets = new StackSet[64];
    private int[] hashes = new int[64];
    private int[] @Nullable [] rows = new int[64][];
    /** The first edge found of each state, which is the only one of most: symbol plus 256 times the code it leads to. */
    private long[] firstEdges = new long[64];

    private int[][] results = new int[64][];
    private boolean[] called = new boolean[64];
    private @Nullable ByteSet[] readable = new ByteSet[64];
    private int[] distances = new int[64];
    private int[] reaches = new int[64];
    private int[] bounds = new int[64];
    private @Nullable TokenMask[] masks = new TokenMask[64];
    private int[] slots = new int[256];
    private int size;
    private int rowCount;
    /** Dropped rows whose memory is still charged to this step. */
    private int freeRows;

    private int readableCount;
    private int generation;
    private long maskBytes;
    private long setBytes;

    /** An automaton over the exact sets of stacks. */
    public LazyAutomaton(Stepper stepper, StepClock clock) {
        this(stepper, clock, null);
    }

    /**
     * An automaton for single texts of a horizon: each set is replaced by a representative that no such text can distinguish from it
     * ({@link dev.espalier.automata.state.State#within}), so that far counters and unknown keys are one state.
     */
    public LazyAutomaton(Stepper stepper, StepClock clock, @Nullable Horizon horizon) {
        this(stepper, clock, horizon, false);
    }

    private LazyAutomaton(Stepper stepper, StepClock clock, @Nullable Horizon horizon, boolean relaxes) {
        this.stepper = stepper;
        this.clock = clock;
        this.horizon = horizon;
        this.relaxes = relaxes;
        clear();
    }

    /** An automaton over relaxed sets ({@link Stepper#relaxed}): it reads everything that the exact sets read, and may read more. */
    public static LazyAutomaton relaxed(Stepper stepper, StepClock clock) {
        return new LazyAutomaton(stepper, clock, null, true);
    }

    private void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(sets, null);
        Arrays.fill(rows, null);
        Arrays.fill(masks, null);
        Arrays.fill(readable, null);
        size = 1;
        readableCount = 0;
        generation++;
        rowCount = 0;
        maskBytes = 0;
        setBytes = 0;
    }

    /** Drops masks, or everything, if they have grown large. All codes may be invalid afterwards. */
    public void trim(long maxBytes) {
        freeRows = 0;
        if (rowCount == MAX_ROWS) {
            forgetRows();
        }
        if (size > MAX_STATES || bytes() - maskBytes > maxBytes / 2) {
            clear();
        } else if (maskBytes > maxBytes / 2) {
            Arrays.fill(masks, null);
            maskBytes = 0;
        }
    }

    /** A number that changes whenever all codes become invalid. */
    public int generation() {
        return generation;
    }

    /** Drops the transitions, which take most of the memory and are needed by walks only. All codes and masks stay valid. */
    public void forgetRows() {
        Arrays.fill(rows, null);
        rowCount = 0;
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return (long) size * STATE_BYTES
                + setBytes
                + (long) rowCount * ROW_BYTES
                + (long) readableCount * READABLE_BYTES
                + maskBytes;
    }

    /** The code of a set. */
    public int of(StackSet set) {
        return find(relaxes ? stepper.relaxed(set) : horizon == null ? set : stepper.within(set, horizon));
    }

    private int find(StackSet set) {
        if (set.isEmpty() || set.size() == 0) {
            return DEAD;
        }
        int mask = slots.length - 1;
        int hash = set.hashCode();
        int at = spread(hash) & mask;
        while (slots[at] != 0) {
            if (hashes[slots[at]] == hash && sets[slots[at]].equals(set)) {
                return code(slots[at]);
            }
            at = (at + 1) & mask;
        }
        int[] ends = stepper.results(set);
        long bytes = set.bytes();
        clock.allocate(STATE_BYTES + STACK_BYTES * set.size() + bytes);
        if (size == sets.length) {
            grow();
        }
        int state = size++;
        sets[state] = set;
        setBytes += bytes;
        hashes[state] = hash;
        results[state] = ends;
        called[state] = set.size() == 1 && set.below(0).hasStates();
        firstEdges[state] = NO_EDGE;
        distances[state] = -1;
        reaches[state] = -1;
        bounds[state] = -1;
        slots[at] = state;
        if (2 * size > slots.length) {
            rehash();
        }
        return code(state);
    }

    /** Mixes the bits of a hash: hashes of states are sums of products, and differ little in their low bits. */
    private static int spread(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        return mixed ^ mixed >>> 13;
    }

    private int code(int state) {
        return state << 1 | (results[state].length > 0 ? 1 : 0);
    }

    private void grow() {
        int capacity = 2 * size;
        sets = Arrays.copyOf(sets, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        rows = Arrays.copyOf(rows, capacity);
        firstEdges = Arrays.copyOf(firstEdges, capacity);
        results = Arrays.copyOf(results, capacity);
        called = Arrays.copyOf(called, capacity);
        readable = Arrays.copyOf(readable, capacity);
        distances = Arrays.copyOf(distances, capacity);
        reaches = Arrays.copyOf(reaches, capacity);
        bounds = Arrays.copyOf(bounds, capacity);
        masks = Arrays.copyOf(masks, capacity);
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int state = 1; state < size; state++) {
            int at = spread(hashes[state]) & mask;
            while (slots[at] != 0) {
                at = (at + 1) & mask;
            }
            slots[at] = state;
        }
    }

    /** The code after a byte; {@link #DEAD} when it is dead. {@code code} is not {@code DEAD}. */
    public int next(int code, int symbol) {
        int[] row = rows[code >> 1];
        if (row != null) {
            int to = row[symbol];
            if (to != 0) {
                return to;
            }
        }
        return expand(code >> 1, symbol);
    }

    /** As {@link #next}, but also {@link #DEAD}, and not cached, if the end of the text is more than {@code most} symbols away. */
    public int nextWithin(int code, int symbol, long most) {
        int state = code >> 1;
        int[] row = rows[state];
        int known = row == null ? 0 : row[symbol];
        if (known == 0 && firstEdges[state] != NO_EDGE && (firstEdges[state] & 0xff) == symbol) {
            known = (int) (firstEdges[state] >>> 8);
        }
        if (known == 0 && !isRefused(sets[state], symbol)) {
            clock.stepped();
            StackSet after = stepper.step(sets[state], symbol);
            if (after.size() > 0 && measured(after) <= most) {
                known = of(after);
                rememberEdge(state, symbol, known);
            }
        }
        return known == 0 || known == DEAD || distance(known) > most ? DEAD : known;
    }

    private int expand(int state, int symbol) {
        long first = firstEdges[state];
        if ((first & 0xff) == symbol && first != NO_EDGE) {
            return (int) (first >>> 8);
        }
        if (isRefused(sets[state], symbol)) {
            int[] row = rows[state];
            if (row != null) {
                row[symbol] = DEAD;
            }
            return DEAD; // without a row asked anew each time, which costs less than one where few bytes are read
        }
        int like = like(sets[state], symbol);
        if (like != symbol) {
            int to = next(state << 1, like);
            rememberEdge(state, symbol, to);
            return to;
        }
        clock.stepped();
        int to = of(stepper.step(sets[state], symbol));
        rememberEdge(state, symbol, to);
        return to;
    }

    /** Bytes that may be live at a code: all others are dead. Not of {@link #DEAD}. */
    public ByteSet readable(int code) {
        ByteSet known = readable[code >> 1];
        if (known == null) {
            known = stepper.readable(sets[code >> 1]);
            readable[code >> 1] = known;
            readableCount++;
        }
        return known;
    }

    private void rememberEdge(int state, int symbol, int to) {
        long first = firstEdges[state];
        int[] row = rows[state];
        if (row == null && first == NO_EDGE) {
            firstEdges[state] = (long) to << 8 | symbol;
            return;
        }
        if (row == null) {
            if (rowCount == MAX_ROWS) {
                forgetRows();
                freeRows = MAX_ROWS;
            }
            if (freeRows > 0) {
                freeRows--;
            } else {
                clock.allocate(ROW_BYTES);
            }
            row = new int[256];
            row[(int) (first & 0xff)] = (int) (first >>> 8);
            rows[state] = row;
            rowCount++;
        }
        row[symbol] = to;
    }

    /** The representative of a symbol: no text of the horizon can distinguish what follows the two. */
    private int like(StackSet set, int symbol) {
        ByteView view = horizon != null && readsAlone(set) ? set.top(0).byteView() : null;
        return view == null || horizon == null ? symbol : view.like(symbol, horizon);
    }

    /** True if only a single top state reads the next byte: it cannot end before it, or no states are below it. */
    private static boolean readsAlone(StackSet set) {
        return set.size() == 1
                && (set.top(0).results().length == 0 || !set.below(0).hasStates());
    }

    /** A quick filter before a step: true if the only top state can neither read the symbol nor end. */
    private static boolean isRefused(StackSet set, int symbol) {
        return set.size() == 1 && set.top(0).results().length == 0 && !ByteView.mayRead(set.top(0), symbol);
    }

    /** True if a code is a single top state that another frame called; false for {@link #DEAD}. */
    public boolean isCalled(int code) {
        return called[code >> 1];
    }

    /** The set of a code; not of {@link #DEAD}. */
    public StackSet set(int code) {
        return sets[code >> 1];
    }

    /** The results with which the whole stack may end at a code. */
    public int[] results(int code) {
        return results[code >> 1];
    }

    /** The least number of symbols until the whole stack may end. */
    public int distance(int code) {
        int known = distances[code >> 1];
        if (known < 0) {
            known = measured(sets[code >> 1]);
            distances[code >> 1] = known;
        }
        return known;
    }

    private int measured(StackSet set) {
        clock.measured();
        return stepper.distance(set);
    }

    /** The reach that was remembered for a code, or -1; see {@code TokenReach}. */
    public int reach(int code) {
        return reaches[code >> 1];
    }

    public void rememberReach(int code, int reach) {
        reaches[code >> 1] = reach;
    }

    /** The looser bound that was remembered for a code, or -1. */
    public int bound(int code) {
        return bounds[code >> 1];
    }

    public void rememberBound(int code, int bound) {
        bounds[code >> 1] = bound;
    }

    /** The only byte that is live at a code; -1 if there are more or none. */
    public int onlyByte(int code) {
        int only = -1;
        ByteSet live = readable(code);
        for (int symbol = 0; symbol < 256; symbol++) {
            if (live.contains(symbol) && next(code, symbol) != DEAD) {
                if (only >= 0) {
                    return -1;
                }
                only = symbol;
            }
        }
        return only;
    }

    /** The mask that was remembered for a code. */
    @Nullable
    public TokenMask mask(int code) {
        return masks[code >> 1];
    }

    /** Remembers a mask; {@code owned} if no one else keeps it. */
    public void remember(int code, TokenMask mask, boolean owned) {
        masks[code >> 1] = mask;
        maskBytes += owned ? mask.bytes() : 16;
    }
}
