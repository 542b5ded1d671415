// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.Interruption;
import dev.espalier.protocol.ProtocolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The requests that are being answered, by the model that they ask for. What is closed takes no more; those under way go on for a while, and then are ended. Thread-safe. */
final class UnderWay {

    /** How long a request may take to end once it has been told to. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final Map<Interruption, String> requests = new HashMap<>();
    private final Set<String> unloading = new HashSet<>();
    private boolean isStopping;

    /**
     * A request begins.
     *
     * @throws ProtocolException status 503, if its model is being unloaded or the server stopped
     */
    synchronized void begin(Interruption request, String model) {
        if (isStopping) {
            throw ProtocolException.stopping();
        } else if (unloading.contains(model)) {
            throw ProtocolException.unloaded(model);
        }
        requests.put(request, model);
    }

    synchronized void end(Interruption request) {
        requests.remove(request);
        notifyAll();
    }

    /** Whether the server is being stopped. */
    synchronized boolean isStopping() {
        return isStopping;
    }

    /**
     * Does something that takes a model away from its requests, when none is under way.
     *
     * @param patience how long those under way may go on
     */
    void unload(String model, Duration patience, Runnable unload) {
        synchronized (this) {
            if (!unloading.add(model)) {
                throw ProtocolException.unloaded(model);
            }
        }
        try {
            endAll(model::equals, patience, ProtocolException.unloaded(model));
            unload.run();
        } finally {
            synchronized (this) {
                unloading.remove(model);
            }
        }
    }

    /** Takes no more requests, and returns when there are none. */
    void stop(Duration patience) {
        synchronized (this) {
            isStopping = true;
        }
        endAll(model -> true, patience, ProtocolException.stopping());
    }

    private void endAll(Predicate<String> models, Duration patience, ProtocolException why) {
        if (!await(models, patience)) {
            synchronized (this) {
                requests.forEach((request, model) -> {
                    if (models.test(model)) {
                        request.end(why);
                    }
                });
            }
            await(models, ENDING);
        }
    }

    /** Waits until no request of some models is under way; false if there are some after that time, or the thread is interrupted. */
    private synchronized boolean await(Predicate<String> models, Duration time) {
        long start = System.nanoTime();
        while (requests.values().stream().anyMatch(models)) {
            long left = (time.toNanos() - (System.nanoTime() - start)) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
