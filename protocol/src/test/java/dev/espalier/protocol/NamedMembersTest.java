// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a model has no room for, or cannot do, is told by the member that the endpoint has for it. */
class NamedMembersTest {

    /** A model that does not reason, and reads short texts. */
    private static final class SmallModel extends ScriptedModel {

        SmallModel() {
            super(
                    "{% for message in messages %}{{ message.content }}{% endfor %}<|im_start|>assistant\n",
                    prompt -> "Hello.");
        }

        @Override
        public int contextLength() {
            return 100;
        }
    }

    private static void refused(String endpoint, String members, String param, String code) {
        String json = "{\"model\":\"small\"," + members + "}";
        try (Assistant assistant = Assistant.of(new SmallModel(), AssistantOptions.DEFAULT)) {
            Protocol protocol = new Protocol(ServedModels.of(new ServedModel("small", assistant, 0, 64)));
            ProtocolException refusal = assertThrows(ProtocolException.class, () -> {
                var body = Protocol.object(json.getBytes(StandardCharsets.UTF_8));
                switch (endpoint) {
                    case "chat" -> protocol.chat(body);
                    case "completion" -> protocol.completion(body);
                    default -> protocol.response(body);
                }
            });
            assertEquals(400, refusal.status());
            assertEquals(param, refusal.param().orElse(""));
            assertEquals(code, refusal.code());
            assertTrue(String.valueOf(refusal.getMessage()).startsWith(param + ": "), refusal.getMessage());
        }
    }

    @Test
    void promptsThatAreTooLong() {
        String text = "\"" + "a".repeat(200) + "\"";
        String code = "context_length_exceeded";
        refused("chat", "\"messages\":[{\"role\":\"user\",\"content\":" + text + "}]", "messages", code);
        refused("completion", "\"prompt\":" + text, "prompt", code);
        refused("response", "\"input\":" + text, "input", code);
    }

    @Test
    void reasoningThatTheModelHasNot() {
        String chat = ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
        refused("chat", "\"reasoning_effort\":\"low\"" + chat, "reasoning_effort", "not-supported");
        refused(
                "chat",
                "\"chat_template_kwargs\":{\"enable_thinking\":true}" + chat,
                "chat_template_kwargs.enable_thinking",
                "not-supported");
        refused("response", "\"reasoning\":{\"effort\":\"low\"},\"input\":\"Hi\"", "reasoning.effort", "not-supported");
        refused("response", "\"thinking_token_budget\":3,\"input\":\"Hi\"", "thinking_token_budget", "not-supported");
    }
}
