// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import org.jspecify.annotations.Nullable;

/**
 * A meter of the work and the memory of one step. Past the deadline, or if cancelled, it throws a typed error; it never shortens a
 * mask. One thread.
 */
public final class StepClock {

    /** Nodes of a trie between two calls of {@link #nodes()}. */
    public static final int NODES = 4_095;

    /** Nodes of a trie that cost about a unit of work. */
    private static final int NODES_A_UNIT = 64;

    /** Units of work for some hundred readings or sets of stacks. */
    private static final int POLL_UNITS = 64;

    /** Bytes by which caches may grow between two checks of their size. */
    private static final long LITTLE = 64 << 10;

    /** The share of memory, as a shift, that may be filled before less is cached. */
    private static final int SHARE = 1;

    /** The share of a step's deadline, as a divisor, for a bound that is found once. */
    private static final int BOUND_SHARE = 8;

    private final WorkMeter meter;
    private final long maxBytes;
    private final long budgetUnits;
    private final long boundUnits;
    private long bytes;

    public StepClock(Limits limits) {
        this.budgetUnits = WorkMeter.units(limits.budgetDeadline());
        this.boundUnits = WorkMeter.units(limits.stepDeadline()) / BOUND_SHARE;
        this.meter = WorkMeter.ofStep(limits, new Cancellation());
        this.maxBytes = WorkBudget.affordable(limits);
    }

    /** Runs on this thread until {@link #leave}; returns what ran before. */
    @Nullable
    public WorkMeter enter(Cancellation cancellation) {
        meter.restart(cancellation);
        return meter.enter();
    }

    public void leave(@Nullable WorkMeter outer) {
        WorkMeter.leave(outer);
    }

    /** Units of work since the step began. */
    public long spent() {
        return meter.spent();
    }

    /** Begins a step. */
    public void start() {
        meter.restart();
        bytes = 0;
    }

    /** Begins optional work, which is given up past {@link Limits#budgetDeadline()}. */
    public void allotToBudget() {
        meter.allot(budgetUnits);
    }

    /**
     * Begins optional work, which is given up past a part of the step's deadline. Its result is cached, and saves more work later.
     *
     * @param halvings how often that part is halved
     */
    public void allotToBound(int halvings) {
        meter.allot(boundUnits >> halvings);
    }

    /** Ends optional work. */
    public void endAllotment() {
        meter.allot(Long.MAX_VALUE);
    }

    /** Charges one new step of an automaton. */
    public void stepped() {
        meter.spend(1);
    }

    /** Charges the computation of a distance. */
    void measured() {
        meter.spend(1);
    }

    /** Charges about a microsecond of work. */
    public void worked() {
        meter.spend(1);
    }

    /** Charges {@link #NODES} visited nodes of a trie. */
    public void nodes() {
        meter.spend((NODES + 1) / NODES_A_UNIT);
    }

    /** Charges some more visited nodes, at the end of a walk. */
    public void nodes(int more) {
        meter.spend(more / NODES_A_UNIT);
    }

    /** Charges some hundred small operations. */
    public void poll() {
        meter.spend(POLL_UNITS);
    }

    /** Checks for cancellation and interrupts before a step. */
    public void lookAtSwitches() {
        meter.lookAtSwitches();
    }

    /** True if the step has allocated more than a little so far. */
    public boolean hasAllocated() {
        return bytes > LITTLE;
    }

    /** True if what is kept takes a large share of the memory allowed, so that less should be cached, at the cost of repeated work. */
    public boolean isShortOfMemory() {
        return bytes > maxBytes >> SHARE;
    }

    /** Charges estimated bytes that are kept at least until the end of the step. */
    void allocate(long more) {
        bytes += more;
        if (bytes > maxBytes) {
            throw new LimitExceededException("maxCompileBytes", maxBytes, bytes, Place.UNKNOWN);
        }
    }
}
