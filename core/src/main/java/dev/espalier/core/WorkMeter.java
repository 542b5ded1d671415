// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A counter of the work of one compilation or one step, which also ends it. Work is counted in <em>units</em>, of about a microsecond each on
 * the machine of the benchmarks when nothing else runs there, so that the same input meets its deadline at the same place on every machine,
 * however busy. Work ends with an exception after:
 *
 * <ul>
 *   <li>cancellation, and an interrupt of the thread (its flag stays set): {@link CancelledException};
 *   <li>more units than the deadline has microseconds: {@link CompileTimeoutException}, or {@link LimitExceededException}
 *       {@code stepDeadline};
 *   <li>more wall-clock time than {@link Limits#wallClockFactor()} times the deadline, a safety net for work that is counted too low: {@link
 *       CompileTimeoutException}, or {@link LimitExceededException} {@code wallClockFactor}.
 * </ul>
 *
 * <p>All of these are checked every few hundred units. Used by one thread at a time.
 *
 * <p>Optional work may be given an {@linkplain #allot allotment} of units.
 *
 * <p>A meter <em>runs</em> on a thread during {@link #run} and between {@link #enter} and {@link #leave}. All work that is called there counts
 * on the meter that runs, for example a frame that computes its tables when they are first needed.
 */
public final class WorkMeter {

    /** The units from one check of clock and cancellation to the next. */
    static final int UNITS_BETWEEN_LOOKS = 256;

    private static final ThreadLocal<Running> RUNNING = ThreadLocal.withInitial(Running::new);

    /** The meter that runs on a thread. */
    private static final class Running {
        private @Nullable WorkMeter meter;
    }

    private final boolean isStep;
    private final Duration deadline;
    private final long maxUnits;
    private final long maxNanos;
    private final int wallClockFactor;
    private Cancellation cancellation;
    private int interval;
    private int left;
    private long counted;
    /** The count of units at which the allotment ends. */
    private long allotted = Long.MAX_VALUE;

    private long firstLook;
    private boolean hasLooked;

    private WorkMeter(boolean isStep, Limits limits, Cancellation cancellation) {
        this.isStep = isStep;
        this.deadline = isStep ? limits.stepDeadline() : limits.compileDeadline();
        this.maxUnits = units(deadline);
        this.wallClockFactor = limits.wallClockFactor();
        this.maxNanos = wallNanos(deadline, wallClockFactor);
        this.cancellation = cancellation;
        this.interval = cancellation.unitsBetweenLooks();
        this.left = interval;
    }

    /** A meter for a compilation, under {@link Limits#compileDeadline()}. */
    public static WorkMeter ofCompilation(Limits limits, Cancellation cancellation) {
        return new WorkMeter(false, limits, cancellation);
    }

    /** A meter for steps, each begun by {@link #restart}, under {@link Limits#stepDeadline()}. */
    public static WorkMeter ofStep(Limits limits, Cancellation cancellation) {
        return new WorkMeter(true, limits, cancellation);
    }

    /** The meter that runs on this thread; if there is none, a new one for a compilation. */
    static WorkMeter ofPart(Limits limits) {
        WorkMeter outer = running();
        return outer == null ? ofCompilation(limits, new Cancellation()) : outer;
    }

    /**
     * A meter for a compilation that is repeated within the work on this thread. It has a deadline of its own, and the same cancellation and the
     * rest of the allotment end it.
     */
    static WorkMeter ofRepetition(Limits limits) {
        WorkMeter outer = running();
        if (outer == null) {
            return ofCompilation(limits, new Cancellation());
        }
        WorkMeter part = ofCompilation(limits, outer.cancellation);
        if (outer.allotted < Long.MAX_VALUE) {
            part.allot(outer.allotted - outer.spent());
        }
        return part;
    }

    /** The units of work that a deadline stands for. */
    public static long units(Duration deadline) {
        try {
            return deadline.toNanos() / 1000;
        } catch (ArithmeticException endless) {
            return Long.MAX_VALUE;
        }
    }

    private static long wallNanos(Duration deadline, int factor) {
        try {
            return Math.multiplyExact(deadline.toNanos(), factor);
        } catch (ArithmeticException endless) {
            return Long.MAX_VALUE;
        }
    }

    /** Begins to count anew, for the next step. Checks nothing. */
    public void restart() {
        counted = 0;
        allotted = Long.MAX_VALUE;
        lookIn(Long.MAX_VALUE);
        hasLooked = false;
    }

    /** Begins to count anew, for a step with another cancellation. */
    public void restart(Cancellation other) {
        cancellation = other;
        restart();
    }

    /**
     * Limits optional work to so many units from now on, until the next call or {@link #restart}. Past them it ends with an {@link
     * AllotmentSpentException}, which the caller catches.
     *
     * @param units how many; {@link Long#MAX_VALUE} for as many as the deadline leaves
     */
    public void allot(long units) {
        counted = spent();
        allotted = units > Long.MAX_VALUE - counted ? Long.MAX_VALUE : counted + units;
        lookIn(allotted - counted);
    }

    /**
     * Does optional work within so many units, or as many as an allotment around it leaves.
     *
     * @return false if it ended before it was done
     * @throws EspalierException as the class says
     */
    public boolean within(long units, Runnable work) {
        long outer = allotted;
        long begun = spent();
        allot(Math.min(units, outer - begun));
        try {
            work.run();
            return true;
        } catch (AllotmentSpentException spent) {
            if (spent() >= outer) {
                throw spent;
            }
            return false;
        } finally {
            counted = spent();
            allotted = outer;
            lookIn(allotted - counted);
        }
    }

    /** Sets the next check after so many units at most. */
    private void lookIn(long units) {
        interval = (int) Math.max(1, Math.min(cancellation.unitsBetweenLooks(), units));
        left = interval;
    }

    /**
     * Counts work, and every few hundred units checks whether it must end.
     *
     * @param units how much; about microseconds
     * @throws EspalierException as the class says
     */
    public void spend(int units) {
        left -= units;
        if (left <= 0) {
            look();
        }
    }

    /**
     * Checks now whether the work must end.
     *
     * @throws EspalierException as the class says
     */
    public void look() {
        counted = spent();
        lookIn(allotted - counted);
        lookAtSwitches();
        if (counted >= maxUnits) {
            throw pastDeadline();
        }
        if (counted >= allotted) {
            throw new AllotmentSpentException();
        }
        long now = System.nanoTime();
        if (!hasLooked) {
            hasLooked = true;
            firstLook = now;
        } else if (now - firstLook > maxNanos) {
            throw pastWallClock(now - firstLook);
        }
    }

    /**
     * Checks cancellation and interrupts only, before a step that may be very short.
     *
     * @throws CancelledException as the class says
     */
    public void lookAtSwitches() {
        if (cancellation.isRequested()) {
            throw new CancelledException("the " + what() + " was cancelled");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException("the " + what() + " was cancelled: its thread was interrupted");
        }
    }

    private String what() {
        return isStep ? "step" : "compilation";
    }

    private EspalierException pastDeadline() {
        long millis = deadline.toMillis();
        return isStep
                ? new LimitExceededException("stepDeadline", millis, Math.max(millis, counted / 1000), Place.UNKNOWN)
                : new CompileTimeoutException("the compilation ran past the limit compileDeadline = " + millis
                        + " ms, counted in units of work; raise it with Limits.withCompileDeadline");
    }

    private EspalierException pastWallClock(long nanos) {
        long times = nanos / Math.max(1, maxNanos / wallClockFactor);
        return isStep
                ? new LimitExceededException("wallClockFactor", wallClockFactor, times, Place.UNKNOWN)
                : new CompileTimeoutException("the compilation took " + nanos / 1_000_000
                        + " ms of wall-clock time, past the limit wallClockFactor = " + wallClockFactor
                        + " times its deadline of " + deadline.toMillis()
                        + " ms; raise it with Limits.withWallClockFactor");
    }

    /** The units counted since {@link #restart}: the same number for the same work. */
    public long spent() {
        return counted + interval - left;
    }

    /** The cancellation that ends the work from outside. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The meter that runs on this thread, if any. */
    public static @Nullable WorkMeter running() {
        return RUNNING.get().meter;
    }

    /** Does some work on this thread while this meter runs; afterwards the previous meter runs again. */
    public <T extends @Nullable Object> T run(Supplier<T> work) {
        WorkMeter outer = enter();
        try {
            return work.get();
        } finally {
            leave(outer);
        }
    }

    /** Makes this meter run on this thread until {@link #leave}. Returns the previous meter, which {@code leave} needs. */
    public @Nullable WorkMeter enter() {
        Running here = RUNNING.get();
        WorkMeter outer = here.meter;
        here.meter = this;
        return outer;
    }

    /** Makes the previous meter run on this thread again. */
    public static void leave(@Nullable WorkMeter outer) {
        RUNNING.get().meter = outer;
    }
}
