// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.Flux;

/** Models that want to write given texts. Template, tokens, masks, calls and callbacks are real. */
final class Scripted {

    private static final Map<String, String> TEMPERATURES =
            Map.of("San Francisco", "30.0", "Tokyo", "10.0", "Paris", "15.0");

    private Scripted() {}

    /** A model that wants to answer anything with a text. */
    static EspalierChatModel saying(String answer) {
        return model(prompt -> answer);
    }

    static EspalierChatModel model(UnaryOperator<String> script) {
        return EspalierChatModel.of(assistant(script));
    }

    static Assistant assistant(UnaryOperator<String> script) {
        return Assistant.of(new ScriptedModel(script), AssistantOptions.DEFAULT);
    }

    /** What a response says. */
    static Generation said(ChatResponse response) {
        return Objects.requireNonNull(response.getResult(), "result");
    }

    /** The text of a response. */
    static String text(ChatResponse response) {
        return Objects.requireNonNull(said(response).getOutput().getText(), "text");
    }

    /** The text of all chunks together. */
    static String text(Flux<ChatResponse> chunks) {
        return Objects.requireNonNull(
                chunks.map(Scripted::text).collect(Collectors.joining()).block(), "text");
    }

    /** What a response says of its answer. */
    static Object said(ChatResponse response, String key) {
        return Objects.requireNonNull(said(response).getMetadata().<Object>get(key), key);
    }

    static String call(String name, String arguments) {
        return "<tool_call>\n{\"name\": \"" + name + "\", \"arguments\": " + arguments + "}\n</tool_call>";
    }

    /** What was said last before the answer; empty while the prompt is not whole. */
    static String last(String prompt) {
        int mark = prompt.lastIndexOf("<|im_start|>assistant\n");
        if (mark < 0) {
            return "";
        }
        String before = prompt.substring(0, mark);
        return before.substring(before.lastIndexOf("<|im_start|>"));
    }

    /** What a model wants that asks a tool for the weather of each city, and then says what it was told. */
    static String weather(String prompt) {
        List<String> parts = new ArrayList<>();
        boolean isTold = last(prompt).startsWith("<|im_start|>tool");
        for (Map.Entry<String, String> city : TEMPERATURES.entrySet()) {
            if (isTold && prompt.contains("\"temp\":" + city.getValue())) {
                parts.add(city.getKey() + " has " + city.getValue() + " degrees.");
            } else if (!isTold && last(prompt).contains(city.getKey())) {
                parts.add(call(
                        "getCurrentWeather",
                        "{\"lat\":1.5,\"location\":\"" + city.getKey() + "\",\"lon\":2.5,\"unit\":\"C\"}"));
            }
        }
        return String.join(isTold ? " " : "\n", parts);
    }
}
