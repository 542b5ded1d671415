// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.error.ModelException;
import dev.espalier.testing.ScriptedModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.List;

/** A model that wants to say what the test kit of LangChain4j waits for. Template, tokens, masks, calls and callbacks are real. */
final class Scripted {

    static final Assistant ASSISTANT = Assistant.of(new ScriptedModel(Scripted::wanted), AssistantOptions.DEFAULT);

    private Scripted() {}

    static EspalierChatModel model(ChatRequestParameters parameters, ChatModelListener... listeners) {
        return EspalierChatModel.of(ASSISTANT, parameters, List.of(listeners));
    }

    static EspalierStreamingChatModel streaming(ChatRequestParameters parameters, ChatModelListener... listeners) {
        return EspalierStreamingChatModel.of(ASSISTANT, parameters, List.of(listeners));
    }

    /** An assistant whose model fails at its first forward pass. */
    private static Assistant failing() {
        return Assistant.of(
                new ScriptedModel(prompt -> {
                    throw new ModelException("the cable is out");
                }),
                AssistantOptions.DEFAULT);
    }

    static EspalierChatModel failing(ChatModelListener listener) {
        return EspalierChatModel.of(failing(), none(), List.of(listener));
    }

    static EspalierStreamingChatModel failingStreaming(ChatModelListener listener) {
        return EspalierStreamingChatModel.of(failing(), none(), List.of(listener));
    }

    static ChatRequestParameters none() {
        return EspalierChatRequestParameters.builder().build();
    }

    private static String call(String name, String arguments) {
        return "<tool_call>\n{\"name\": \"" + name + "\", \"arguments\": " + arguments + "}\n</tool_call>";
    }

    /** What is said by the role that spoke last. */
    private static String last(String prompt) {
        String before = prompt.substring(0, prompt.lastIndexOf("<|im_start|>assistant\n"));
        return before.substring(before.lastIndexOf("<|im_start|>"));
    }

    private static String wanted(String prompt) {
        String last = last(prompt);
        boolean isJson = prompt.contains("\"city\"") || prompt.contains("JSON");
        if (last.startsWith("<|im_start|>tool\n")) {
            return result(prompt, last);
        } else if (last.contains("Call tools simultaneously")) {
            return call("getWeather", "{\"city\":\"Munich\"}") + "\n" + call("getTime", "{\"country\":\"France\"}");
        } else if (last.contains("get_current_time")) {
            return call("get_current_time", "{}");
        } else if (last.contains("weather in Munich") || last.contains("I live in Munich")) {
            boolean isCalled = prompt.contains("\"getWeather\"");
            return isCalled ? call("getWeather", "{\"city\":\"Munich\"}") : "{\"weather\":\"sunny\"}";
        } else if (prompt.contains("\"add\"") || prompt.contains("\"add_two_numbers\"")) {
            return call(prompt.contains("\"add\"") ? "add" : "add_two_numbers", "{\"a\":2,\"b\":2}");
        } else if (last.contains("capital of Germany")) {
            return isJson && !last.contains("2 + 2") ? "{\"city\":\"Berlin\"}" : "Berlin. And 2 + 2 is 4.";
        } else if (last.contains("Hello World")) {
            return "Hello World";
        } else if (last.contains("favorite color")) {
            return "Your favorite color is green.";
        } else if (last.contains("I love you")) {
            return "Ich liebe dich";
        } else if (last.contains("long story")) {
            return "Once upon a time there was a dog, and a cat. ".repeat(40);
        }
        return "Hello, I am here to help.";
    }

    private static String result(String prompt, String last) {
        if (last.contains("sunny") || last.contains("rainy") || prompt.contains("getTime")) {
            boolean isJson = prompt.contains("\"weather\"") && !prompt.contains("getTime");
            String said = prompt.contains("sunny") ? "sunny" : "rainy";
            return isJson ? "{\"weather\":\"" + said + "\"}" : "It is " + said + ", and the time is 14:35 (10:14).";
        }
        return "It is 10:14.";
    }
}
