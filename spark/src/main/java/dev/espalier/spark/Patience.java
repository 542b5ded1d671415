// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waiting in a task of Spark, which may be killed with an interrupt or without one. */
final class Patience {

    private static final long LOOK_MILLIS = 50;

    private Patience() {}

    /**
     * What a future comes to.
     *
     * @throws CancelledException if the task is killed, or its thread interrupted
     * @throws EspalierException if the future failed with one
     */
    static <T> T await(CompletableFuture<T> future, BooleanSupplier isKilled) {
        while (true) {
            if (isKilled.getAsBoolean()) {
                throw new CancelledException("the task was killed");
            }
            try {
                return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // look again whether anybody still wants it
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException("the task was interrupted", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof EspalierException known) {
                    throw known;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
