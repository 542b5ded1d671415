// SPDX-License-Identifier: Apache-2.0
package dev.espalier.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments of calls in a conversation, as a model reads them, in the types of an adapter, which takes them as text. */
public abstract class CallArgumentsContract {

    /** Templates that write arguments as text alone, and as values alone. */
    public static final List<String> TEMPLATES =
            List.of("'(' + call.function.arguments + ')'", "'(' + (call.function.arguments | tojson) + ')'");

    private static final String TEXT = "{\"city\":\"Rome\",\"days\":[1,2.5],\"z\":null}";

    /** Has a model answer a conversation in which the function {@code f} was called. */
    protected abstract void converse(Assistant assistant, @Nullable String arguments);

    /** The exception for arguments that are no object. */
    protected abstract Class<? extends RuntimeException> refusal();

    /** What a model reads between the parentheses that a template writes around arguments. */
    public static String read(String template, Consumer<Assistant> conversation) {
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
            conversation.accept(assistant);
        }
        return read.toString();
    }

    private String read(String template, @Nullable String arguments) {
        return read(template, assistant -> converse(assistant, arguments));
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
            RuntimeException refused = assertThrows(refusal(), () -> read(template, arguments));
            assertEquals(
                    "the call of f: expected arguments that are a JSON object, or the text of one, but not "
                            + arguments,
                    refused.getMessage());
        }
    }
}
