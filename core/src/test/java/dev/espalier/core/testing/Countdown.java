// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import dev.espalier.core.Cancellation;

/** Ends work at its k-th look, after each unit of work: what is ended everywhere, one place after the other, must stay whole. */
public final class Countdown {

    private final boolean interrupts;
    private long left;

    private Countdown(long looks, boolean interrupts) {
        this.left = looks;
        this.interrupts = interrupts;
    }

    /** Cancels at the k-th look, counted from 1. */
    public static Countdown cancelling(long look) {
        return new Countdown(look, false);
    }

    /** Interrupts the thread that looks for the k-th time. */
    public static Countdown interrupting(long look) {
        return new Countdown(look, true);
    }

    /** The switch to be handed in. */
    public Cancellation cancellation() {
        return Cancellation.when(this::look, 1);
    }

    private boolean look() {
        if (--left == 0 && interrupts) {
            Thread.currentThread().interrupt();
        }
        return left == 0 && !interrupts;
    }

    /** Whether the look came. */
    public boolean isOver() {
        return left <= 0;
    }
}
