// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.Generator;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The models of this Java machine, each loaded once for all tasks that want it. Static, since Spark gives the tasks of an executor nothing else that they share. Thread-safe.
 *
 * <p>A model is loaded on a thread of its own: a task that is killed meanwhile is interrupted, and native libraries whose loading is interrupted stay unusable until the executor ends.
 */
final class SharedModels {

    private static final Map<Key, Entry> MODELS = new HashMap<>();

    private record Key(ModelSpec spec, String device) {}

    /** A model that is loaded or being loaded. Guarded by {@link #MODELS}. */
    private static final class Entry {
        private final CompletableFuture<SharedModel> model = new CompletableFuture<>();
        private int users;
        private long uses;
    }

    /** The right to use a model until it is closed. */
    static final class Lease implements AutoCloseable {
        private final Key key;
        private final Entry entry;
        private boolean closed;

        private Lease(Key key, Entry entry) {
            this.key = key;
            this.entry = entry;
        }

        SharedModel model() {
            return entry.model.join();
        }

        @Override
        public void close() {
            synchronized (MODELS) {
                if (closed) {
                    return;
                }
                closed = true;
                entry.users--;
            }
            closeWhenIdle(key, entry);
        }
    }

    private SharedModels() {}

    /**
     * A model, once it is loaded.
     *
     * @param isKilled whether nobody wants it any more; asked while it is loaded
     * @throws CancelledException if nobody does, or the thread is interrupted
     * @throws EspalierException if it cannot be loaded; the next one that asks tries again
     */
    static Lease lease(ModelSpec spec, String device, BooleanSupplier isKilled) {
        Key key = new Key(spec, device);
        Lease lease;
        synchronized (MODELS) {
            Entry entry = MODELS.get(key);
            if (entry == null) {
                entry = new Entry();
                MODELS.put(key, entry);
                load(key, entry, Thread.currentThread().getContextClassLoader());
            }
            entry.users++;
            entry.uses++;
            lease = new Lease(key, entry);
        }
        try {
            Patience.await(lease.entry.model, isKilled);
            return lease;
        } catch (EspalierException e) {
            lease.close();
            throw e;
        }
    }

    private static void load(Key key, Entry entry, ClassLoader classes) {
        ClassLoader own = Generator.class.getClassLoader();
        Thread thread = new Thread(
                () -> {
                    try {
                        ClassLoader factories = classes == null ? own : classes;
                        entry.model.complete(SharedModel.load(key.spec(), key.device(), factories));
                    } catch (Throwable e) { // whatever it is, tasks wait for it
                        synchronized (MODELS) {
                            MODELS.remove(key, entry);
                        }
                        entry.model.completeExceptionally(explained(key.spec(), e));
                    }
                },
                "espalier-model");
        thread.setDaemon(true);
        thread.setContextClassLoader(own);
        thread.start();
    }

    /** The failure to load a model, in words where they help. */
    static EspalierException explained(ModelSpec spec, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("already loaded in another classloader")) {
                return new ModelException(
                        "native libraries can be loaded by one class loader of a Java machine, and another one has loaded them: give the jar of espalier-spark to Spark by --jars,"
                                + " --packages or spark.executor.extraClassPath, not by addArtifact or a loader of each session",
                        failure);
            }
        }
        return failure instanceof EspalierException known
                ? known
                : new ModelException(spec + " cannot be loaded: " + failure, failure);
    }

    private static void closeWhenIdle(Key key, Entry entry) {
        long uses;
        synchronized (MODELS) {
            if (entry.users > 0 || MODELS.get(key) != entry) {
                return;
            }
            uses = entry.uses;
        }
        Executor later = CompletableFuture.delayedExecutor(key.spec().idleMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> {
            synchronized (MODELS) {
                if (entry.users > 0 || entry.uses != uses || !MODELS.remove(key, entry)) {
                    return;
                }
            }
            entry.model.join().close(); // it was loaded: only then has it had users
        });
    }

    /** How many models are loaded or being loaded. */
    static int size() {
        synchronized (MODELS) {
            return MODELS.size();
        }
    }
}
