// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.testing.ScriptedModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Loading and unloading models over HTTP. */
class ModelsTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String HI =
            "{\"model\":\"a\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final AtomicInteger loads = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);

    private ModelShelf shelf(String text) {
        return new ModelShelf()
                .add(
                        "a",
                        () -> {
                            loads.incrementAndGet();
                            return loaded(new ScriptedModel(prompt -> {
                                asked.countDown();
                                return text;
                            }));
                        },
                        60_000)
                .add(
                        "broken",
                        () -> {
                            throw new ModelException("the file is cut");
                        },
                        512);
    }

    private static ModelShelf.Loaded loaded(LanguageModel model) {
        return ModelShelf.Loaded.of(model, each -> Assistant.of(each, AssistantOptions.DEFAULT));
    }

    private static EspalierServer start(ModelShelf shelf, ServerOptions options) {
        return EspalierServer.start(shelf, options.withAddress("127.0.0.1", 0));
    }

    private static HttpResponse<String> send(EspalierServer server, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri().resolve(path)).timeout(Duration.ofSeconds(60));
        if (!body.isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertSent(int status, String contained, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertTrue(response.body().contains(contained), response.body());
    }

    @Test
    void modelsAreLoadedAndUnloaded() {
        try (ModelShelf shelf = shelf("Hello.");
                EspalierServer server = start(shelf, ServerOptions.DEFAULT)) {
            assertSent(200, "\"status\":{\"value\":\"unloaded\"}", send(server, "/v1/models", ""));
            assertEquals(0, loads.get());
            assertSent(200, "\"status\":{\"value\":\"loaded\"}", send(server, "/v1/models/load", "{\"model\":\"a\"}"));
            assertSent(200, "\"value\":\"loaded\"", send(server, "/models/load", "{\"model\":\"a\"}"));
            assertSent(200, "Hello.", send(server, "/v1/chat/completions", HI));
            assertEquals(1, loads.get());
            assertSent(200, "\"value\":\"unloaded\"", send(server, "/v1/models/unload", "{\"model\":\"a\"}"));
            assertSent(200, "\"value\":\"unloaded\"", send(server, "/models/unload", "{\"model\":\"a\"}"));
            assertSent(200, "Hello.", send(server, "/v1/chat/completions", HI));
            assertEquals(2, loads.get());
        }
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        try (ModelShelf shelf = shelf("Hello.");
                EspalierServer server = start(shelf, ServerOptions.DEFAULT)) {
            for (String path : Set.of("/v1/models/load", "/v1/models/unload")) {
                assertSent(404, "\"code\":\"model_not_found\"", send(server, path, "{\"model\":\"b\"}"));
                assertSent(400, "\"param\":\"model\"", send(server, path, "{}"));
                assertSent(400, "\"param\":\"force\"", send(server, path, "{\"model\":\"a\",\"force\":true}"));
                assertSent(405, "wrong-method", send(server, path, ""));
            }
            assertSent(503, "the file is cut", send(server, "/v1/models/load", "{\"model\":\"broken\"}"));
            assertSent(200, "\"value\":\"unloaded\"", send(server, "/v1/models/broken", ""));
        }
        try (Served served = new Served(prompt -> "Hello.")) {
            assertSent(
                    400, "\"param\":\"model\"", send(served.server, "/v1/models/unload", "{\"model\":\"scripted\"}"));
            assertSent(200, "\"value\":\"loaded\"", send(served.server, "/v1/models/load", "{\"model\":\"scripted\"}"));
        }
        try (ModelShelf shelf = shelf("Hello.");
                EspalierServer server = start(shelf, ServerOptions.DEFAULT.withKeys(Set.of("key")))) {
            assertEquals(
                    401, send(server, "/v1/models/unload", "{\"model\":\"a\"}").statusCode());
        }
    }

    @Test
    void requestsUnderWayAreHandedBackByName() throws Exception {
        ServerOptions impatient =
                ServerOptions.DEFAULT.withTimes(Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofSeconds(5));
        try (ModelShelf shelf = shelf("x".repeat(1_000_000));
                EspalierServer server = start(shelf, impatient)) {
            CompletableFuture<HttpResponse<String>> whole =
                    CompletableFuture.supplyAsync(() -> send(server, "/v1/chat/completions", HI));
            CompletableFuture<HttpResponse<String>> streamed = CompletableFuture.supplyAsync(
                    () -> send(server, "/v1/chat/completions", HI.replace("{\"model", "{\"stream\":true,\"model")));
            assertTrue(asked.await(60, TimeUnit.SECONDS));
            assertSent(200, "\"value\":\"unloaded\"", send(server, "/v1/models/unload", "{\"model\":\"a\"}"));
            HttpResponse<String> answer = whole.get(60, TimeUnit.SECONDS);
            assertSent(503, "\"code\":\"model-unloaded\"", answer);
            HttpResponse<String> frames = streamed.get(60, TimeUnit.SECONDS);
            assertTrue(frames.body().contains("\"code\":\"model-unloaded\""), frames.body());
        }
    }

    @Test
    void theServerIsReadyOnceItsModelsAreLoaded() throws Exception {
        CountDownLatch load = new CountDownLatch(1);
        try (ModelShelf shelf = new ModelShelf()
                        .add(
                                "slow",
                                () -> {
                                    asked.countDown();
                                    try {
                                        assertTrue(load.await(60, TimeUnit.SECONDS));
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                    return loaded(new ScriptedModel(prompt -> "Hello."));
                                },
                                512);
                EspalierServer server = start(shelf, ServerOptions.DEFAULT)) {
            assertEquals(200, send(server, "/health", "").statusCode());
            shelf.awaitAll();
            assertSent(503, "{\"status\":\"loading\"}", send(server, "/health", ""));
            Thread loading = new Thread(() -> shelf.model("slow"));
            loading.start();
            assertTrue(asked.await(60, TimeUnit.SECONDS));
            assertSent(200, "\"value\":\"loading\"", send(server, "/v1/models/slow", ""));
            assertSent(503, "loading", send(server, "/health", ""));
            load.countDown();
            loading.join();
            assertSent(200, "{\"status\":\"ok\"}", send(server, "/health", ""));
        }
    }

    @Test
    void tokensAndBack() {
        try (Served served = new Served(prompt -> "Hello.")) {
            assertSent(
                    200,
                    "{\"prompt\":\"Hello, 😀\"}",
                    send(
                            served.server,
                            "/detokenize",
                            "{\"model\":\"scripted\",\"tokens\":[268,44,32,240,159,152,128]}"));
            for (String wrong : Set.of("[-1]", "[\"a\"]", "[273]", "[1.5]", "7")) {
                assertSent(
                        400,
                        "\"param\":\"tokens",
                        send(served.server, "/detokenize", "{\"model\":\"scripted\",\"tokens\":" + wrong + "}"));
            }
            assertSent(400, "\"param\":\"tokens\"", send(served.server, "/detokenize", "{\"model\":\"scripted\"}"));
            assertEquals(
                    URI.create(served.uri("")).getPort(), served.server.uri().getPort());
        }
    }
}
