// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which requests are refused by their heads, so that no page of another site can use a server by the browser of somebody who may. */
class RequestRulesTest {

    private static final String TOKENS = "{\"model\":\"scripted\",\"prompt\":\"abc\"}";
    private static final String JSON = "Content-Type: application/json";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String TEXT = "Content-Type: text/plain";

    private static Served served(ServerOptions options) {
        return new Served(new ScriptedModel(prompt -> "Hello."), options);
    }

    private static String asked(Served served, String line, String body, List<String> headers) throws IOException {
        int port = served.server.uri().getPort();
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\nConnection: close\r\n");
        if (headers.stream().noneMatch(header -> header.startsWith("Host: "))) {
            head.append("Host: localhost:").append(port).append("\r\n");
        }
        headers.forEach(header ->
                head.append(header.replace("PORT", String.valueOf(port))).append("\r\n"));
        if (!body.isEmpty()) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertStatus(int status, String code, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(code.isEmpty() || answer.contains("\"code\":\"" + code + "\""), answer);
    }

    private static String tokens(Served served, String... headers) throws IOException {
        return asked(served, "POST /tokenize", TOKENS, Arrays.asList(headers));
    }

    private static String health(Served served, String... headers) throws IOException {
        return asked(served, "GET /health", "", Arrays.asList(headers));
    }

    @Test
    void pagesOfOtherSitesAreRefused() throws IOException {
        try (Served served = served(ServerOptions.DEFAULT)) {
            for (String origin : List.of(
                    "http://evil.example",
                    "https://localhost.evil.example",
                    "null",
                    "http://localhost:1",
                    "http://localhost",
                    "x")) {
                for (String type : List.of(JSON, FORM, TEXT)) {
                    String answer = asked(served, "POST /v1/models/unload", TOKENS, List.of("Origin: " + origin, type));
                    assertStatus(403, "origin-refused", answer);
                    assertTrue(answer.contains(origin), answer);
                }
                assertStatus(403, "origin-refused", health(served, "Origin: " + origin));
            }
            for (String origin : List.of("http://localhost:PORT", "https://LOCALHOST:PORT")) {
                assertStatus(200, "", health(served, "Origin: " + origin));
                assertStatus(200, "", tokens(served, "Origin: " + origin, JSON));
            }
            assertStatus(200, "", tokens(served, "Host: [::1]:8080", "Origin: http://[::1]:8080", JSON));
        }
        try (Served served = served(ServerOptions.DEFAULT.withOrigins(List.of("https://here.example")))) {
            String answer = tokens(served, "Origin: https://here.example", JSON);
            assertStatus(200, "", answer);
            assertTrue(answer.contains("Access-Control-Allow-Origin: https://here.example"), answer);
            assertStatus(403, "origin-refused", tokens(served, "Origin: https://here-example", JSON));
            assertStatus(403, "origin-refused", tokens(served, "Origin: http://here.example", JSON));
            assertStatus(200, "", health(served, "Host: here.example"));
        }
        try (Served served = served(ServerOptions.DEFAULT.withOrigins(List.of("*")))) {
            assertStatus(200, "", tokens(served, "Origin: https://any.example", JSON));
            assertStatus(200, "", health(served, "Host: any.example"));
        }
    }

    @Test
    void namesThatAreNotOfThisMachineAreRefused() throws IOException {
        try (Served served = served(ServerOptions.DEFAULT)) {
            for (String host : List.of(
                    "evil.example",
                    "evil.example:8080",
                    "localhost.evil.example",
                    "127.0.0.1.evil.example",
                    "1.evil",
                    "127.0.0.1.")) {
                assertStatus(421, "host-unknown", health(served, "Host: " + host));
                assertStatus(421, "host-unknown", tokens(served, "Host: " + host, "Origin: http://" + host, JSON));
            }
            for (String host : List.of(
                    "localhost",
                    "LocalHost:1",
                    "localhost.",
                    "app.localhost",
                    "127.0.0.1",
                    "127.0.0.1:80",
                    "[::1]",
                    "[::1]:8080",
                    "10.1.2.3")) {
                assertStatus(200, "", health(served, "Host: " + host));
            }
        }
    }

    @Test
    void aServerOnAnotherAddressKnowsNotByWhatNameItIsAsked() {
        for (String host : List.of("127.0.0.1", "localhost", "::1")) {
            assertFalse(new RequestRules(ServerOptions.DEFAULT.withAddress(host, 1)).knows("any.example"));
        }
        for (String host : List.of("0.0.0.0", "::", "10.1.2.3")) {
            assertTrue(new RequestRules(ServerOptions.DEFAULT.withAddress(host, 1)).knows("any.example"));
        }
    }

    @Test
    void bodiesThatAreNoJsonAreRefused() throws IOException {
        try (Served served = served(ServerOptions.DEFAULT)) {
            String own = "Origin: http://localhost:PORT";
            for (String type : List.of(
                    JSON,
                    "content-type: APPLICATION/JSON ; Charset=\"UTF-8\"",
                    JSON + ";charset=utf-8",
                    "Content-Type: application/x.y+json")) {
                assertStatus(200, "", tokens(served, type));
                assertStatus(200, "", tokens(served, own, type));
            }
            for (String type : List.of(FORM, TEXT, TEXT + ";charset=UTF-8", "X-No-Type: here")) {
                assertStatus(200, "", tokens(served, type));
                assertStatus(415, "unsupported-content-type", tokens(served, own, type));
            }
            for (String type : List.of(
                    "Content-Type: multipart/form-data; boundary=x",
                    "Content-Type: application/xml",
                    "Content-Type: json",
                    "Content-Type: application/jsonp",
                    JSON + "; charset=iso-8859-1",
                    TEXT + "; charset=latin1")) {
                String answer = tokens(served, type);
                assertStatus(415, "unsupported-content-type", answer);
                assertTrue(answer.contains("Content-Type"), answer);
            }
        }
    }

    @Test
    void bodiesThatAreCompressedAreRefused() throws IOException {
        try (Served served = served(ServerOptions.DEFAULT)) {
            assertStatus(200, "", tokens(served, JSON, "Content-Encoding: identity"));
            for (String encoding : List.of("gzip", "br", "identity, gzip")) {
                String answer = tokens(served, JSON, "Content-Encoding: " + encoding);
                assertStatus(415, "unsupported-content-encoding", answer);
                assertTrue(answer.contains("Content-Encoding") && answer.contains("Accept-Encoding: identity"), answer);
            }
        }
    }

    @Test
    void keysAreBearersWhateverTheCaseOfThat() throws IOException {
        try (Served served = served(ServerOptions.DEFAULT.withKeys(Set.of("k1", "k2")))) {
            for (String key : List.of("Bearer k1", "bearer k2", "BEARER  k1")) {
                assertStatus(200, "", tokens(served, JSON, "Authorization: " + key));
            }
            for (String key : List.of("Bearer K1", "Bearer", "Bearer ", "Bearerk1", "Basic k1", "k1", "Bearer k1 k1")) {
                String answer = tokens(served, JSON, "Authorization: " + key);
                assertStatus(401, "invalid_api_key", answer);
                assertTrue(answer.contains("WWW-Authenticate: Bearer\r\n"), answer);
            }
        }
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws IOException {
        try (Served served = served(ServerOptions.DEFAULT)) {
            for (String path : List.of("/", "/health", "/metrics", "/v1/models", "/v1/models/scripted")) {
                String answer = asked(served, "DELETE " + path, "", List.of());
                assertStatus(405, "wrong-method", answer);
                assertTrue(answer.contains("Allow: GET, HEAD\r\n"), answer);
            }
            for (String path : List.of("/v1/chat/completions", "/tokenize", "/v1/models/unload")) {
                String answer = asked(served, "GET " + path, "", List.of());
                assertStatus(405, "wrong-method", answer);
                assertTrue(answer.contains("Allow: POST\r\n"), answer);
            }
        }
    }
}
