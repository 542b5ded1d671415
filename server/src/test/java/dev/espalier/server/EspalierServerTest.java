// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.protocol.ServedModel;
import dev.espalier.protocol.ServedModels;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Step;
import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EspalierServerTest {

    private static final String HI =
            "{\"model\":\"scripted\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Hi, secret\"}]}";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpRequest.Builder request(Served served, String path) {
        return HttpRequest.newBuilder(URI.create(served.uri(path))).timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> post(Served served, String path, String body) throws Exception {
        return CLIENT.send(
                request(served, path)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(Served served, String path) throws Exception {
        return CLIENT.send(request(served, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String streamed(String body) {
        return body.replace("{\"model\"", "{\"stream\":true,\"model\"");
    }

    @Test
    void endpoints() throws Exception {
        try (Served served = new Served(prompt -> "Hello.")) {
            assertEquals("{\"status\":\"ok\"}", get(served, "/health").body());
            HttpResponse<String> page = get(served, "/");
            assertEquals(
                    "text/html; charset=utf-8",
                    page.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(page.body().contains("<textarea id=\"schema\""));
            assertTrue(get(served, "/v1/models").body().contains("\"id\":\"scripted\""));
            assertEquals(200, get(served, "/v1/models/scripted").statusCode());
            assertEquals(404, get(served, "/v1/models/other").statusCode());
            assertEquals(404, get(served, "/v2").statusCode());
            assertEquals(405, get(served, "/v1/chat/completions").statusCode());
            assertEquals(405, post(served, "/health", "{}").statusCode());
            assertEquals(400, post(served, "/v1/chat/completions", "{").statusCode());
            assertEquals(200, post(served, "/v1/chat/completions", HI).statusCode());
            assertTrue(post(
                            served,
                            "/v1/completions",
                            "{\"model\":\"scripted\",\"prompt\":\"<|im_start|>assistant\\n\",\"temperature\":0}")
                    .body()
                    .contains("\"text\":\"Hello.\""));
            String tokens = post(served, "/tokenize", "{\"model\":\"scripted\",\"prompt\":\"abc\"}")
                    .body();
            assertEquals(
                    "[97,98,99]",
                    JsonMapper.shared().readTree(tokens).get("tokens").toString());
            HttpResponse<String> bound =
                    post(served, "/v1/chat/completions", HI.replace("{\"model\"", "{\"regex\":\"[0-9]{3}\",\"model\""));
            assertEquals(
                    "regex", bound.headers().firstValue("Espalier-Constraint").orElseThrow());
            assertTrue(bound.body().matches("(?s).*\"content\":\"[0-9]{3}\".*"), bound.body());
            String metrics = get(served, "/metrics").body();
            assertTrue(
                    metrics.contains(
                            "espalier_requests_seconds_count{endpoint=\"/v1/chat/completions\",status=\"200\"} 2"),
                    metrics);
            assertTrue(metrics.contains("gen_ai_client_token_usage_token_count{"), metrics);
        }
    }

    @Test
    void http2() throws Exception {
        try (Served served = new Served(prompt -> "Hello.")) {
            HttpRequest.Builder version = request(served, "/health").version(HttpClient.Version.HTTP_2);
            CLIENT.send(version.build(), HttpResponse.BodyHandlers.ofString()); // agrees on the version
            HttpResponse<String> response = CLIENT.send(
                    request(served, "/v1/chat/completions")
                            .version(HttpClient.Version.HTTP_2)
                            .POST(HttpRequest.BodyPublishers.ofString(streamed(HI)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, response.version());
            assertTrue(response.body().contains("Hello") && response.body().contains("[DONE]"));
        }
    }

    @Test
    void keysAndOrigins() throws Exception {
        ServerOptions options =
                ServerOptions.DEFAULT.withKeys(Set.of("one", "two")).withOrigins(List.of("https://here.example"));
        try (Served served = new Served(new ScriptedModel(prompt -> "Hello."), options)) {
            assertEquals(200, get(served, "/health").statusCode());
            for (Map.Entry<String, Integer> key : Map.of(
                            "", 401, "Bearer three", 401, "one", 401, "Bearer ", 401, "Bearer two", 200)
                    .entrySet()) {
                HttpRequest.Builder request = request(served, "/v1/models").header("Origin", "https://here.example");
                if (!key.getKey().isEmpty()) {
                    request.header("Authorization", key.getKey());
                }
                HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
                assertEquals(key.getValue(), response.statusCode(), key.getKey());
                assertEquals(
                        "https://here.example",
                        response.headers()
                                .firstValue("Access-Control-Allow-Origin")
                                .orElse("none"));
            }
        }
        try (Served served = new Served(prompt -> "Hello.")) {
            HttpResponse<String> response = CLIENT.send(
                    request(served, "/v1/models")
                            .header("Origin", "https://here.example")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(403, response.statusCode());
            assertFalse(
                    response.headers().firstValue("Access-Control-Allow-Origin").isPresent());
        }
    }

    @Test
    void bounds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ScriptedModel slow = new ScriptedModel(prompt -> {
            if (prompt.contains("wait")) {
                asked.countDown();
                await(go);
            }
            return "Hello.";
        });
        try (Served served = new Served(slow, ServerOptions.DEFAULT.withBounds(400, 1))) {
            HttpResponse<String> tooLong = post(served, "/v1/chat/completions", HI.replace("Hi", "Hi".repeat(400)));
            assertEquals(413, tooLong.statusCode());
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> {
                try {
                    return post(served, "/v1/chat/completions", HI.replace("Hi", "wait"))
                            .statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(asked.await(60, TimeUnit.SECONDS));
            HttpResponse<String> busy = post(served, "/v1/chat/completions", HI);
            assertEquals(429, busy.statusCode());
            assertEquals("1", busy.headers().firstValue("Retry-After").orElseThrow());
            go.countDown();
            assertEquals(200, first.get(60, TimeUnit.SECONDS));
            assertEquals(200, post(served, "/v1/chat/completions", HI).statusCode());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void requestsThatTakeTooLongAreEnded() throws Exception {
        ServerOptions options =
                ServerOptions.DEFAULT.withTimes(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (Served served = new Served(new ScriptedModel(prompt -> "x".repeat(100_000)), options)) {
            String body = HI.replace("{\"model\"", "{\"max_tokens\":60000,\"model\"");
            assertEquals(408, post(served, "/v1/chat/completions", body).statusCode());
            String frames = post(served, "/v1/chat/completions", body.replace("{\"max", "{\"stream\":true,\"max"))
                    .body();
            assertTrue(frames.contains("\"content\":\"x"), frames);
            assertTrue(frames.contains("timeout_error") && !frames.contains("[DONE]"));
        }
    }

    @Test
    void aModelThatFailsInTheMiddleIsAFrame() throws Exception {
        ScriptedModel failing = new ScriptedModel(prompt -> "Hello, world and all of you.") {
            @Override
            public List<Logits> forward(List<Step> batch) {
                if (passes() == 8) {
                    throw new ModelException("the cable is out");
                }
                return super.forward(batch);
            }
        };
        try (Served served = new Served(failing, ServerOptions.DEFAULT)) {
            HttpResponse<String> response = post(served, "/v1/chat/completions", streamed(HI));
            assertEquals(200, response.statusCode());
            assertTrue(response.body().contains("\"content\":\"Hello\""), response.body());
            assertTrue(
                    response.body().contains("{\"error\":{") && response.body().contains("the cable is out"),
                    response.body());
            assertFalse(response.body().contains("[DONE]"));
        }
    }

    @Test
    void aClientThatGoesEndsItsText() throws Exception {
        ScriptedModel model = new ScriptedModel(prompt -> "x".repeat(1_000_000));
        try (Served served = new Served(model, ServerOptions.DEFAULT)) {
            String body = streamed(HI).replace("{\"stream\"", "{\"max_tokens\":60000,\"stream\"");
            try (Socket socket = new Socket("127.0.0.1", served.server.uri().getPort())) {
                socket.getOutputStream()
                        .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                byte[] some = in.readNBytes(600);
                assertTrue(new String(some, StandardCharsets.UTF_8).startsWith("HTTP/1.1 200"));
                socket.setSoLinger(true, 0);
            }
            int before = -1;
            for (int i = 0; i < 600 && before != model.passes(); i++) {
                before = model.passes();
                Thread.sleep(100);
            }
            assertEquals(before, model.passes(), "the text goes on");
            assertTrue(model.passes() < 59_000, "the text was written to its end");
        }
    }

    @Test
    void aServerThatStopsLetsRequestsEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Served served = new Served(prompt -> {
            asked.countDown();
            await(go);
            return "Hello.";
        });
        String uri = served.uri("/health");
        AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
        Thread asking = new Thread(() -> {
            try {
                answer.set(post(served, "/v1/chat/completions", HI));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        asking.start();
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        Thread stopping = new Thread(served::close);
        stopping.start();
        go.countDown();
        asking.join(60_000);
        stopping.join(60_000);
        assertEquals(200, Objects.requireNonNull(answer.get()).statusCode());
        HttpRequest gone = HttpRequest.newBuilder(URI.create(uri)).build();
        assertThrows(IOException.class, () -> CLIENT.send(gone, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void theLogHasNoPrompt() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> "Hello."), AssistantOptions.DEFAULT);
                EspalierServer server = EspalierServer.start(
                        ServedModels.of(new ServedModel("scripted", assistant, 0, 10)),
                        ServerOptions.DEFAULT.withAddress("127.0.0.1", 0),
                        new ServerMetrics(),
                        line -> {
                            synchronized (lines) {
                                lines.add(line);
                            }
                        })) {
            CLIENT.send(
                    HttpRequest.newBuilder(server.uri().resolve("/v1/chat/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString(HI))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThrows(
                    InvalidInputException.class,
                    () -> EspalierServer.start(
                            ServedModels.of(new ServedModel("scripted", assistant, 0, 10)),
                            ServerOptions.DEFAULT.withAddress(
                                    "127.0.0.1", server.uri().getPort())));
        }
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).contains("\"POST /v1/chat/completions HTTP/"), lines.get(0));
        assertFalse(lines.get(0).contains("secret"));
    }
}
