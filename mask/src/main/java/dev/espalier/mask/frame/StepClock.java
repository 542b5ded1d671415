package dev.espalier.mask.frame;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import org.jspecify.annotations.Nullable;

/**
 * The work and the memory of one step: past its deadline, or cancelled, a typed error, never a shortened mask. One thread.
 */
public final class StepClock {

    /** Nodes of a trie between two calls of {@link #nodes()}. */
    public static final int NODES = 4_095;

    /** So many nodes cost about a unit of work. */
    private static final int NODES_A_UNIT = 64;

    /** What some hundred readings, or sets of stacks, cost. */
    private static final int POLL_UNITS = 64;

    /** What caches may grow by between two looks at their size. */
    private static final long LITTLE = 64 << 10;

    /** A part of memory, by its shift, that may be filled before less is kept. */
    private static final int SHARE = 1;

    /** The part of a step's deadline for a bound that is found once. */
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

    /** What is done from now on may be left undone past {@link Limits#budgetDeadline()}. */
    public void allotToBudget() {
        meter.allot(budgetUnits);
    }

    /**
     * What is done from now on may be left undone past a part of the step's deadline: it is remembered, and saves more.
     *
     * @param halvings how often that part is halved
     */
    public void allotToBound(int halvings) {
        meter.allot(boundUnits >> halvings);
    }

    /** What is done from now on has to be done. */
    public void endAllotment() {
        meter.allot(Long.MAX_VALUE);
    }

    /** One step of an automaton was made that was not known yet. */
    public void stepped() {
        meter.spend(1);
    }

    /** A distance was worked out. */
    void measured() {
        meter.spend(1);
    }

    /** A microsecond or so of work was done within a step. */
    public void worked() {
        meter.spend(1);
    }

    /** {@link #NODES} nodes of a trie were visited. */
    public void nodes() {
        meter.spend((NODES + 1) / NODES_A_UNIT);
    }

    /** Some more were, at the end of a walk. */
    public void nodes(int more) {
        meter.spend(more / NODES_A_UNIT);
    }

    /** Some hundred small things were done. */
    public void poll() {
        meter.spend(POLL_UNITS);
    }

    /** Looks at cancellation and interrupts before a step. */
    public void lookAtSwitches() {
        meter.lookAtSwitches();
    }

    /** Whether the step so far keeps more than a little. */
    public boolean hasAllocated() {
        return bytes > LITTLE;
    }

    /** Whether what is kept takes a good part of what there is: time to keep less, at the cost of work done again. */
    public boolean isShortOfMemory() {
        return bytes > maxBytes >> SHARE;
    }

    /** Something of so many estimated bytes is kept until the end of the step at least. */
    void allocate(long more) {
        bytes += more;
        if (bytes > maxBytes) {
            throw new LimitExceededException("maxCompileBytes", maxBytes, bytes, Place.UNKNOWN);
        }
    }
}
