// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Numbers of schemas, in all spellings of all endpoints: none of them goes through a double. */
class ExactNumbersTest {

    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        assistant = Assistant.of(new ScriptedModel(prompt -> "Hello."), AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 1000)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static Call call(String endpoint, String member) {
        String start = "{\"model\":\"scripted\",\"temperature\":0," + member + ",";
        return switch (endpoint) {
            case "chat" ->
                protocol.chat(Protocol.object((start + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                        .getBytes(StandardCharsets.UTF_8)));
            case "completion" ->
                protocol.completion(Protocol.object(
                        (start + "\"max_tokens\":1000,\"prompt\":\"Hi\"}").getBytes(StandardCharsets.UTF_8)));
            default ->
                protocol.response(Protocol.object((start + "\"input\":\"Hi\"}").getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static String answer(String endpoint, String member) {
        String place = switch (endpoint) {
            case "chat" -> "/choices/0/message/content";
            case "completion" -> "/choices/0/text";
            default -> "/output/0/content/0/text";
        };
        return call(endpoint, member)
                .answer(new Interruption(Duration.ofMinutes(1)))
                .at(place)
                .asString();
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /** The members that ask for a schema, for each endpoint. */
    private static List<List<String>> spellings(String schema) {
        String envelope = "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":" + schema + "}}";
        String tag =
                "{\"type\":\"structural_tag\",\"format\":{\"type\":\"json_schema\",\"json_schema\":" + schema + "}}";
        return List.of(
                List.of("chat", "\"response_format\":" + envelope),
                List.of("chat", "\"response_format\":{\"type\":\"json_object\",\"schema\":" + schema + "}"),
                List.of("chat", "\"response_format\":" + tag),
                List.of("chat", "\"structured_outputs\":{\"json\":" + schema + "}"),
                List.of("chat", "\"structured_outputs\":{\"json\":" + quoted(schema) + "}"),
                List.of("chat", "\"structured_outputs\":{\"structural_tag\":" + tag + "}"),
                List.of("chat", "\"structured_outputs\":{\"structural_tag\":" + quoted(tag) + "}"),
                List.of("chat", "\"json_schema\":" + schema),
                List.of("completion", "\"guided_json\":" + schema),
                List.of("completion", "\"guided_json\":" + quoted(schema)),
                List.of(
                        "response",
                        "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":" + schema + "}}"),
                List.of("response", "\"guided_json\":" + schema));
    }

    @Test
    void constants() {
        for (String number :
                List.of("0.1234567890123456789", "123456789012345678901234567890", "1e400", "1e-400", "-0.0", "1.50")) {
            for (List<String> spelling : spellings("{\"const\":" + number + "}")) {
                String said = answer(spelling.get(0), spelling.get(1));
                assertEquals(0, new BigDecimal(number).compareTo(new BigDecimal(said)), spelling + " " + said);
            }
        }
    }

    @Test
    void bounds() {
        String bound = "0.1234567890123456789";
        String schema = "{\"type\":\"number\",\"minimum\":" + bound + ",\"maximum\":" + bound + "}";
        for (List<String> spelling : spellings(schema)) {
            assertEquals(
                    0,
                    new BigDecimal(bound).compareTo(new BigDecimal(answer(spelling.get(0), spelling.get(1)))),
                    spelling.toString());
        }
        answer("chat", "\"json_schema\":{\"type\":\"integer\",\"minimum\":7,\"maximum\":1e400}");
    }

    @Test
    void argumentsOfTools() {
        for (String number : List.of("0.1234567890123456789", "123456789012345678901234567890", "1e400")) {
            String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":" + number
                    + "}},\"required\":[\"a\"],\"additionalProperties\":false}";
            String tool = "\"name\":\"f\",\"parameters\":" + schema;
            String choice =
                    "\"tool_choice\":\"required\",\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"function\",";
            String chat = call("chat", choice + "\"function\":{" + tool + "}}]")
                    .answer(new Interruption(Duration.ofMinutes(1)))
                    .at("/choices/0/message/tool_calls/0/function/arguments")
                    .asString();
            String response = call("response", choice + tool + "}]")
                    .answer(new Interruption(Duration.ofMinutes(1)))
                    .at("/output")
                    .findPath("arguments")
                    .asString();
            for (String arguments : List.of(chat, response)) {
                BigDecimal said = JsonTree.read(arguments, "").get("a").decimalValue();
                assertEquals(0, new BigDecimal(number).compareTo(said), arguments);
            }
        }
    }

    @Test
    void numbersThatAreTooLargeAreRefused() {
        for (List<String> spelling : spellings("{\"const\":1e999999999}")) {
            ProtocolException refusal =
                    assertThrows(ProtocolException.class, () -> answer(spelling.get(0), spelling.get(1)));
            assertEquals(400, refusal.status());
            assertTrue(refusal.param().isPresent(), spelling.toString());
        }
    }
}
