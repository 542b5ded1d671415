// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;

/**
 * The work, memory and nodes that one compilation may still use. Loops call {@link #step()} once per iteration; its {@link WorkMeter} checks
 * the deadline, the cancellation and the thread's interrupt flag every few hundred calls (well under a millisecond of work) and throws if one
 * of them ends the work.
 *
 * <p>Used by one thread at a time; only the {@link Cancellation} is shared.
 */
public final class WorkBudget {

    /** Small steps that make a unit of work. */
    private static final int STEPS_A_UNIT = 16;

    private final Limits limits;
    private final WorkMeter meter;
    private final long maxBytes;
    private int steps;
    private long bytes;
    private long states;

    /** A budget of which nothing is spent yet. */
    public WorkBudget(Limits limits, Cancellation cancellation) {
        this(limits, WorkMeter.ofCompilation(limits, cancellation));
    }

    /** A budget of its own for memory and nodes, whose work counts on a given meter. */
    public WorkBudget(Limits limits, WorkMeter meter) {
        this.limits = limits;
        this.meter = meter;
        this.maxBytes = affordable(limits);
    }

    /** A budget for a compilation that is part of the work on this thread, whose meter, deadline and cancellation it shares. */
    public static WorkBudget ofPart(Limits limits) {
        return new WorkBudget(limits, WorkMeter.ofPart(limits));
    }

    /**
     * A budget for a compilation that is repeated within the work on this thread, since its result was dropped to free memory. It has a deadline
     * of its own, as it had before, and is cancelled with that work.
     */
    public static WorkBudget ofRepetition(Limits limits) {
        return new WorkBudget(limits, WorkMeter.ofRepetition(limits));
    }

    /** A budget under the default limits that nobody cancels. */
    public static WorkBudget standard() {
        return new WorkBudget(Limits.DEFAULT, new Cancellation());
    }

    /** The limits that this budget enforces. */
    public Limits limits() {
        return limits;
    }

    /** The meter that counts this budget's work. */
    public WorkMeter meter() {
        return meter;
    }

    /**
     * One unit of work, about a microsecond.
     *
     * @throws CompileTimeoutException past the deadline
     * @throws CancelledException when cancelled, or when the thread is interrupted (the flag stays set)
     */
    public void step() {
        meter.spend(1);
    }

    /** Some units of work, of about a microsecond each; throws as {@link #step()}. */
    public void spend(int units) {
        meter.spend(units);
    }

    /** Some small steps, of about sixty nanoseconds each; throws as {@link #step()}. */
    public void spendSteps(int count) {
        steps += count;
        if (steps >= STEPS_A_UNIT) {
            meter.spend(steps / STEPS_A_UNIT);
            steps %= STEPS_A_UNIT;
        }
    }

    /** Checks the deadline and the cancellation now; throws as {@link #step()}. */
    public void poll() {
        meter.look();
    }

    /**
     * Accounts for memory that the result keeps, and for a small step.
     *
     * @param count estimated bytes
     * @throws LimitExceededException past {@code maxCompileBytes}, or past a third of the heap where that is less
     */
    public void allocate(long count) {
        checkMemory(count);
        bytes += count;
        spendSteps(1);
    }

    /**
     * Checks that some temporary memory fits beside the memory accounted for.
     *
     * @param count estimated bytes
     * @throws LimitExceededException as {@link #allocate}
     */
    public void checkMemory(long count) {
        if (bytes + count > maxBytes) {
            throw new LimitExceededException("maxCompileBytes", maxBytes, bytes + count, Place.UNKNOWN);
        }
    }

    /**
     * Accounts for automaton states, and for a small step. Work on a state that takes longer is charged beside it.
     *
     * @throws LimitExceededException past {@code maxAutomatonStates}
     */
    public void addStates(long count) {
        states += count;
        if (states > limits.maxAutomatonStates()) {
            throw new LimitExceededException("maxAutomatonStates", limits.maxAutomatonStates(), states, Place.UNKNOWN);
        }
        spendSteps(1);
    }

    /**
     * Whether so many more bytes and states stay within the limits.
     *
     * @param moreBytes the bytes for which {@link #allocate} would account
     * @param moreStates the states for which {@link #addStates} would account
     */
    public boolean affords(long moreBytes, long moreStates) {
        return bytes + moreBytes <= maxBytes && states + moreStates <= limits.maxAutomatonStates();
    }

    /** An account of states and bytes that starts with the sums of this budget, for work after the compilation. It has no deadline. */
    public Ledger ledger() {
        return new Ledger(limits, bytes, states);
    }

    /** An account of the states and bytes of something that grows while it is used. Thread-safe. */
    public static final class Ledger {

        private final Limits limits;
        private final long maxBytes;
        private long bytes;
        private long states;

        private Ledger(Limits limits, long bytes, long states) {
            this.limits = limits;
            this.maxBytes = affordable(limits);
            this.bytes = bytes;
            this.states = states;
        }

        /** The bytes accounted for so far. */
        public synchronized long allocatedBytes() {
            return bytes;
        }

        /** Accounts for bytes; throws as {@link WorkBudget#allocate}. */
        public synchronized void allocate(long count) {
            bytes += count;
            if (bytes > maxBytes) {
                throw new LimitExceededException("maxCompileBytes", maxBytes, bytes, Place.UNKNOWN);
            }
        }

        /** Accounts for states; throws as {@link WorkBudget#addStates}. */
        public synchronized void addStates(long count) {
            states += count;
            if (states > limits.maxAutomatonStates()) {
                throw new LimitExceededException(
                        "maxAutomatonStates", limits.maxAutomatonStates(), states, Place.UNKNOWN);
            }
        }
    }

    /** The limit on bytes of a compilation or a step, or a third of the heap where that is less. */
    public static long affordable(Limits limits) {
        return Math.min(limits.maxCompileBytes(), Runtime.getRuntime().maxMemory() / 3);
    }

    /** The bytes accounted for so far. */
    public long allocatedBytes() {
        return bytes;
    }

    /** The states accounted for so far. */
    public long states() {
        return states;
    }
}
