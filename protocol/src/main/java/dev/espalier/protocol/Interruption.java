// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends a call before its time, and knows why. Of several reasons the first counts. Thread-safe. */
public final class Interruption {

    private final Cancellation own = new Cancellation();
    private final Cancellation cancellation;
    private final ProtocolException late;
    private final AtomicReference<@Nullable ProtocolException> cause = new AtomicReference<>();

    /** A call that is ended with status 408 once some time from now has passed. */
    public Interruption(Duration timeout) {
        this.cancellation = own.or(Cancellation.after(timeout));
        this.late = ProtocolException.late(timeout);
    }

    /** Ends the call soon. Does nothing if it has been ended before. */
    public void end(ProtocolException why) {
        if (cause.compareAndSet(null, why)) {
            own.cancel();
        }
    }

    /** The switch that the work of the call is under. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Whether the call is to end. */
    public boolean isRequested() {
        return cancellation.isRequested();
    }

    /** Why the call is to end; that it takes too long if nothing else is known. */
    public ProtocolException cause() {
        ProtocolException known = cause.get();
        return known == null ? late : known;
    }

    /** What an error of the engine comes to, as {@link ProtocolException#of(EspalierException, String, String)}; a cancellation comes to its cause. */
    ProtocolException error(EspalierException failure, String param, String budget) {
        return failure instanceof CancelledException ? cause() : ProtocolException.of(failure, param, budget);
    }
}
