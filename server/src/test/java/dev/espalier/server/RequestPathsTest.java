// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names of models in paths, and requests that are refused before they have an endpoint. */
class RequestPathsTest {

    private static final List<String> NAMES = List.of("org/m", "a b+c%é", "50%2F", "x:y?#;z");
    private static EspalierServer server;

    @BeforeAll
    static void start() {
        ModelShelf shelf = new ModelShelf();
        for (String name : NAMES) {
            shelf.add(
                    name,
                    () -> ModelShelf.Loaded.of(
                            new ScriptedModel(prompt -> "Hello."),
                            model -> Assistant.of(model, AssistantOptions.DEFAULT)),
                    10);
        }
        server = EspalierServer.start(shelf, ServerOptions.DEFAULT.withAddress("127.0.0.1", 0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String sent(String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String path) throws IOException {
        return sent("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private static JsonNode json(String answer) {
        assertTrue(answer.contains("Content-Type: application/json\r\n"), answer);
        assertTrue(answer.contains("X-Content-Type-Options: nosniff\r\n"), answer);
        return JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @Test
    void namesOfModelsMayHaveAllCharacters() throws IOException {
        Map<String, String> paths = new LinkedHashMap<>(Map.of(
                "org%2Fm", NAMES.get(0),
                "org%2fm", NAMES.get(0),
                "org/m", NAMES.get(0),
                "a%20b%2Bc%25%C3%A9", NAMES.get(1),
                "a%20b+c%25%c3%a9", NAMES.get(1),
                "50%252F", NAMES.get(2),
                "x%3Ay%3F%23%3Bz", NAMES.get(3)));
        for (Map.Entry<String, String> path : paths.entrySet()) {
            String answer = get("/v1/models/" + path.getKey());
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertEquals(path.getValue(), json(answer).get("id").stringValue());
        }
        assertEquals(
                "model_not_found",
                json(get("/v1/models/org%2F..%2F..%2Fhealth")).at("/error/code").stringValue());
    }

    @Test
    void requestsThatAreNoneAreToldSoInJson() throws IOException {
        String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        Map<String, String> statuses = new LinkedHashMap<>();
        statuses.put("GET /v1//models" + rest + "\r\n", "400");
        statuses.put("GET /%" + rest + "\r\n", "400");
        statuses.put("GET /v1/models/%ff" + rest + "\r\n", "400");
        statuses.put("GET /v1/%2e%2e/models" + rest + "\r\n", "400");
        statuses.put("GET v1" + rest + "\r\n", "400");
        statuses.put("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", "400");
        statuses.put("GET /health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", "400");
        statuses.put("GET /health HTTP/7.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "505");
        statuses.put("nonsense\r\n\r\n", "400");
        statuses.put("GET /health" + rest + "X: " + "x".repeat(20_000) + "\r\n\r\n", "431");
        statuses.put("GET /" + "x".repeat(20_000) + rest + "\r\n", "414");
        statuses.put("POST /tokenize" + rest + "Content-Length: x\r\n\r\n", "400");
        statuses.put("POST /tokenize" + rest + "Transfer-Encoding: x\r\n\r\n", "400");
        statuses.put("OPTIONS *" + rest + "\r\n", "404");
        statuses.put("GET /v1/models?a=%" + rest + "\r\n", "200");
        for (Map.Entry<String, String> request : statuses.entrySet()) {
            String answer = sent(request.getKey());
            String line = request.getKey().lines().findFirst().orElseThrow() + " → " + answer;
            assertTrue(answer.startsWith("HTTP/1.1 " + request.getValue() + " "), line);
            if (!request.getValue().equals("200")) {
                JsonNode error = json(answer).get("error");
                assertEquals("invalid_request_error", error.get("type").stringValue(), line);
                assertTrue(
                        !error.get("message").stringValue().isEmpty()
                                && !error.get("code").stringValue().isEmpty(),
                        line);
            }
        }
    }
}
