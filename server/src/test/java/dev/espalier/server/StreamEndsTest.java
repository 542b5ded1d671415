// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Step;
import dev.espalier.testing.ScriptedModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of all endpoints that end before their time: the last frame says why. */
class StreamEndsTest {

    private static final String LONG = "x".repeat(100_000);

    /** An endpoint, and how a request and an error of it are written. */
    enum Endpoint {
        CHAT("/v1/chat/completions", "\"max_tokens\":60000,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"),
        COMPLETION("/v1/completions", "\"max_tokens\":60000,\"prompt\":\"<|im_start|>assistant\\n\""),
        RESPONSE("/v1/responses", "\"max_output_tokens\":60000,\"input\":\"Hi\"");

        private final String path;
        private final String members;

        Endpoint(String path, String members) {
            this.path = path;
            this.members = members;
        }

        CompletableFuture<HttpResponse<String>> stream(Served served) {
            String body = "{\"model\":\"scripted\",\"temperature\":0,\"stream\":true," + members + "}";
            return HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create(served.uri(path)))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        }

        void assertEnds(HttpResponse<String> response, String code, String message) {
            assertEquals(200, response.statusCode());
            List<String> lines =
                    response.body().lines().filter(line -> !line.isEmpty()).toList();
            assertTrue(lines.size() > 4, response.body());
            String last = lines.get(lines.size() - 1);
            assertTrue(last.contains(message), last);
            assertFalse(response.body().contains("[DONE]"));
            if (this == RESPONSE) {
                assertEquals("event: response.failed", lines.get(lines.size() - 2));
                assertTrue(last.contains("\"status\":\"failed\""), last);
            } else {
                assertTrue(last.startsWith("data: {\"error\":{") && last.contains("\"code\":\"" + code + "\""), last);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheModelFails(Endpoint endpoint) throws Exception {
        ScriptedModel failing = new ScriptedModel(prompt -> LONG) {
            @Override
            public List<Logits> forward(List<Step> batch) {
                if (passes() == 8) {
                    throw new ModelException("the cable is out");
                }
                return super.forward(batch);
            }
        };
        try (Served served = new Served(failing, ServerOptions.DEFAULT)) {
            endpoint.assertEnds(endpoint.stream(served).get(60, TimeUnit.SECONDS), "model", "the cable is out");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenItTakesTooLong(Endpoint endpoint) throws Exception {
        ServerOptions options =
                ServerOptions.DEFAULT.withTimes(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (Served served = new Served(new ScriptedModel(prompt -> LONG), options)) {
            endpoint.assertEnds(
                    endpoint.stream(served).get(60, TimeUnit.SECONDS), "timeout", "took longer than 0.5 seconds");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheServerStops(Endpoint endpoint) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        ScriptedModel model = new ScriptedModel(prompt -> LONG) {
            @Override
            public List<Logits> forward(List<Step> batch) {
                if (passes() > 20) {
                    written.countDown();
                }
                return super.forward(batch);
            }
        };
        ServerOptions options =
                ServerOptions.DEFAULT.withTimes(Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofSeconds(5));
        try (Served served = new Served(model, options)) {
            CompletableFuture<HttpResponse<String>> response = endpoint.stream(served);
            assertTrue(written.await(60, TimeUnit.SECONDS));
            served.server.close();
            endpoint.assertEnds(response.get(60, TimeUnit.SECONDS), "stopping", "the server is being stopped");
        }
    }
}
