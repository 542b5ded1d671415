// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.testing.PageCode;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.core.ParameterizedTypeReference;
import reactor.core.publisher.Flux;

/** The code of the page about Spring AI, which is what is between the marks here and in the example. */
@Tag("integration")
class PageTest {

    record City(String name, int people) {}

    // page: begin
    static @Nullable List<City> cities(ChatClient client, String text) {
        return client.prompt()
                .user(text)
                .call()
                .entity(EspalierOutputConverter.of(new ParameterizedTypeReference<List<City>>() {}));
    }
    // page: end

    // page: begin
    static Flux<String> streamed(ChatClient client, String text) {
        String schema = EspalierOutputConverter.of(City.class).getJsonSchema();
        return client
                .prompt()
                .user(text)
                .options(EspalierChatOptions.builder().outputSchema(schema).maxTokens(300))
                .stream()
                .content();
    }
    // page: end

    // page: begin
    static Flux<City> found(EspalierChatModel model, String text) {
        EspalierItemReader<City> reader = model.itemReader(City.class);
        return reader.read(
                ChatClient.create(model)
                        .prompt(text)
                        .options(EspalierChatOptions.builder().outputSchema(reader.getJsonSchema()))
                        .stream()
                        .content());
    }
    // page: end

    // page: begin
    static final class Register {

        @Tool(description = "How many people live in a city.")
        int people(String city) {
            return city.equals("Tokyo") ? 14_000_000 : 0;
        }
    }

    static @Nullable City counted(ChatClient client, String text) {
        return client.prompt().user(text).tools(new Register()).call().entity(EspalierOutputConverter.of(City.class));
    }
    // page: end

    // page: begin
    static ChatClient client(LanguageModel loaded) {
        Assistant assistant = Assistant.of(loaded, AssistantOptions.DEFAULT);
        return ChatClient.create(EspalierChatModel.of(assistant));
    }
    // page: end

    private static List<String> found(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher =
                Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1).stripTrailing().stripIndent());
        }
        return found;
    }

    @Test
    void thePageShowsThisCode() throws IOException {
        Path example = Path.of("../examples/spring-ai/src/main/java/dev/espalier/example/springai");
        assertEquals(
                PageCode.tested(
                        example.resolve("Invoice.java"),
                        example.resolve("InvoiceController.java"),
                        Path.of("src/test/java/dev/espalier/springai/PageTest.java")),
                PageCode.shown(Path.of("../docs/frameworks/spring-ai.md")));
    }

    /** What a model wants to say of Tokyo, with a tool where it has one, and as a list where it is asked for one. */
    private static String wanted(String prompt) {
        String city = "{\"name\":\"Tokyo\",\"people\":14000000}";
        if (Scripted.last(prompt).startsWith("<|im_start|>tool")) {
            return Scripted.last(prompt).contains("14000000") ? city : "{\"name\":\"Tokyo\",\"people\":0}";
        } else if (prompt.contains("\"people\", \"description\"") || prompt.contains("\"name\": \"people\"")) {
            return Scripted.call("people", "{\"city\":\"Tokyo\"}");
        }
        return prompt.contains("all") ? "[" + city + "]" : city;
    }

    @Test
    void theCodeDoesWhatThePageSays() {
        ChatClient client = client(new ScriptedModel(PageTest::wanted));
        City tokyo = new City("Tokyo", 14_000_000);
        assertEquals(List.of(tokyo), cities(client, "Name all cities: Tokyo."));
        assertEquals(
                "{\"name\":\"Tokyo\",\"people\":14000000}",
                String.join(
                        "",
                        Objects.requireNonNull(
                                streamed(client, "Tokyo.").collectList().block())));
        assertEquals(tokyo, counted(client, "Tokyo."));
        EspalierChatModel model = Scripted.model(PageTest::wanted);
        assertEquals(
                List.of(tokyo),
                found(model, "Name all cities: Tokyo.").collectList().block());
    }

    @Test
    void thePageNamesAllProperties() throws IOException {
        String page = Files.readString(Path.of("../docs/frameworks/spring-ai.md"));
        String source = Files.readString(
                Path.of(
                        "../spring-ai-autoconfigure/src/main/java/dev/espalier/springai/autoconfigure/EspalierAiProperties.java"));
        List<String> names = found("^ +\\* @param (\\w+) ", source);
        names.addAll(found("^ \\* @param (\\w+) ", source));
        assertTrue(names.size() > 25, names.toString());
        for (String name : names) {
            String kebab = name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            assertTrue(page.contains("`" + kebab + "`") || page.contains("." + kebab), kebab);
        }
    }
}
