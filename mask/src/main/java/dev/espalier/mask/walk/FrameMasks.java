// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.MaskMemory;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.stats.MaskStats;
import dev.espalier.mask.token.TokenSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The context-independent masks of single states: looked up in this cache, then in the grammar's memory or the store, else made by the
 * method that fits the state. Any call may drop what is cached here. One thread.
 */
@FastPath(oracle = "MatcherOracleTest")
public final class FrameMasks {

    private static final int MAX_STATES = 8_192;

    /** Estimated bytes of a cache entry beside its mask. */
    private static final long ENTRY_BYTES = 200;

    private final TokenIndex index;
    private final MaskMemory memory;
    private final Stepper stepper;
    private final StepClock clock;
    private final TokenSet union;
    private final FrameWalk walk;
    private final int symbolicUnits;
    /** Null until a state counts. */
    private @Nullable CounterMasks counters;

    /** By states, and by their keys. */
    private final Map<Object, FrameMask> known = new HashMap<>();

    private long knownBytes;

    private long nodes;
    private int storeHits;
    private int storeMisses;
    private int local;

    /**
     * Masks of states.
     *
     * @param near walks over representatives for all tokens
     * @param union scratch space, which others may use between two calls
     */
    public FrameMasks(
            TokenIndex index,
            MaskMemory memory,
            LazyAutomaton near,
            CalleeMasks callees,
            Stepper stepper,
            StepClock clock,
            TokenSet union,
            Tuning tuning) {
        this.index = index;
        this.memory = memory;
        this.stepper = stepper;
        this.clock = clock;
        this.union = union;
        this.symbolicUnits = tuning.symbolicUnits();
        this.walk = new FrameWalk(index, near, callees, tuning, this::of);
    }

    /** The mask of a state: cached, cheap to make, stored, or made now. */
    public FrameMask of(State state) {
        State far = state.within(index.horizon());
        FrameMask mask = known.get(far);
        if (mask != null) {
            local++;
            return mask;
        }
        Object key = far.key(index.horizon());
        mask = known.get(key);
        if (mask == null) {
            mask = find(far, key);
            known.put(key, mask);
        } else {
            local++;
        }
        known.put(far, mask);
        return mask;
    }

    /**
     * Finds or makes the mask of a state. A state that shares its key with others is looked up first, any other one only if a short
     * walk does not find its mask.
     */
    private FrameMask find(State far, Object key) {
        boolean isAlone = key.equals(far);
        FrameMask few = isAlone ? few(far) : null;
        if (few != null) {
            knownBytes += few.bytes();
            return few;
        }
        Object shared = far.sharedKey(index.horizon());
        FrameMask found = memory.get(shared, key);
        if (found != null) {
            storeHits++;
            return found;
        }
        few = isAlone ? null : few(far);
        if (few != null) {
            return memory.put(shared, key, few);
        }
        FrameMask made = far.family() instanceof Family.Counting ? counted(far) : walk.of(far);
        nodes += made.nodes();
        storeMisses++;
        return memory.put(shared, key, made);
    }

    private FrameMask counted(State far) {
        FrameMask made = counters().of(far);
        if (made == null) {
            long begun = clock.spent();
            made = walk.of(far);
            counters().paid(clock.spent() - begun);
        }
        return made;
    }

    private @Nullable FrameMask few(State far) {
        FrameMask few = walk.ofFew(far);
        nodes += walk.visited();
        local += few == null ? 0 : 1;
        return few;
    }

    private CounterMasks counters() {
        CounterMasks made = counters;
        if (made == null) {
            made = new CounterMasks(index, stepper, clock, union, walk::ofShort, symbolicUnits);
            counters = made;
        }
        return made;
    }

    /** Starts the statistics of one mask. */
    public void begin() {
        nodes = 0;
        storeHits = 0;
        storeMisses = 0;
        local = 0;
    }

    /** Statistics of the masks made since {@link #begin}. */
    public MaskStats stats(long residualNodes) {
        return new MaskStats(nodes, residualNodes, storeHits, storeMisses, local, false, 0, false);
    }

    /** Estimated bytes on the heap, without those that the store or the grammar accounts for. */
    public long bytes() {
        return walk.bytes() + (counters == null ? 0 : counters.bytes()) + knownBytes + ENTRY_BYTES * known.size();
    }

    /** Drops what exceeds the given bytes. */
    public void trim(long maxBytes) {
        if (known.size() > MAX_STATES || knownBytes > maxBytes) {
            known.clear();
            knownBytes = 0;
        }
        if (counters != null) {
            counters.trim(maxBytes / 2);
        }
    }

    /** Drops whatever only helps to make new masks. */
    public void slim() {
        walk.forget();
        counters = null;
    }
}
