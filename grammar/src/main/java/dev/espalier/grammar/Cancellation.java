package dev.espalier.grammar;

/** A switch that any thread may turn on to end a compilation or a generation soon. Thread-safe; cannot be turned off. */
public final class Cancellation {

    private volatile boolean requested;

    /** Asks whoever polls this to stop. Safe to call from any thread, any number of times. */
    public void cancel() {
        requested = true;
    }

    /** Whether {@link #cancel()} was called. */
    public boolean isRequested() {
        return requested;
    }
}
