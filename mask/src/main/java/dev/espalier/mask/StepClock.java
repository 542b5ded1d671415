package dev.espalier.mask;

import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;

/** The deadline of one step: past it a typed error, never a shortened mask. One thread. */
final class StepClock {

    private static final int POLL = 255;

    private final long limitNanos;
    private long started;
    private int steps;

    StepClock(Limits limits) {
        this.limitNanos = limits.stepDeadline().toNanos();
    }

    void start() {
        started = System.nanoTime();
        steps = 0;
    }

    /** One step of an automaton was made; every few hundred it looks at the clock, since that of an ambiguous grammar may take a millisecond. */
    void stepped() {
        if ((++steps & POLL) == 0) {
            poll();
        }
    }

    /** Looks at the clock; called every few thousand nodes. */
    void poll() {
        long spent = System.nanoTime() - started;
        if (spent > limitNanos) {
            throw new LimitExceededException("stepDeadline", limitNanos / 1_000_000, spent / 1_000_000, Place.UNKNOWN);
        }
    }
}
