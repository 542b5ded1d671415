// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests that are wrong or cannot be kept: the file {@code refusals.jsonl} has what is changed in a good one, the status, and the member that is named. */
class RefusalsTest {

    private static final Map<String, String> GOOD = Map.of(
            "chat", "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "completion", "{\"model\":\"scripted\",\"prompt\":\"Hi\"}",
            "response", "{\"model\":\"scripted\",\"input\":\"Hi\"}");

    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        assistant = Assistant.of(new ScriptedModel(prompt -> "Hello."), AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 64)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static ObjectNode good(String endpoint) {
        return Protocol.object(Objects.requireNonNull(GOOD.get(endpoint)).getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode answer(String endpoint, ObjectNode body) {
        Call call = switch (endpoint) {
            case "chat" -> protocol.chat(body);
            case "completion" -> protocol.completion(body);
            default -> protocol.response(body);
        };
        return call.answer(new Interruption(Duration.ofMinutes(1)));
    }

    @Test
    void goodRequestsAreAnswered() {
        GOOD.keySet()
                .forEach(endpoint -> assertTrue(answer(endpoint, good(endpoint)).has("usage")));
    }

    @Test
    void whatIsRefusedIsNamed() throws IOException {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        try (InputStream file = Objects.requireNonNull(RefusalsTest.class.getResourceAsStream("refusals.jsonl"))) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                cases++;
                JsonNode expected = JsonMapper.shared().readTree(line);
                String endpoint = expected.get("endpoint").stringValue();
                ObjectNode body = good(endpoint);
                body.setAll((ObjectNode) expected.get("members"));
                String was;
                try {
                    was = "answered " + answer(endpoint, body);
                } catch (ProtocolException e) {
                    was = e.status() + " " + e.param().orElse("-") + " [" + e.code() + "] " + e.getMessage();
                    assertTrue(String.valueOf(e.getMessage()).length() > 10
                            && !e.code().isEmpty());
                    assertEquals(4, e.body().get("error").size());
                }
                String wanted = expected.get("status").asInt() + " "
                        + expected.get("param").stringValue();
                if (!was.startsWith(wanted + " [")) {
                    wrong.add(expected.get("members")
                                    .toString()
                                    .substring(
                                            0,
                                            Math.min(
                                                    150,
                                                    expected.get("members")
                                                            .toString()
                                                            .length()))
                            + ": expected " + wanted + ", was " + was);
                }
            }
        }
        assertEquals(List.of(), wrong, String.join("\n", wrong));
        assertTrue(cases >= 200, cases + " cases");
    }

    @Test
    void bodiesThatAreNoObjects() {
        for (String body : List.of("", "{", "[]", "7", "\"a\"", "{\"a\":}", "null", "{}}")) {
            try {
                Protocol.object(body.getBytes(StandardCharsets.UTF_8));
                throw new AssertionError(body + " was read");
            } catch (ProtocolException e) {
                assertEquals(400, e.status());
            }
        }
    }
}
