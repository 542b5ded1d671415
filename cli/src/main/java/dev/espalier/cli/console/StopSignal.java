// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.core.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into a request to stop, and holds the end of the process until what was asked has written its report, at
 * most a minute.
 */
public final class StopSignal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "report before the end");

    /** Listens until it is closed. */
    public StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Requested when the process is asked to end. */
    public Cancellation cancellation() {
        return cancellation;
    }

    private void stop() {
        cancellation.cancel();
        try {
            written.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The report is written: the process may end. */
    @Override
    public void close() {
        written.countDown();
        if (!cancellation.isRequested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endsAlready) {
                return;
            }
        }
    }
}
