// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.testing.ScriptedModel;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The snippets of the page about LangChain4j, which are those between the marks here. */
class PageTest {

    // page: begin
    static String capital(LanguageModel loaded) {
        try (Assistant assistant = Assistant.of(loaded, AssistantOptions.DEFAULT)) {
            ChatModel model = EspalierChatModel.of(assistant);
            return model.chat("What is the capital of Germany?");
        }
    }
    // page: end

    // page: begin
    static String invoice(ChatModel model, String mail) {
        JsonRawSchema schema = JsonRawSchema.from(
                "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"string\","
                        + "\"pattern\":\"^[A-Z]{2}-[0-9]{5}$\"}},\"required\":[\"number\"],\"additionalProperties\":false}");
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(mail))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("invoice")
                                .rootElement(schema)
                                .build())
                        .build())
                .build();
        return model.chat(request).aiMessage().text();
    }
    // page: end

    private static List<String> found(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1).stripTrailing().stripIndent());
        }
        return found;
    }

    @Test
    void thePageShowsThisCode() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/espalier/langchain4j/PageTest.java"));
        String page = Files.readString(Path.of("../docs/frameworks/langchain4j.md"));
        List<String> snippets = found("    // page: begin\n(.*?)    // page: end", source).stream()
                .filter(one -> one.startsWith("static"))
                .toList();
        assertEquals(snippets, found("```java\n(.*?)```", page));
    }

    @Test
    void theCodeDoesWhatThePageSays() {
        assertEquals("Berlin.", capital(new ScriptedModel(prompt -> "Berlin.")));
        try (Assistant assistant =
                Assistant.of(new ScriptedModel(prompt -> "{\"number\":\"HK-20718\"}"), AssistantOptions.DEFAULT)) {
            assertEquals("{\"number\":\"HK-20718\"}", invoice(EspalierChatModel.of(assistant), "Invoice HK-20718"));
        }
    }
}
