// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A switch that any thread may turn on to end a compilation, a mask or a generation soon. It is checked every few hundred microseconds of
 * work. Thread-safe; cannot be turned off.
 */
public final class Cancellation {

    private static final BooleanSupplier NEVER = () -> false;

    private final BooleanSupplier condition;
    private final int unitsBetweenLooks;
    private volatile boolean requested;

    /** A switch that is off until {@link #cancel()}. */
    public Cancellation() {
        this(NEVER, WorkMeter.UNITS_BETWEEN_LOOKS);
    }

    private Cancellation(BooleanSupplier condition, int unitsBetweenLooks) {
        this.condition = condition;
        this.unitsBetweenLooks = unitsBetweenLooks;
    }

    /**
     * A switch that is also on once a condition holds, for callers with a cancellation state of their own.
     *
     * @param condition evaluated at every check, by the thread that works, until it holds; must be cheap and must not throw
     */
    public static Cancellation when(BooleanSupplier condition) {
        return when(condition, WorkMeter.UNITS_BETWEEN_LOOKS);
    }

    /**
     * A switch that is also on once a condition holds, checked more or less often than others.
     *
     * @param condition as for {@link #when(BooleanSupplier)}
     * @param units units of work, about microseconds, from one check to the next; at least 1. Deadlines are checked as often
     */
    public static Cancellation when(BooleanSupplier condition, int units) {
        return new Cancellation(Objects.requireNonNull(condition, "condition"), Math.max(1, units));
    }

    /** A switch that is also on once some wall-clock time from now has passed: a caller's own deadline. */
    public static Cancellation after(Duration time) {
        long start = System.nanoTime();
        long nanos = Objects.requireNonNull(time, "time").toNanos();
        return when(() -> System.nanoTime() - start >= nanos);
    }

    /** Turns the switch on, so that work under it stops. Safe to call from any thread, any number of times. */
    public void cancel() {
        requested = true;
    }

    /** Whether {@link #cancel()} was called, or the condition holds or has held at an earlier check. */
    public boolean isRequested() {
        if (!requested && condition != NEVER && condition.getAsBoolean()) {
            requested = true;
        }
        return requested;
    }

    /** A switch that is on when this or another is. */
    public Cancellation or(Cancellation other) {
        return new Cancellation(
                () -> isRequested() || other.isRequested(), Math.min(unitsBetweenLooks, other.unitsBetweenLooks));
    }

    /** The units of work from one check to the next. */
    int unitsBetweenLooks() {
        return unitsBetweenLooks;
    }
}
