// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Several choices of one request, and what tools have answered. */
class ChoicesTest {

    private static volatile String prompt = "";

    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        ScriptedModel model = new ScriptedModel(told -> {
            prompt = told;
            return "Hello.";
        });
        assistant = Assistant.of(model, AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 64)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static ObjectNode object(String members) {
        return Protocol.object(("{\"model\":\"scripted\"," + members + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(boolean isChat, int seed, int choices) {
        String members =
                "\"temperature\":100,\"regex\":\"[a-z]{20}\",\"max_tokens\":64,\"seed\":" + seed + ",\"n\":" + choices;
        Call call = isChat
                ? protocol.chat(object(members + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"))
                : protocol.completion(object(members + ",\"prompt\":\"Hi\""));
        List<String> texts = new ArrayList<>();
        call.answer(new Interruption(Duration.ofMinutes(1)))
                .get("choices")
                .forEach(choice -> texts.add(
                        choice.at(isChat ? "/message/content" : "/text").asString()));
        return texts;
    }

    @Test
    void choicesOfSeedsSideBySideDiffer() {
        for (boolean isChat : new boolean[] {true, false}) {
            List<String> all = new ArrayList<>();
            for (int seed = 0; seed < 5; seed++) {
                List<String> texts = texts(isChat, seed, 5);
                assertEquals(texts, texts(isChat, seed, 5));
                assertEquals(texts.get(0), texts(isChat, seed, 1).get(0), "the first choice has the seed itself");
                all.addAll(texts);
            }
            assertEquals(25, new HashSet<>(all).size(), all.toString());
        }
        assertNotEquals(SamplingReader.seed(1, 1), SamplingReader.seed(2, 0));
        assertEquals(7, SamplingReader.seed(7, 0));
    }

    @Test
    void outputsOfToolsMayBeParts() {
        Call call = protocol.response(
                object(
                        "\"input\":[{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":[{\"type\":\"input_text\",\"text\":\"Rain.\"},{\"type\":\"input_text\",\"text\":\"Wind.\"}]}]"));
        call.answer(new Interruption(Duration.ofMinutes(1)));
        assertTrue(prompt.contains("tool\nRain.\nWind."), prompt);
    }
}
