// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.EspalierException;
import java.util.function.Supplier;

/**
 * The counter of the work on a schema. It charges the {@link WorkMeter} that runs on the thread (a compilation's, a mask's or a
 * canvas's) or, if none runs, a meter of the current step. Callers must hold the language's lock.
 */
public final class Deadline {

    /** The number of ticks that are charged at once. */
    private static final int TICKS = 64;

    /** Small steps, of some tens of nanoseconds, that make a unit of work. */
    private static final int STEPS_A_UNIT = 8;

    private final WorkMeter own;
    private final boolean isAlone;
    private int left = TICKS;
    private int steps;
    private int inside;
    private volatile long ticks;

    /** A deadline for steps outside other work; {@link #start} sets it for each step. */
    public Deadline(Limits limits) {
        this.own = WorkMeter.ofStep(limits, new Cancellation());
        this.isAlone = false;
    }

    /** The deadline of a budget. */
    public Deadline(WorkBudget budget) {
        this.own = budget.meter();
        this.isAlone = true;
    }

    /** Starts the time of one step; a step inside another has no time of its own. */
    public void start() {
        if (inside == 0 && !isAlone) {
            own.restart();
        }
    }

    /** Runs steps that are part of the current step. */
    public <T> T inside(Supplier<T> steps) {
        inside++;
        try {
            return steps.get();
        } finally {
            inside--;
        }
    }

    /** All units of work so far, about. For any thread. */
    public long ticks() {
        return ticks;
    }

    private WorkMeter meter() {
        WorkMeter running = isAlone ? null : WorkMeter.running();
        return running == null ? own : running;
    }

    /**
     * Charges a unit of work, and checks for what may end the work. To be called before work that may take long.
     *
     * @throws EspalierException as {@link WorkMeter} says
     */
    public void poll() {
        WorkMeter meter = meter();
        meter.spend(1);
        meter.look();
    }

    /**
     * One unit of work, of a microsecond or so.
     *
     * @throws EspalierException as {@link WorkMeter} says
     */
    public void tick() {
        spend(1);
    }

    /**
     * Some units of work, of a microsecond or so each.
     *
     * @throws EspalierException as {@link WorkMeter} says
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    public void spend(int units) {
        left -= units;
        if (left <= 0) {
            int together = TICKS - left;
            left = TICKS;
            ticks += together;
            meter().spend(together);
        }
    }

    /**
     * Some small steps, of some tens of nanoseconds each.
     *
     * @throws EspalierException as {@link WorkMeter} says
     */
    public void spendSteps(int count) {
        steps += count;
        if (steps >= STEPS_A_UNIT) {
            int units = steps / STEPS_A_UNIT;
            steps %= STEPS_A_UNIT;
            spend(units);
        }
    }
}
