// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.testing.PageCode;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.stream.ValueReader;
import dev.espalier.testing.ScriptedModel;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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

    // page: begin
    record Report(String city, int degrees) {}

    static final class Weather {

        @Tool("The temperature of a city now.")
        int temperature(String city) {
            return city.equals("Oslo") ? -4 : 21;
        }
    }

    interface Forecast {

        Report report(String question);
    }

    static Report report(ChatModel model) {
        return AiServices.builder(Forecast.class)
                .chatModel(model)
                .tools(new Weather())
                .build()
                .report("How cold is Oslo?");
    }
    // page: end

    // page: begin
    record Reading(LocalDate date, @PositiveOrZero int degrees, Optional<String> note) {}

    interface Reader {

        TokenStream read(String text);
    }

    static CompletableFuture<Reading> reading(StreamingChatModel model, String text, Consumer<String> screen) {
        Output<Reading> readings = Output.of(Reading.class);
        CompletableFuture<Reading> reading = new CompletableFuture<>();
        AiServices.builder(Reader.class)
                .streamingChatModel(model)
                .chatRequestTransformer(EspalierOutputs.answering(readings))
                .build()
                .read(text)
                .onPartialResponse(screen)
                .onCompleteResponse(response ->
                        reading.complete(readings.read(response.aiMessage().text())))
                .onError(reading::completeExceptionally)
                .start();
        return reading;
    }
    // page: end

    // page: begin
    record Item(String description, int quantity) {}

    record Order(String customer, List<Item> items) {}

    static CompletableFuture<Order> order(Assistant assistant, String mail, Consumer<Item> screen) {
        Output<Order> orders = Output.of(Order.class);
        ValueReader<Order> parts = assistant.compiler().reader(orders).onElement(Order::items, screen);
        CompletableFuture<Order> order = new CompletableFuture<>();
        AiServices.builder(Reader.class)
                .streamingChatModel(EspalierStreamingChatModel.of(assistant))
                .chatRequestTransformer(EspalierOutputs.answering(orders))
                .build()
                .read(mail)
                .onPartialResponse(parts::accept)
                .onCompleteResponse(response -> order.complete(parts.finish()))
                .onError(order::completeExceptionally)
                .start();
        return order;
    }
    // page: end

    @Test
    void thePageShowsThisCode() throws IOException {
        assertEquals(
                PageCode.tested(Path.of("src/test/java/dev/espalier/langchain4j/PageTest.java")),
                PageCode.shown(Path.of("../docs/frameworks/langchain4j.md")));
    }

    @Test
    void theCodeDoesWhatThePageSays() {
        assertEquals("Berlin.", capital(new ScriptedModel(prompt -> "Berlin.")));
        try (Assistant assistant =
                Assistant.of(new ScriptedModel(prompt -> "{\"number\":\"HK-20718\"}"), AssistantOptions.DEFAULT)) {
            assertEquals("{\"number\":\"HK-20718\"}", invoice(EspalierChatModel.of(assistant), "Invoice HK-20718"));
        }
        try (Talk talk = new Talk(prompt -> prompt.contains("<|im_start|>tool\n-4")
                ? "{\"city\":\"Oslo\",\"degrees\":-4}"
                : Talk.call("temperature", "{\"city\":\"Oslo\"}"))) {
            assertEquals(new Report("Oslo", -4), report(talk.model()));
        }
        StringBuilder printed = new StringBuilder();
        try (Talk talk = Talk.wanting("{\"date\":\"2026-02-28\",\"degrees\":4}")) {
            assertEquals(
                    new Reading(LocalDate.of(2026, 2, 28), 4, Optional.empty()),
                    reading(talk.streaming(), "4 degrees on 28 February 2026", printed::append)
                            .join());
            assertEquals("{\"date\":\"2026-02-28\",\"degrees\":4}", printed.toString());
        }
    }

    @Test
    void partsAreShownWhileTheyCome() {
        String text = "{\"customer\":\"Ada\",\"items\":[{\"description\":\"tea\",\"quantity\":2},"
                + "{\"description\":\"cup\",\"quantity\":1}]}";
        List<Item> screen = new ArrayList<>();
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> text), AssistantOptions.DEFAULT)) {
            Order order = order(assistant, "Ada wants tea.", screen::add).join();
            assertEquals(List.of(new Item("tea", 2), new Item("cup", 1)), order.items());
            assertEquals(order.items(), screen);
        }
    }
}
