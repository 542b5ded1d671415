// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.assistant.Assistant;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.testing.CallArgumentsContract;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

/** The arguments of calls in a conversation, as a model reads them. */
class CallArgumentsTest extends CallArgumentsContract {

    @Override
    protected void converse(Assistant assistant, @Nullable String arguments) {
        converse(assistant, "a1", "f", arguments);
    }

    @Override
    protected Class<? extends RuntimeException> refusal() {
        return InvalidInputException.class;
    }

    @SuppressWarnings("NullAway") // what other code may put into such a call
    private static void converse(
            Assistant assistant, @Nullable String id, @Nullable String name, @Nullable String arguments) {
        EspalierChatModel.of(assistant)
                .call(new Prompt(List.of(
                        new UserMessage("Hi"),
                        AssistantMessage.builder()
                                .content("")
                                .toolCalls(List.of(new ToolCall(id, "function", name, arguments)))
                                .build(),
                        ToolResponseMessage.builder()
                                .responses(List.of(new ToolResponse("a1", "f", "1")))
                                .build())));
    }

    @Test
    void aCallWithoutANameIsRefused() {
        String template = TEMPLATES.get(0);
        assertThrows(
                InvalidInputException.class, () -> read(template, assistant -> converse(assistant, "a1", null, "{}")));
        assertEquals("{}", read(template, assistant -> converse(assistant, null, "f", "{}")));
    }
}
