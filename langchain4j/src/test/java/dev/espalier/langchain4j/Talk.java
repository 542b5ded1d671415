// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.testing.ScriptedModel;
import dev.langchain4j.service.AiServices;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A model that wants to write given texts, and the prompts that it was given. */
final class Talk implements AutoCloseable {

    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final Assistant assistant;

    /** One that answers each prompt by a script. */
    Talk(UnaryOperator<String> script) {
        assistant = Assistant.of(
                new ScriptedModel(prompt -> {
                    prompts.add(prompt);
                    return script.apply(prompt);
                }),
                AssistantOptions.DEFAULT);
    }

    /** One that wants to write one text. */
    static Talk wanting(String text) {
        return new Talk(prompt -> text);
    }

    /** How many answers a conversation has, as its prompt shows them. */
    static int answers(String prompt) {
        return Math.max(0, prompt.split("<\\|im_start\\|>assistant\n", -1).length - 2);
    }

    /** A call as the model's template has it. */
    static String call(String name, String arguments) {
        return "<tool_call>\n{\"name\": \"" + name + "\", \"arguments\": " + arguments + "}\n</tool_call>";
    }

    EspalierChatModel model() {
        return EspalierChatModel.of(assistant);
    }

    EspalierStreamingChatModel streaming() {
        return EspalierStreamingChatModel.of(assistant);
    }

    <T> AiServices<T> service(Class<T> type) {
        return AiServices.builder(type).chatModel(model());
    }

    <T> AiServices<T> streamingService(Class<T> type) {
        return AiServices.builder(type).streamingChatModel(streaming());
    }

    /** The prompts so far, each once for each time that the model began to answer it. */
    List<String> prompts() {
        return prompts;
    }

    @Override
    public void close() {
        assistant.close();
    }
}
