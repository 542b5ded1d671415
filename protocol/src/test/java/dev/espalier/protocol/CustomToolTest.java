// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tools that take a text of a grammar. */
class CustomToolTest {

    private static final String LARK = """
            start: "SELECT" columns "FROM" NAME where? ";"
            columns: "*" | NAME ("," NAME)*
            where: "WHERE" NAME "=" (STRING | NUMBER)
            NAME: /[a-z_]+/
            NUMBER: /[0-9]+/
            STRING: /"[^"\\n]*"/
            %ignore /[ \\n]+/
            """;

    private static final String QUERY = "SELECT name, city\nFROM people WHERE city = \"Oslo\\😀\";";

    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        ScriptedModel model = new ScriptedModel(prompt -> {
            String input = prompt.contains("wrong") ? "DROP people;" : prompt.contains("date") ? "2026-11-24" : QUERY;
            return "<tool_call>\n{\"name\": \"sql\", \"arguments\": {\"input\": " + quoted(input) + "}}\n</tool_call>";
        });
        assistant = Assistant.of(model, AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 300)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private static Call chat(String syntax, String definition, String text, boolean isStreamed) {
        return protocol.chat(object("{\"model\":\"scripted\",\"temperature\":0,\"stream\":" + isStreamed
                + ",\"tool_choice\":\"required\",\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"sql\",\"format\":{\"type\":\"grammar\",\"grammar\":{\"syntax\":\""
                + syntax + "\",\"definition\":" + quoted(definition)
                + "}}}}],\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"));
    }

    private static Call response(String definition, boolean isStreamed) {
        return protocol.response(object("{\"model\":\"scripted\",\"temperature\":0,\"stream\":" + isStreamed
                + ",\"tool_choice\":\"required\",\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"custom\",\"name\":\"sql\",\"format\":{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":"
                + quoted(definition) + "}}],\"input\":\"Hi\"}"));
    }

    private static ObjectNode object(String json) {
        return Protocol.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Interruption minute() {
        return new Interruption(Duration.ofMinutes(1));
    }

    private static String input(ObjectNode answer) {
        JsonNode call = answer.at("/choices/0/message/tool_calls/0");
        assertEquals("custom", call.get("type").stringValue());
        assertEquals("sql", call.at("/custom/name").stringValue());
        return call.at("/custom/input").stringValue();
    }

    @Test
    void textsAreSentencesOfTheGrammar() {
        assertEquals(QUERY, input(chat("lark", LARK, "Hi", false).answer(minute())));
        String other = input(chat("lark", LARK, "wrong", false).answer(minute()));
        assertTrue(other.startsWith("SELECT") && other.endsWith(";"), other);
        assertEquals(
                "2026-11-24",
                input(chat("regex", "\\d{4}-\\d\\d-\\d\\d", "date", false).answer(minute())));
        String drawn = input(chat("regex", "\\d{4}-\\d\\d-\\d\\d", "Hi", false).answer(minute()));
        assertTrue(drawn.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"), drawn);
    }

    @Test
    void inFrames() {
        TakenFrames taken = new TakenFrames(() -> 0);
        chat("lark", LARK, "Hi", true).stream(taken, minute());
        assertEquals(QUERY, taken.text("/choices/0/delta/tool_calls/0/custom/input"));
        assertEquals("sql", taken.text("/choices/0/delta/tool_calls/0/custom/name"));
    }

    @Test
    void inResponses() {
        ObjectNode answer = response(LARK, false).answer(minute());
        assertEquals("custom_tool_call", answer.at("/output/0/type").stringValue());
        assertEquals(QUERY, answer.at("/output/0/input").stringValue());
        TakenFrames taken = new TakenFrames(() -> 0);
        response(LARK, true).stream(taken, minute());
        assertEquals(QUERY, taken.text("/delta"));
        assertEquals(QUERY, taken.last().at("/response/output/0/input").stringValue());
    }
}
