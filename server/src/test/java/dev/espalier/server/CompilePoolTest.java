// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.protocol.Call;
import dev.espalier.protocol.Frames;
import dev.espalier.protocol.Interruption;
import dev.espalier.protocol.ProtocolException;
import dev.espalier.testing.ScriptedModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Forms of answers are compiled so many at a time, and within a deadline. */
class CompilePoolTest {

    /** A call whose compilation is told. */
    private record Compiled(Consumer<Cancellation> compilation) implements Call {

        @Override
        public boolean isStreamed() {
            return false;
        }

        @Override
        public String constraint() {
            return "regex";
        }

        @Override
        public String form() {
            return "regex";
        }

        @Override
        public void compile(Cancellation cancellation) {
            compilation.accept(cancellation);
        }

        @Override
        public ObjectNode answer(Interruption interruption) {
            throw new IllegalStateException();
        }

        @Override
        public void stream(Frames frames, Interruption interruption) {
            throw new IllegalStateException();
        }
    }

    private static void untilCancelled(Cancellation cancellation) {
        while (!cancellation.isRequested()) {
            Thread.onSpinWait();
        }
        throw new CancelledException("cancelled");
    }

    private static Interruption minute() {
        return new Interruption(Duration.ofMinutes(1));
    }

    @Test
    void soManyAtATime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        Call call = new Compiled(cancellation -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            two.countDown();
            try {
                assertTrue(go.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            running.decrementAndGet();
        });
        try (CompilePool pool = new CompilePool(2, Duration.ofMinutes(1), new ServerMetrics())) {
            CompletableFuture<?>[] all = new CompletableFuture<?>[6];
            for (int i = 0; i < all.length; i++) {
                all[i] = new CompletableFuture<>();
                CompletableFuture<?> own = all[i];
                new Thread(() -> {
                            pool.compile(call, minute());
                            own.complete(null);
                        })
                        .start();
            }
            assertTrue(two.await(60, TimeUnit.SECONDS));
            go.countDown();
            CompletableFuture.allOf(all).get(60, TimeUnit.SECONDS);
            assertEquals(2, most.get());
        }
    }

    @Test
    void withinADeadlineThatBeginsWithTheCompilation() {
        ServerMetrics metrics = new ServerMetrics();
        try (CompilePool pool = new CompilePool(1, Duration.ofMillis(300), metrics)) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Duration> first = CompletableFuture.supplyAsync(() -> pool.compile(
                    new Compiled(cancellation -> {
                        begun.countDown();
                        untilCancelled(cancellation);
                    }),
                    minute()));
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            // waits for the first, which takes all of the time that one may take
            Duration second = pool.compile(new Compiled(cancellation -> {}), minute());
            assertTrue(second.toMillis() < 300);
            CompletionException late = assertThrows(CompletionException.class, first::join);
            ProtocolException error = (ProtocolException) Objects.requireNonNull(late.getCause());
            assertEquals(
                    "400 regex compile-timeout",
                    error.status() + " " + error.param().orElse("") + " " + error.code());
            String told = metrics.text();
            assertTrue(told.contains("espalier_compilations_seconds_count{end=\"late\"} 1"), told);
            assertTrue(told.contains("espalier_compilations_seconds_count{end=\"done\"} 1"), told);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClientThatGoesEndsIt() throws Exception {
        try (CompilePool pool = new CompilePool(1, Duration.ofMinutes(1), new ServerMetrics())) {
            Interruption interruption = minute();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            CompletableFuture<Duration> compiled = CompletableFuture.supplyAsync(() -> pool.compile(
                    new Compiled(cancellation -> {
                        begun.countDown();
                        try {
                            untilCancelled(cancellation);
                        } finally {
                            ended.countDown();
                        }
                    }),
                    interruption));
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            interruption.end(ProtocolException.gone());
            CompletionException gone = assertThrows(CompletionException.class, compiled::join);
            assertEquals(499, ((ProtocolException) Objects.requireNonNull(gone.getCause())).status());
            assertTrue(ended.await(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void overHttp() throws Exception {
        ServerOptions options = ServerOptions.DEFAULT.withCompiling(1, Duration.ofMillis(1));
        try (Served served = new Served(new ScriptedModel(prompt -> "x"), options)) {
            String properties = IntStream.range(0, 800)
                    .mapToObj(i -> "\"p" + i + "\":{\"type\":\"string\",\"pattern\":\"^(a|b" + i + "){1,9}$\"}")
                    .collect(Collectors.joining(","));
            String hard = "{\"model\":\"scripted\",\"json_schema\":{\"type\":\"object\",\"properties\":{" + properties
                    + "}},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
            HttpResponse<String> late = send(served, hard);
            assertEquals(400, late.statusCode(), late.body());
            assertTrue(late.body().contains("\"param\":\"json_schema\",\"code\":\"compile-timeout\""), late.body());
        }
        try (Served served = new Served(prompt -> "12")) {
            HttpResponse<String> answer = send(
                    served,
                    "{\"model\":\"scripted\",\"regex\":\"[0-9]{2}\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            assertEquals(200, answer.statusCode());
            assertTrue(answer.headers()
                    .firstValue("Server-Timing")
                    .orElseThrow()
                    .matches("compile;dur=[0-9]+\\.[0-9]{3}"));
        }
    }

    private static HttpResponse<String> send(Served served, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(served.uri("/v1/chat/completions")))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
