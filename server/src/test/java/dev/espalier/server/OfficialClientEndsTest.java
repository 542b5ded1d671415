// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Step;
import dev.espalier.testing.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What OpenAI's own Java client sees of answers that end before their time, and what the server does when the client ends them. */
class OfficialClientEndsTest {

    private static final ChatCompletionCreateParams ENDLESS = ChatCompletionCreateParams.builder()
            .model("scripted")
            .temperature(0.0)
            .maxCompletionTokens(60_000)
            .addUserMessage("Hi")
            .build();

    private static final ResponseCreateParams ENDLESS_RESPONSE = ResponseCreateParams.builder()
            .model("scripted")
            .temperature(0.0)
            .maxOutputTokens(60_000)
            .input("Hi")
            .build();

    /** A model that writes on and on, and fails after some passes. */
    private static ScriptedModel endless(int passes) {
        return new ScriptedModel(prompt -> "x".repeat(1_000_000)) {
            @Override
            public List<Logits> forward(List<Step> batch) {
                if (passes() == passes) {
                    throw new ModelException("the cable is out");
                }
                return super.forward(batch);
            }
        };
    }

    private static void with(ScriptedModel model, ServerOptions options, Asking asking) throws Exception {
        try (Served served = new Served(model, options)) {
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .baseUrl(served.uri("/v1"))
                    .apiKey("none")
                    .maxRetries(0)
                    .build();
            asking.ask(client, served);
            client.close();
        }
    }

    /** What a test asks of a client. */
    private interface Asking {
        void ask(OpenAIClient client, Served served) throws Exception;
    }

    /** The model's failure as the client's own exception, behind what was written before. */
    @Test
    void aFailureInMidStream() throws Exception {
        with(endless(8), ServerOptions.DEFAULT, (client, served) -> {
            StringBuilder text = new StringBuilder();
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(ENDLESS)) {
                SseException failure = assertThrows(
                        SseException.class,
                        () -> stream.stream()
                                .forEach(chunk -> chunk.choices()
                                        .forEach(choice ->
                                                choice.delta().content().ifPresent(text::append))));
                assertEquals("model", failure.code().orElseThrow());
                assertTrue(String.valueOf(failure.getMessage()).contains("the cable is out"), failure.getMessage());
            }
            assertTrue(text.toString().matches("x+"), text.toString());
        });
        with(endless(8), ServerOptions.DEFAULT, (client, served) -> {
            List<ResponseStreamEvent> events = new ArrayList<>();
            try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(ENDLESS_RESPONSE)) {
                stream.stream().forEach(events::add);
            }
            ResponseStreamEvent last = events.get(events.size() - 1);
            assertEquals(
                    ResponseStatus.FAILED, last.asFailed().response().status().orElseThrow());
            assertTrue(
                    last.asFailed().response().error().orElseThrow().message().contains("the cable is out"));
        });
    }

    @Test
    void aDeadlineInMidStream() throws Exception {
        ServerOptions options =
                ServerOptions.DEFAULT.withTimes(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(5));
        with(endless(-1), options, (client, served) -> {
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(ENDLESS)) {
                SseException late =
                        assertThrows(SseException.class, () -> stream.stream().forEach(chunk -> {}));
                assertEquals("timeout", late.code().orElseThrow());
            }
        });
    }

    /** However a client ends an answer, its text ends, and the next request is answered. */
    @Test
    void aClientThatCancels() throws Exception {
        List<Consumer<OpenAIClient>> ways = List.of(
                client -> {
                    try (StreamResponse<ChatCompletionChunk> stream =
                            client.chat().completions().createStreaming(ENDLESS)) {
                        Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
                        assertTrue(chunks.hasNext());
                    }
                },
                client -> {
                    AsyncStreamResponse<ChatCompletionChunk> stream =
                            client.async().chat().completions().createStreaming(ENDLESS);
                    CompletableFuture<ChatCompletionChunk> first = new CompletableFuture<>();
                    stream.subscribe(first::complete);
                    first.orTimeout(60, TimeUnit.SECONDS).join();
                    stream.close();
                },
                client -> {
                    RequestOptions soon = RequestOptions.builder()
                            .timeout(Duration.ofSeconds(1))
                            .build();
                    assertThrows(
                            OpenAIIoException.class,
                            () -> client.chat().completions().create(ENDLESS, soon));
                });
        for (Consumer<OpenAIClient> way : ways) {
            with(endless(-1), ServerOptions.DEFAULT, (client, served) -> {
                way.accept(client);
                String line = Objects.requireNonNull(served.log.poll(60, TimeUnit.SECONDS), "the text goes on");
                assertTrue(line.contains("\"POST /v1/chat/completions HTTP/"), line);
                assertTrue(served.model.passes() < 59_000, "the text was written to its end");
                ChatCompletion next = client.chat()
                        .completions()
                        .create(ENDLESS.toBuilder().maxCompletionTokens(3).build());
                assertFalse(
                        next.choices().get(0).message().content().orElseThrow().isEmpty());
            });
        }
    }
}
