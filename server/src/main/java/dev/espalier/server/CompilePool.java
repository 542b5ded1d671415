// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.protocol.Call;
import dev.espalier.protocol.Interruption;
import dev.espalier.protocol.ProtocolException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Compiles the forms of answers, so many at a time, each within a deadline from when it begins. Texts that are being written do not wait for it. Thread-safe. */
final class CompilePool implements AutoCloseable {

    private static final long LOOK_MILLIS = 20;

    private final ExecutorService threads;
    private final Duration most;
    private final ServerMetrics metrics;

    CompilePool(int compilations, Duration most, ServerMetrics metrics) {
        this.threads = Executors.newFixedThreadPool(compilations, task -> {
            Thread thread = new Thread(task, "espalier-compile");
            thread.setDaemon(true);
            return thread;
        });
        this.most = most;
        this.metrics = metrics;
    }

    /**
     * Compiles the form of a call's answer.
     *
     * @return how long it took, without waiting for its turn
     * @throws ProtocolException if it cannot be compiled, takes too long (status 400), or the call is to end
     */
    Duration compile(Call call, Interruption interruption) {
        AtomicLong begun = new AtomicLong();
        Cancellation late = new Cancellation();
        Cancellation cancellation = interruption.cancellation().or(late);
        Future<Duration> compiled = threads.submit(() -> {
            long start = System.nanoTime();
            begun.set(start);
            call.compile(cancellation);
            return Duration.ofNanos(System.nanoTime() - start);
        });
        try {
            Duration time = await(compiled, begun, late, interruption);
            metrics.compiled("done", time);
            return time;
        } catch (ProtocolException e) {
            String how = late.isRequested() ? "late" : interruption.isRequested() ? "cancelled" : "failed";
            metrics.compiled(how, begun.get() == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begun.get()));
            throw late.isRequested() ? tooLong(call) : e;
        } finally {
            late.cancel();
            compiled.cancel(false);
        }
    }

    private Duration await(Future<Duration> compiled, AtomicLong begun, Cancellation late, Interruption interruption) {
        while (true) {
            try {
                return compiled.get(Math.max(1, Math.min(LOOK_MILLIS, most.toMillis())), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (interruption.isRequested()) {
                    throw interruption.cause();
                } else if (begun.get() != 0 && System.nanoTime() - begun.get() > most.toNanos()) {
                    late.cancel();
                    throw interruption.cause();
                }
            } catch (ExecutionException e) {
                throw failure(e.getCause(), interruption);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ProtocolException.stopping();
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause, Interruption interruption) {
        if (cause instanceof CancelledException) {
            return interruption.cause();
        } else if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException fault ? fault : new IllegalStateException(cause);
    }

    private ProtocolException tooLong(Call call) {
        return ProtocolException.invalid(
                call.form(),
                "compile-timeout",
                call.form() + ": could not be compiled within " + most.toMillis() / 1000.0 + " seconds");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
