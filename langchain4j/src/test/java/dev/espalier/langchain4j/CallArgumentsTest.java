// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.assistant.Assistant;
import dev.espalier.testing.CallArgumentsContract;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The arguments of calls in a conversation, as a model reads them. */
class CallArgumentsTest extends CallArgumentsContract {

    @Override
    protected void converse(Assistant assistant, @Nullable String arguments) {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("a1")
                .name("f")
                .arguments(arguments)
                .build();
        EspalierChatModel.of(assistant, Scripted.none(), List.of())
                .chat(ChatRequest.builder()
                        .messages(
                                UserMessage.from("Hi"),
                                AiMessage.from(call),
                                ToolExecutionResultMessage.from(call, "1"))
                        .build());
    }

    @Override
    protected Class<? extends RuntimeException> refusal() {
        return InvalidRequestException.class;
    }

    @Test
    void aCallWithoutANameIsRefused() {
        ToolExecutionRequest call =
                ToolExecutionRequest.builder().id("a1").arguments("{}").build();
        assertThrows(InvalidRequestException.class, () -> MessageReader.read(List.of(AiMessage.from(call))));
        ToolExecutionRequest unnumbered =
                ToolExecutionRequest.builder().name("f").build();
        assertEquals(1, MessageReader.read(List.of(AiMessage.from(unnumbered))).size());
    }
}
