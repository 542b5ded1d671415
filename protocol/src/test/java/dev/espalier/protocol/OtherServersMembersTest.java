// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.testing.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Members that vLLM's and llama.cpp's servers have beside OpenAI's: where an answer begins and ends, and texts as tokens. */
class OtherServersMembersTest {

    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"Who?\"}";

    private static ObjectNode object(String json) {
        return Protocol.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode answer(Assistant assistant, String endpoint, String members) {
        Protocol protocol = new Protocol(ServedModels.of(new ServedModel("m", assistant, 0, 64)));
        ObjectNode body = object("{\"model\":\"m\"," + members + "}");
        Call call = endpoint.equals("chat")
                ? protocol.chat(body)
                : endpoint.equals("completion") ? protocol.completion(body) : protocol.response(body);
        return call.answer(new Interruption(Duration.ofMinutes(1)));
    }

    private static JsonNode answer(String wanted, String endpoint, String members) {
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> wanted), AssistantOptions.DEFAULT)) {
            return answer(assistant, endpoint, members);
        }
    }

    private static String chat(String wanted, String messages, String more) {
        JsonNode choice = answer(wanted, "chat", "\"temperature\":0,\"messages\":[" + messages + "]" + more)
                .at("/choices/0");
        return choice.at("/finish_reason").stringValue() + ": "
                + choice.at("/message/content").stringValue();
    }

    @Test
    void aFinalMessageIsContinued() {
        String begun = QUESTION + ",{\"role\":\"assistant\",\"content\":\"Ada Love\"}";
        String members = ",\"continue_final_message\":true";
        assertEquals("stop: lace.", chat("Ada Lovelace.", begun, members));
        assertEquals("stop: lace.", chat("Ada Lovelace.", begun, members + ",\"add_generation_prompt\":false"));
        assertEquals("stop: lace", chat("Ada Lovelace", begun, members + ",\"guided_choice\":[\"lace\",\"lock\"]"));
        String parts = QUESTION + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Ada Love\"}]}";
        assertEquals("stop: lace.", chat("Ada Lovelace.", parts, members));
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        assertEquals("stop: lace.", chat("Ada Lovelace.", begun, members + tools));
        assertEquals(
                "stop: Ada.",
                chat("Ada.", QUESTION, ",\"continue_final_message\":false,\"add_generation_prompt\":true"));
    }

    @Test
    void tokensEndAnAnswer() {
        String ids = ",\"stop_token_ids\":[46,76]"; // . and L
        for (String tools : List.of("", ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")) {
            assertEquals(
                    "stop: Ada", chat("Ada Lovelace.", QUESTION, ids + tools).strip());
        }
        assertEquals("stop: Ada Lovelace.", chat("Ada Lovelace.", QUESTION, ",\"stop_token_ids\":[]"));
        assertEquals("stop: Ada Lovelace.", chat("Ada Lovelace.", QUESTION, ",\"stop_token_ids\":[272]"));
        assertEquals(
                "stop: Ada", chat("Ada", QUESTION, ",\"stop_token_ids\":[272],\"guided_choice\":[\"Ada\",\"Bea\"]"));
        assertEquals("length: Ad", chat("Ada", QUESTION, ids + ",\"max_tokens\":2"));
        JsonNode completion = answer(
                "Ada Lovelace.", "completion", "\"prompt\":\"<|im_start|>assistant\\n\",\"temperature\":0" + ids);
        assertEquals("Ada ", completion.at("/choices/0/text").stringValue());
        assertEquals("stop", completion.at("/choices/0/finish_reason").stringValue());
    }

    @Test
    void streamsEndThereToo() {
        for (String more : List.of("", ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")) {
            try (Assistant assistant =
                    Assistant.of(new ScriptedModel(prompt -> "Ada Lovelace."), AssistantOptions.DEFAULT)) {
                Protocol protocol = new Protocol(ServedModels.of(new ServedModel("m", assistant, 0, 64)));
                ObjectNode body = object(
                        "{\"model\":\"m\",\"stream\":true,\"temperature\":0,\"stop_token_ids\":[118],\"messages\":["
                                + QUESTION + "]" + more + "}");
                StringBuilder said = new StringBuilder();
                protocol.chat(body).stream(
                        new Frames() {
                            @Override
                            public void send(String event, ObjectNode frame) {
                                said.append(frame.at("/choices/0/delta/content").asString(""));
                            }

                            @Override
                            public void done() {}
                        },
                        new Interruption(Duration.ofMinutes(1)));
                assertEquals("Ada Lo", said.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "completion", "response"})
    void aPromptIsCachedUnlessTheRequestSaysNo(String endpoint) {
        AssistantOptions options =
                AssistantOptions.DEFAULT.with(BatchOptions.DEFAULT.withPrefixTokens(4096), BatchListener.NONE);
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> "Ada."), options)) {
            String text = "\"" + "Who was it? ".repeat(20) + "\"";
            String members = endpoint.equals("chat")
                    ? "\"messages\":[{\"role\":\"user\",\"content\":" + text + "}]"
                    : (endpoint.equals("completion") ? "\"prompt\":" : "\"input\":") + text;
            List<Boolean> cached = new ArrayList<>();
            for (String more :
                    List.of(",\"cache_prompt\":false", "", ",\"cache_prompt\":true", ",\"cache_prompt\":false")) {
                JsonNode usage = answer(assistant, endpoint, members + more).get("usage");
                cached.add(usage.findValue("cached_tokens").intValue() > 0);
            }
            assertEquals(List.of(false, false, true, false), cached);
        }
    }

    /** A model whose encoder knows its special token, and puts something before each text. */
    private static ScriptedModel encoding(int[] before, UnaryOperator<String> normal) {
        return new ScriptedModel(prompt -> "Ada.") {
            @Override
            public int[] encodePrompt(String prompt) {
                List<Integer> ids = new ArrayList<>();
                Arrays.stream(before).forEach(ids::add);
                String[] parts = normal.apply(prompt).split("<\\|im_end\\|>", -1);
                for (int i = 0; i < parts.length; i++) {
                    if (i > 0) {
                        ids.add(272);
                    }
                    Arrays.stream(encoder().encode(parts[i])).forEach(ids::add);
                }
                return ids.stream().mapToInt(Integer::intValue).toArray();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi",
                " Hi",
                "",
                "<|im_end|>",
                "<|im_end|>Hi",
                "Hi<|im_end|>\n<|im_end|>",
                "<tool_call>\n{\"name\": \"a\"}<|im_end|>",
                "é漢😀",
                "  two  ",
                "<|im_end|",
                "<think>"
            })
    void detokenizeGivesBackWhatTokenizeTook(String text) {
        for (ScriptedModel model : List.of(
                encoding(new int[0], one -> one),
                encoding(new int[] {272}, one -> one),
                encoding(new int[] {65, 272}, one -> one),
                encoding(new int[] {272}, one -> one.isEmpty() ? "" : " " + one))) {
            try (Assistant assistant = Assistant.of(model, AssistantOptions.DEFAULT)) {
                Protocol protocol = new Protocol(ServedModels.of(new ServedModel("m", assistant, 0, 64)));
                ObjectNode request =
                        JsonMapper.shared().createObjectNode().put("model", "m").put("prompt", text);
                JsonNode tokens = protocol.tokens(request).get("tokens");
                ObjectNode back = JsonMapper.shared().createObjectNode().put("model", "m");
                back.set("tokens", tokens);
                assertEquals(text, protocol.text(back).get("prompt").stringValue());
            }
        }
    }

    @Test
    void tokensOfNoTextAreSpelledAsTheyAre() {
        try (Assistant assistant = Assistant.of(encoding(new int[] {272}, one -> one), AssistantOptions.DEFAULT)) {
            Protocol protocol = new Protocol(ServedModels.of(new ServedModel("m", assistant, 0, 64)));
            ObjectNode back = JsonMapper.shared().createObjectNode().put("model", "m");
            ArrayNode tokens = back.putArray("tokens");
            for (int token : new int[] {72, 272, 105, 0xc3}) {
                tokens.add(token);
            }
            assertEquals("H<|im_end|>i\ufffd", protocol.text(back).get("prompt").stringValue());
        }
    }

    @Test
    void aConversationThatGoesOnHasTokens() {
        try (Assistant assistant = Assistant.of(encoding(new int[0], one -> one), AssistantOptions.DEFAULT)) {
            Protocol protocol = new Protocol(ServedModels.of(new ServedModel("m", assistant, 0, 64)));
            ObjectNode request = object("{\"model\":\"m\",\"continue_final_message\":true,\"messages\":[" + QUESTION
                    + ",{\"role\":\"assistant\",\"content\":\"Ada\"}]}");
            ObjectNode back = JsonMapper.shared().createObjectNode().put("model", "m");
            back.set("tokens", protocol.tokens(request).get("tokens"));
            String text = protocol.text(back).get("prompt").stringValue();
            assertEquals("Ada", text.substring(text.length() - 3));
        }
    }
}
