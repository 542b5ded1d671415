// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies that come slowly, not whole, or are too long. */
class RequestBodyTest {

    private static final String BODY =
            "{\"model\":\"scripted\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String LENGTH = "Content-Length: ";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private static Served served(ServerOptions options) {
        return new Served(new ScriptedModel(prompt -> "Hello."), options);
    }

    private static Socket post(Served served, String rest) throws IOException {
        Socket socket = new Socket("127.0.0.1", served.server.uri().getPort());
        socket.setSoTimeout(60_000);
        send(socket, "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n" + rest);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String get(Served served, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(served.uri(path)))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The line of the log of the next request with a body that has ended. */
    private static String posted(Served served) throws InterruptedException {
        while (true) {
            String line = Objects.requireNonNull(served.log.poll(60, TimeUnit.SECONDS));
            if (line.contains("\"POST ")) {
                return line;
            }
        }
    }

    private static void assertCounted(Served served, int status) throws Exception {
        String counted =
                "espalier_requests_seconds_count{endpoint=\"/v1/chat/completions\",status=\"" + status + "\"} 1";
        String metrics = get(served, "/metrics");
        assertTrue(metrics.contains(counted), metrics);
        assertFalse(metrics.contains("status=\"500\""), metrics);
    }

    @Test
    void clientsThatSendSlowlyHoldNoThread() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (Served served = served(ServerOptions.DEFAULT.withBounds(1 << 20, 2))) {
            for (int i = 0; i < 60; i++) {
                String head = i % 2 == 0
                        ? LENGTH + BODY.length() + "\r\n\r\n"
                        : CHUNKED + Integer.toHexString(BODY.length()) + "\r\n";
                slow.add(post(served, head + BODY.substring(0, 1)));
            }
            assertEquals("{\"status\":\"ok\"}", get(served, "/health"));
            try (Socket fast = post(served, "Connection: close\r\n" + LENGTH + BODY.length() + "\r\n\r\n" + BODY)) {
                assertTrue(answer(fast).startsWith("HTTP/1.1 200 "));
            }
            for (Socket socket : slow.subList(0, 4)) {
                send(socket, BODY.substring(1, 20));
            }
            assertEquals("{\"status\":\"ok\"}", get(served, "/health"));
            for (int i = 0; i < 4; i++) {
                send(slow.get(i), BODY.substring(20) + (i % 2 == 0 ? "" : "\r\n0\r\n\r\n"));
                String line = posted(served);
                assertTrue(line.contains("\" 200 "), line);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyThatTakesTooLongIsRefused() throws Exception {
        ServerOptions options =
                ServerOptions.DEFAULT.withTimes(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(5));
        for (String head : List.of(LENGTH + "4000\r\n\r\n{", CHUNKED + "fa0\r\n{")) {
            try (Served served = served(options);
                    Socket socket = post(served, head)) {
                String answer = answer(socket);
                assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
                assertTrue(answer.contains("Connection: close") && answer.contains("\"code\":\"timeout\""), answer);
                assertCounted(served, 408);
            }
        }
    }

    @Test
    void aBodyOverHttp2ThatTakesTooLongIsRefused() throws Exception {
        ServerOptions options =
                ServerOptions.DEFAULT.withTimes(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(5));
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        try (Served served = served(options);
                SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>()) {
            client.send( // agrees on the version
                    HttpRequest.newBuilder(URI.create(served.uri("/health"))).build(),
                    HttpResponse.BodyHandlers.ofString());
            CompletableFuture<HttpResponse<String>> asked = client.sendAsync(
                    HttpRequest.newBuilder(URI.create(served.uri("/v1/chat/completions")))
                            .POST(HttpRequest.BodyPublishers.fromPublisher(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String line = posted(served);
            assertTrue(line.contains(" HTTP/2.0\" 408 "), line);
            assertCounted(served, 408);
            asked.cancel(true);
        }
    }

    @Test
    void aBodyThatIsFaultyIsTheClientsFault() throws Exception {
        for (String rest : List.of(
                LENGTH + "1000\r\n\r\n" + BODY,
                CHUNKED + "10\r\n{",
                CHUNKED + "zz\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "2\r\n{}\r\nzz\r\n")) {
            try (Served served = served(ServerOptions.DEFAULT);
                    Socket socket = post(served, rest)) {
                socket.shutdownOutput();
                String answer = answer(socket);
                assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
                assertTrue(answer.contains("\"type\":\"invalid_request_error\""), answer);
                assertTrue(answer.contains("\"code\":\"body-faulty\""), answer);
                assertCounted(served, 400);
            }
        }
    }

    @Test
    void aClientThatGoesInTheMiddleOfItsBodyIsNoFaultOfTheServer() throws Exception {
        try (Served served = served(ServerOptions.DEFAULT)) {
            try (Socket socket = post(served, "Expect: 100-continue\r\n" + LENGTH + "1000\r\n\r\n")) {
                assertEquals('H', socket.getInputStream().read()); // the server waits for the body
                socket.setSoLinger(true, 0);
            }
            String line = Objects.requireNonNull(served.log.poll(60, TimeUnit.SECONDS));
            assertTrue(line.contains("\" 400 "), line);
            assertCounted(served, 400);
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        for (String rest : List.of(
                LENGTH + "401\r\n\r\n",
                CHUNKED + "191\r\n" + "x".repeat(401),
                CHUNKED + "c8\r\n" + "x".repeat(200) + "\r\nc9\r\n" + "x".repeat(201))) {
            try (Served served = served(ServerOptions.DEFAULT.withBounds(400, 4));
                    Socket socket = post(served, rest)) {
                String answer = answer(socket);
                assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
                assertTrue(answer.contains("\"code\":\"body-too-long\""), answer);
                assertCounted(served, 413);
            }
        }
    }

    @Test
    void aBodyThatIsCompressedForItsTransferIsRefused() throws Exception {
        for (String codings : List.of("gzip, chunked", "GZip,chunked", "deflate\r\nTransfer-Encoding: chunked")) {
            try (Served served = served(ServerOptions.DEFAULT);
                    Socket socket =
                            post(served, "Connection: close\r\nTransfer-Encoding: " + codings + "\r\n\r\n0\r\n\r\n")) {
                String answer = answer(socket);
                assertTrue(answer.startsWith("HTTP/1.1 501 "), answer);
                assertTrue(answer.contains("\"code\":\"unsupported-transfer-encoding\""), answer);
                assertCounted(served, 501);
            }
        }
    }

    @Test
    void http10HasBodiesToo() throws Exception {
        try (Served served = served(ServerOptions.DEFAULT)) {
            for (String rest : List.of(
                    "", "Expect: 100-continue\r\n", "Expect: cake\r\n", "Connection: Upgrade\r\nUpgrade: h2c\r\n")) {
                try (Socket socket = new Socket("127.0.0.1", served.server.uri().getPort())) {
                    socket.setSoTimeout(60_000);
                    send(socket, "POST /v1/chat/completions HTTP/1.0\r\n" + rest + LENGTH + BODY.length() + "\r\n\r\n");
                    Thread.sleep(20); // the body comes by itself: HTTP/1.0 has no leave to wait for
                    send(socket, BODY);
                    String answer = answer(socket);
                    assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.contains("Hello."), answer);
                }
            }
        }
    }
}
