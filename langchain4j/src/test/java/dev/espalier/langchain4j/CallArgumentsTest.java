// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments of calls in a conversation, as a model reads them. */
class CallArgumentsTest {

    private static final String TEXT = "{\"city\":\"Rome\",\"days\":[1,2.5],\"z\":null}";

    /** Templates that write arguments as text alone, and as values alone. */
    private static final List<String> TEMPLATES =
            List.of("'(' + call.function.arguments + ')'", "'(' + (call.function.arguments | tojson) + ')'");

    private static String read(String template, @Nullable String arguments) {
        return read(
                template,
                ToolExecutionRequest.builder()
                        .id("a1")
                        .name("f")
                        .arguments(arguments)
                        .build());
    }

    private static String read(String template, ToolExecutionRequest call) {
        StringBuilder read = new StringBuilder();
        ScriptedModel model = new ScriptedModel(
                "{% for m in messages %}{% for call in m.tool_calls %}{{ " + template
                        + " }}{% endfor %}{% endfor %}<|im_start|>assistant\n",
                prompt -> {
                    read.setLength(0);
                    read.append(prompt, prompt.indexOf('(') + 1, prompt.lastIndexOf(')'));
                    return "Hello.";
                });
        try (Assistant assistant = Assistant.of(model, AssistantOptions.DEFAULT)) {
            EspalierChatModel.of(assistant, Scripted.none(), List.of())
                    .chat(ChatRequest.builder()
                            .messages(
                                    UserMessage.from("Hi"),
                                    AiMessage.from(call),
                                    ToolExecutionResultMessage.from(call, "1"))
                            .build());
        }
        return read.toString();
    }

    @Test
    void argumentsAreReadByAnyTemplate() {
        assertEquals(TEXT, read(TEMPLATES.get(0), TEXT));
        assertEquals("{\"city\": \"Rome\", \"days\": [1, 2.5], \"z\": null}", read(TEMPLATES.get(1), TEXT));
    }

    @Test
    void nothingIsNoArguments() {
        for (String template : TEMPLATES) {
            for (String nothing : new @Nullable String[] {null, "", " ", "\n", "null", " null ", "{}"}) {
                assertEquals("{}", read(template, nothing), "as " + nothing);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "5",
                "true",
                "\"a\"",
                "\"{}\"",
                "{",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "null 1",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{\"a\":NaN}",
                "nul",
                "[]"
            })
    void whatIsNoObjectIsRefused(String arguments) {
        for (String template : TEMPLATES) {
            InvalidRequestException refused =
                    assertThrows(InvalidRequestException.class, () -> read(template, arguments));
            assertEquals(
                    "the call of f: expected arguments that are a JSON object, or the text of one, but not "
                            + arguments,
                    refused.getMessage());
        }
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
