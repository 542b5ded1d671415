// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.core.error.ModelException;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.TokenStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** AI services whose answers are streams: text, schemas, reasoning, calls. */
@Tag("integration")
class AiServiceStreamTest {

    interface Service {

        TokenStream ask(String question);
    }

    record Report(String city, int degrees) {}

    static final class Weather {

        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

        @Tool
        int temperature(String city) {
            calls.add(city);
            return -4;
        }
    }

    /** What a stream told, until it ended. */
    private static final class Told {

        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final List<PartialToolCall> parts = Collections.synchronizedList(new ArrayList<>());
        private final List<String> executed = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        ChatResponse of(TokenStream stream) throws ExecutionException, InterruptedException, TimeoutException {
            stream.onPartialResponse(text::append)
                    .onPartialThinking(part -> thinking.append(part.text()))
                    .onPartialToolCall(parts::add)
                    .onToolExecuted(one -> executed.add(one.request().name() + " " + one.result()))
                    .onCompleteResponse(end::complete)
                    .onError(end::completeExceptionally)
                    .start();
            return end.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void textIsToldInParts() throws Exception {
        try (Talk talk = Talk.wanting("It rains today.")) {
            Told told = new Told();
            ChatResponse response =
                    told.of(talk.streamingService(Service.class).build().ask("?"));
            assertEquals("It rains today.", told.text.toString());
            assertEquals("It rains today.", response.aiMessage().text());
            assertEquals(FinishReason.STOP, response.finishReason());
        }
    }

    @Test
    void aSchemaHoldsAStreamToo() throws Exception {
        Output<Report> reports = Output.of(Report.class);
        try (Talk talk = Talk.wanting("Sure: {\"city\":\"Oslo\",\"degrees\":-4}")) {
            Told told = new Told();
            Service service = talk.streamingService(Service.class)
                    .chatRequestTransformer(EspalierOutputs.answering(reports))
                    .build();
            ChatResponse response = told.of(service.ask("How cold is Oslo?"));
            assertEquals(response.aiMessage().text(), told.text.toString());
            assertInstanceOf(Report.class, reports.read(told.text.toString()));
        }
        try (Talk talk = Talk.wanting("{\"city\":\"Oslo\",\"degrees\":-4}")) {
            Told told = new Told();
            Service service = talk.streamingService(Service.class)
                    .chatRequestTransformer(request -> request.toBuilder()
                            .responseFormat(EspalierOutputs.responseFormat(reports))
                            .build())
                    .build();
            told.of(service.ask("How cold is Oslo?"));
            assertEquals(new Report("Oslo", -4), reports.read(told.text.toString()));
        }
    }

    @Test
    void aTextThatWasToldIsNotBegunAnew() throws Exception {
        Output<String> twice = Output.jsonSchema(
                "{\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}],\"type\":\"string\"}",
                SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));
        int refused = 0;
        try (Talk talk = Talk.wanting("\"acb\"")) {
            for (long seed = 0; seed < 20; seed++) {
                EspalierChatRequestParameters hot = EspalierChatRequestParameters.builder()
                        .temperature(30.0)
                        .maxOutputTokens(40)
                        .seed(seed)
                        .output(twice)
                        .build();
                Told told = new Told();
                Service service = talk.streamingService(Service.class)
                        .chatRequestTransformer(
                                request -> request.toBuilder().parameters(hot).build())
                        .build();
                try {
                    ChatResponse response = told.of(service.ask("?"));
                    assertEquals(response.aiMessage().text(), told.text.toString());
                } catch (ExecutionException e) {
                    assertInstanceOf(InvalidRequestException.class, e.getCause());
                    assertTrue(String.valueOf(e.getMessage()).contains("checked when the text is finished"));
                    refused++;
                }
            }
        }
        assertTrue(refused > 0 && refused < 20, "refused " + refused);
    }

    @Test
    void withoutASchemaAStreamIsWhatTheModelWants() throws Exception {
        try (Talk talk = Talk.wanting("Sure: {\"city\":\"Oslo\"}")) {
            Told told = new Told();
            told.of(talk.streamingService(Service.class).build().ask("How cold is Oslo?"));
            assertEquals("Sure: {\"city\":\"Oslo\"}", told.text.toString());
        }
    }

    @Test
    void reasoningIsToldApartFromTheText() throws Exception {
        try (Talk talk = Talk.wanting("<think>\nIt is winter.\n</think>\n\nIt is cold.")) {
            Told told = new Told();
            ChatResponse response =
                    told.of(talk.streamingService(Service.class).build().ask("How cold is Oslo?"));
            assertTrue(told.thinking.toString().contains("It is winter."), told.thinking.toString());
            assertEquals("It is cold.", told.text.toString());
            assertEquals("It is cold.", response.aiMessage().text());
        }
    }

    @Test
    void callsAreToldInPartsAndExecutedAndAnswered() throws Exception {
        Weather weather = new Weather();
        String call = Talk.call("temperature", "{\"city\":\"Oslo\"}");
        try (Talk talk = new Talk(prompt -> Talk.answers(prompt) > 0 ? "It is -4." : call + "\n" + call)) {
            Told told = new Told();
            Service service =
                    talk.streamingService(Service.class).tools(weather).build();
            ChatResponse response = told.of(service.ask("How cold is Oslo?"));
            assertEquals("It is -4.", response.aiMessage().text());
            assertEquals(List.of("Oslo", "Oslo"), weather.calls);
            assertEquals(List.of("temperature -4", "temperature -4"), told.executed);
            for (int i = 0; i < 2; i++) {
                int number = i;
                StringBuilder arguments = new StringBuilder();
                told.parts.stream()
                        .filter(part -> part.index() == number)
                        .forEach(part -> arguments.append(part.partialArguments()));
                assertTrue(arguments.toString().contains("\"Oslo\""), arguments.toString());
            }
            assertTrue(told.parts.stream().allMatch(part -> part.name().equals("temperature")));
        }
    }

    @Test
    void aStreamThatIsCancelledEndsWithoutAResponse() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        StringBuilder text = new StringBuilder();
        try (Talk talk = Talk.wanting("It rains, and rains. ".repeat(2000))) {
            CompletableFuture<ChatResponse> end = new CompletableFuture<>();
            talk.streamingService(Service.class)
                    .build()
                    .ask("?")
                    .onPartialResponseWithContext((part, context) -> {
                        text.append(part.text());
                        context.streamingHandle().cancel();
                        first.countDown();
                    })
                    .onCompleteResponse(end::complete)
                    .onError(error -> cancelled.countDown())
                    .start();
            assertTrue(first.await(60, TimeUnit.SECONDS));
            talk.model().chat("?"); // a whole text, written in the meantime
            assertEquals(false, end.isDone());
            assertTrue(text.length() < 100, text.toString());
        }
    }

    @Test
    void aModelThatFailsIsAnError() {
        try (Talk talk = new Talk(prompt -> {
            throw new ModelException("the cable is out");
        })) {
            Told told = new Told();
            ExecutionException thrown = assertThrows(
                    ExecutionException.class,
                    () -> told.of(talk.streamingService(Service.class).build().ask("?")));
            assertInstanceOf(InternalServerException.class, thrown.getCause());
        }
    }
}
