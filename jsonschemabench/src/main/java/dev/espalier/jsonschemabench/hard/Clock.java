// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.run.JavaMachine;

/** What times are taken by. */
public enum Clock {
    /** The time that passes. */
    WALL,
    /** The time that a processor works for the calling thread: less disturbed by others, and slower to ask for. */
    CPU;

    /** Now, in nanoseconds since some moment. */
    public long now() {
        return this == WALL ? System.nanoTime() : JavaMachine.processorNanos();
    }
}
