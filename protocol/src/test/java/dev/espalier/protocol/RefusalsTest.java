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

/** Requests that are wrong or cannot be kept: the file {@code refusals.jsonl} has what is changed in a good one, the status, the member that is named, and where they matter the code and words of the message. */
class RefusalsTest {

    private static final Map<String, String> GOOD = Map.of(
            "chat", "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "completion", "{\"model\":\"scripted\",\"prompt\":\"Hi\"}",
            "response", "{\"model\":\"scripted\",\"input\":\"Hi\"}");

    /** What no message to a client says: it is of this program, or of a library in it. */
    private static final List<String> FOREIGN = List.of(
            "Limits.",
            "SchemaOptions",
            "maxTokens",
            "#/format/",
            "Feature",
            "StreamRead",
            "StreamWrite",
            "REDACTED",
            "only  can");

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

    private static List<JsonNode> cases() throws IOException {
        try (InputStream file = Objects.requireNonNull(RefusalsTest.class.getResourceAsStream("refusals.jsonl"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
        }
    }

    /** What becomes of a good request with some members changed: status, member, code and message. */
    private static String outcome(String endpoint, JsonNode members) {
        ObjectNode body = good(endpoint);
        body.setAll((ObjectNode) members);
        try {
            return "answered "
                    + answer(endpoint, Protocol.object(body.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (ProtocolException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.length() > 10 && !e.code().isEmpty());
            assertEquals(4, e.body().get("error").size());
            String foreign =
                    FOREIGN.stream().filter(message::contains).findFirst().orElse("");
            return (foreign.isEmpty() ? "" : "in words of the program: ") + e.status() + " "
                    + e.param().orElse("-") + " [" + e.code() + "] " + message;
        } catch (RuntimeException e) {
            return "an internal error: " + e;
        }
    }

    @Test
    void whatIsRefusedIsNamed() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<JsonNode> cases = cases();
        for (JsonNode expected : cases) {
            JsonNode members = expected.get("members");
            String was = outcome(expected.get("endpoint").stringValue(), members);
            String wanted = expected.get("status").asInt() + " "
                    + expected.get("param").stringValue() + " ["
                    + expected.path("code").asString("");
            String says = expected.path("says").asString("");
            if (!was.startsWith(wanted) || !was.contains(says)) {
                String shown = members.toString();
                wrong.add(shown.substring(0, Math.min(150, shown.length())) + ": expected " + wanted + " " + says
                        + ", was " + was);
            }
        }
        assertEquals(List.of(), wrong, String.join("\n", wrong));
        assertTrue(cases.size() >= 200, cases.size() + " cases");
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
