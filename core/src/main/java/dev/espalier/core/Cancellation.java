package dev.espalier.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A switch that any thread may turn on to end a compilation, a mask or a generation soon. It is looked at after every few
 * hundred microseconds of work. Thread-safe; cannot be turned off.
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
     * A switch that is also on once a condition holds: for what has a state of cancellation of its own.
     *
     * @param condition asked by the threads that work, at every look, until it holds; must be cheap and must not throw
     */
    public static Cancellation when(BooleanSupplier condition) {
        return when(condition, WorkMeter.UNITS_BETWEEN_LOOKS);
    }

    /**
     * A switch that is also on once a condition holds, looked at more or less often than others.
     *
     * @param condition as for {@link #when(BooleanSupplier)}
     * @param units units of work, about microseconds, from one look to the next; at least 1. Deadlines are looked at as often
     */
    public static Cancellation when(BooleanSupplier condition, int units) {
        return new Cancellation(Objects.requireNonNull(condition, "condition"), Math.max(1, units));
    }

    /** A caller's own deadline: a switch that is also on after so much wall-clock time from now on. */
    public static Cancellation after(Duration time) {
        long start = System.nanoTime();
        long nanos = Objects.requireNonNull(time, "time").toNanos();
        return when(() -> System.nanoTime() - start >= nanos);
    }

    /** Asks whoever looks at this to stop. Safe to call from any thread, any number of times. */
    public void cancel() {
        requested = true;
    }

    /** Whether {@link #cancel()} was called, or the condition holds or has held at an earlier look. */
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

    /** Units of work from one look to the next. */
    int unitsBetweenLooks() {
        return unitsBetweenLooks;
    }
}
