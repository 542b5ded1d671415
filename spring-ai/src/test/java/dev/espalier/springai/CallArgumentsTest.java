// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.testing.ScriptedModel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

/** The arguments of calls in a conversation, as a model reads them. */
class CallArgumentsTest {

    private static final String TEXT = "{\"city\":\"Rome\",\"days\":[1,2.5],\"z\":null}";

    /** Templates that write arguments as text alone, and as values alone. */
    private static final List<String> TEMPLATES =
            List.of("'(' + call.function.arguments + ')'", "'(' + (call.function.arguments | tojson) + ')'");

    @SuppressWarnings("NullAway") // what other code may put into such a call
    private static String read(
            String template, @Nullable String id, @Nullable String name, @Nullable String arguments) {
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
        return read.toString();
    }

    private static String read(String template, @Nullable String arguments) {
        return read(template, "a1", "f", arguments);
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
            InvalidInputException refused = assertThrows(InvalidInputException.class, () -> read(template, arguments));
            assertEquals(
                    "the call of f: expected arguments that are a JSON object, or the text of one, but not "
                            + arguments,
                    refused.getMessage());
        }
    }

    @Test
    void aCallWithoutANameIsRefused() {
        assertThrows(InvalidInputException.class, () -> read(TEMPLATES.get(0), "a1", null, "{}"));
        assertEquals("{}", read(TEMPLATES.get(0), null, "f", "{}"));
    }
}
