// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.core.Cancellation;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Requests a cancellation after some time, unless it is closed before. */
public final class TimeLimit implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "time limit");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean reached;

    /** The time begins; a number of seconds that is not above 0 is no limit. */
    public TimeLimit(double seconds, Cancellation cancellation) {
        if (seconds > 0) {
            timer.schedule(() -> reach(cancellation), (long) (seconds * 1e9), TimeUnit.NANOSECONDS);
        }
    }

    private void reach(Cancellation cancellation) {
        reached = true;
        cancellation.cancel();
    }

    /** Whether the time was up before it was closed. */
    public boolean isReached() {
        return reached;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
