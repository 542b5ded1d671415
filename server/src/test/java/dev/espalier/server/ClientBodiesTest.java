// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Clients that others wrote send bodies of a known length and chunked ones, in the ways that they choose by default. */
class ClientBodiesTest {

    private static final String JSON =
            "{\"model\":\"scripted\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final Map<String, Object> MEMBERS =
            Map.of("model", "scripted", "temperature", 0, "messages", List.of(Map.of("role", "user", "content", "Hi")));
    private static final byte[] BYTES = JSON.getBytes(StandardCharsets.UTF_8);
    private static final String CHAT = "/v1/chat/completions";

    private static Served served;
    private static Served strict;

    @BeforeAll
    static void start() {
        served = new Served(prompt -> "Hello.");
        strict = new Served(
                new ScriptedModel(prompt -> "Hello."),
                ServerOptions.DEFAULT.withKeys(Set.of("k")).withBounds(1 << 20, 4));
    }

    @AfterAll
    static void stop() {
        served.close();
        strict.close();
    }

    private static void assertAnswered(String answer) {
        assertTrue(answer.contains("\"content\":\"Hello.\""), answer);
    }

    private static HttpRequest.Builder jdk(Served asked, String path, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(asked.uri(path)))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(body);
    }

    private static HttpRequest.BodyPublisher chunked(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    @Test
    void jdk() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient client = HttpClient.newBuilder().version(version).build(); // HTTP/2 is its default
            for (boolean isExpecting : new boolean[] {false, true}) {
                for (HttpRequest.BodyPublisher body : List.of(
                        chunked(BYTES),
                        BodyPublishers.ofByteArray(BYTES),
                        BodyPublishers.ofByteArrays(List.of(BYTES)),
                        BodyPublishers.fromPublisher(BodyPublishers.ofString(JSON)),
                        BodyPublishers.fromPublisher(BodyPublishers.ofString(JSON), BYTES.length),
                        BodyPublishers.concat(
                                BodyPublishers.ofString(JSON.substring(0, 9)),
                                chunked(JSON.substring(9).getBytes(StandardCharsets.UTF_8))))) {
                    HttpResponse<String> answer = client.send(
                            jdk(served, CHAT, body).expectContinue(isExpecting).build(),
                            HttpResponse.BodyHandlers.ofString());
                    assertEquals(200, answer.statusCode(), answer.body());
                    assertAnswered(answer.body());
                }
            }
        }
    }

    @Test
    void jdkAfterItHasAgreedOnHttp2() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health =
                HttpRequest.newBuilder(URI.create(served.uri("/health"))).build();
        assertEquals(
                HttpClient.Version.HTTP_2,
                client.send(health, HttpResponse.BodyHandlers.discarding()).version());
        for (boolean isExpecting : new boolean[] {false, true}) {
            for (HttpRequest.BodyPublisher body : List.of(chunked(BYTES), BodyPublishers.ofByteArray(BYTES))) {
                HttpResponse<String> answer = client.send(
                        jdk(served, CHAT, body).expectContinue(isExpecting).build(),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(HttpClient.Version.HTTP_2, answer.version());
                assertAnswered(answer.body());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void jdkReadsWhyItsLongBodyIsRefused(HttpClient.Version version) throws Exception {
        byte[] large = new byte[3_000_000];
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpRequest health =
                HttpRequest.newBuilder(URI.create(strict.uri("/health"))).build();
        client.send(health, HttpResponse.BodyHandlers.discarding()); // agrees on the version
        for (int i = 0; i < 3; i++) {
            for (HttpRequest.BodyPublisher body : List.of(chunked(large), BodyPublishers.ofByteArray(large))) {
                for (Map.Entry<String, Integer> key :
                        Map.of("Bearer k", 413, "none", 401).entrySet()) {
                    HttpRequest request = jdk(strict, "/tokenize", body)
                            .header("Authorization", key.getKey())
                            .expectContinue(i == 2 && key.getValue() == 413 && body.contentLength() < 0)
                            .build();
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    assertEquals(key.getValue(), answer.statusCode(), answer.body());
                    assertEquals(version, answer.version());
                }
            }
        }
        HttpRequest right = jdk(strict, CHAT, chunked(BYTES))
                .header("Authorization", "Bearer k")
                .build();
        assertAnswered(client.send(right, HttpResponse.BodyHandlers.ofString()).body());
    }

    static Stream<ClientHttpRequestFactory> springs() {
        SimpleClientHttpRequestFactory chunking = new SimpleClientHttpRequestFactory();
        chunking.setChunkSize(16);
        return Stream.of(
                new JdkClientHttpRequestFactory(),
                new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()),
                new SimpleClientHttpRequestFactory(),
                chunking);
    }

    @ParameterizedTest
    @MethodSource("springs")
    void springsRestClient(ClientHttpRequestFactory factory) {
        RestClient client = RestClient.builder().requestFactory(factory).build();
        StreamingHttpOutputMessage.Body written = out -> out.write(BYTES);
        for (Object body :
                List.of(MEMBERS, JSON, BYTES, new InputStreamResource(new ByteArrayInputStream(BYTES)), written)) {
            RestClient.RequestBodySpec request = client.post()
                    .uri(served.uri(CHAT))
                    .contentType(org.springframework.http.MediaType.APPLICATION_JSON);
            request = body instanceof StreamingHttpOutputMessage.Body streamed
                    ? request.body(streamed)
                    : request.body(body);
            assertAnswered(Objects.requireNonNull(request.retrieve().body(String.class)));
        }
    }

    @Test
    void okHttp() throws IOException {
        MediaType json = MediaType.get("application/json");
        RequestBody chunked = new RequestBody() {
            @Override
            public MediaType contentType() {
                return json;
            }

            @Override
            public void writeTo(BufferedSink sink) {
                try {
                    sink.write(BYTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        for (List<Protocol> protocols :
                List.of(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), List.of(Protocol.H2_PRIOR_KNOWLEDGE))) {
            OkHttpClient client =
                    new OkHttpClient.Builder().protocols(protocols).build();
            for (RequestBody body :
                    List.of(RequestBody.create(BYTES, json), chunked, RequestBody.create(BYTES, json))) {
                for (String expect : List.of("", "100-continue")) {
                    Request.Builder request =
                            new Request.Builder().url(served.uri(CHAT)).post(body);
                    if (!expect.isEmpty()) {
                        request.header("Expect", expect);
                    }
                    try (Response answer = client.newCall(request.build()).execute()) {
                        assertAnswered(answer.body().string());
                    }
                }
            }
            client.connectionPool().evictAll();
        }
    }
}
