// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.bench;

import dev.espalier.core.Cancellation;
import java.time.Duration;

/**
 * What a case is run with. Thread-safe.
 *
 * @param stop requested once the run is to end: what is made after that is dropped
 * @param step called after each step of a case that counts its own, and of what comes after all cases
 */
public record Turn(Cancellation stop, Runnable step) {

    /** Requested once the run is to end, and after some time from now on. */
    public Cancellation within(Duration time) {
        return Cancellation.after(time).or(stop);
    }
}
