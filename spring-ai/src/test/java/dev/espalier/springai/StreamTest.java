// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Step;
import dev.espalier.testing.ScriptedModel;
import dev.espalier.tool.ToolChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.function.FunctionToolCallback;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

@Tag("integration")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamTest {

    private static final Prompt QUESTION = new Prompt("Tell me of Tokyo.");
    private static final String LONG = "Tokyo is large. ".repeat(60).strip();

    record City(String name) {}

    private static EspalierChatOptions calling() {
        return EspalierChatOptions.builder()
                .toolCallbacks(FunctionToolCallback.builder("city", (City city) -> city.name() + " is large.")
                        .description("What is known of a city.")
                        .inputType(City.class)
                        .build())
                .build();
    }

    /** A model that counts its passes, and lets nobody pass once it is to fail. */
    private static class Watched extends ScriptedModel {

        private final int mostPasses;

        Watched(String answer, int mostPasses) {
            super(prompt -> answer);
            this.mostPasses = mostPasses;
        }

        @Override
        public List<Logits> forward(List<Step> batch) {
            if (passes() >= mostPasses) {
                throw new ModelException("the cable is out");
            }
            return super.forward(batch);
        }
    }

    /** Asks for chunks when it is told to. */
    private static final class Reader extends BaseSubscriber<ChatResponse> {

        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> whole = new CompletableFuture<>();
        private CountDownLatch awaited = new CountDownLatch(0);

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // asks for nothing by itself
        }

        void read(int chunks) throws InterruptedException {
            awaited = new CountDownLatch(chunks);
            request(chunks);
            awaited.await();
        }

        @Override
        protected void hookOnNext(ChatResponse chunk) {
            text.append(Scripted.text(chunk));
            awaited.countDown();
        }

        @Override
        protected void hookOnComplete() {
            whole.complete(text.toString());
        }

        @Override
        protected void hookOnError(Throwable cause) {
            whole.completeExceptionally(cause);
        }
    }

    private static List<ChatResponse> chunks(EspalierChatModel model, Prompt prompt) {
        return Objects.requireNonNull(model.stream(prompt).collectList().block());
    }

    private static String thinking(ChatResponse chunk) {
        return String.valueOf(Scripted.said(chunk).getOutput().getMetadata().getOrDefault("thinking", ""));
    }

    private static ChatResponse aggregate(Flux<ChatResponse> chunks) {
        List<ChatResponse> whole = new ArrayList<>();
        new MessageAggregator().aggregate(chunks, whole::add).blockLast();
        return whole.get(0);
    }

    @Test
    void chunksTogetherAreTheAnswer() {
        EspalierChatModel model = Scripted.saying("<think>\nLarge.\n</think>\n\nTokyo is large.");
        List<ChatResponse> chunks = chunks(model, QUESTION);
        ChatResponse last = chunks.get(chunks.size() - 1);
        assertEquals("Tokyo is large.", Scripted.text(Flux.fromIterable(chunks)));
        StringBuilder thought = new StringBuilder();
        for (ChatResponse chunk : chunks.subList(0, chunks.size() - 1)) {
            thought.append(thinking(chunk));
            assertEquals(last.getMetadata().getId(), chunk.getMetadata().getId());
        }
        assertEquals("Large.", thought.toString());
        assertEquals("stop", Scripted.said(last).getMetadata().getFinishReason());
        ChatResponse whole = aggregate(model.stream(QUESTION));
        assertEquals("Tokyo is large.", Scripted.text(whole));
        assertEquals("Large.", Scripted.said(whole).getOutput().getMetadata().get("thinking"));
        assertEquals(
                last.getMetadata().getUsage().getCompletionTokens(),
                whole.getMetadata().getUsage().getCompletionTokens());
        assertTrue((Integer) Scripted.said(whole, AnswerMetadata.REASONING_TOKENS) > 0);
    }

    @Test
    void aCallComesOnceAndWhole() {
        String call = Scripted.call("city", "{\"name\":\"Tokyo\"}");
        EspalierChatModel model = Scripted.saying("Let me see.\n" + call + "\n" + call);
        ChatResponse whole = aggregate(model.stream(new Prompt("Tell me of Tokyo.", calling())));
        List<AssistantMessage.ToolCall> calls = Scripted.said(whole).getOutput().getToolCalls();
        assertEquals(2, calls.size());
        assertEquals(
                new AssistantMessage.ToolCall(calls.get(0).id(), "function", "city", "{\"name\":\"Tokyo\"}"),
                calls.get(0));
        assertEquals("tool_calls", Scripted.said(whole).getMetadata().getFinishReason());
        EspalierChatOptions one = calling().mutate().parallelToolCalls(false).build();
        ChatResponse single = aggregate(model.stream(new Prompt("Tell me of Tokyo.", one)));
        assertEquals(1, Scripted.said(single).getOutput().getToolCalls().size());
        EspalierChatOptions none =
                calling().mutate().toolChoice(ToolChoice.NONE).build();
        ChatResponse silent = aggregate(model.stream(new Prompt("Tell me of Tokyo.", none)));
        assertFalse(silent.hasToolCalls());
    }

    @Test
    void toolsAndASchemaGoTogetherInAStream() {
        EspalierChatModel model = Scripted.model(prompt -> Scripted.last(prompt).startsWith("<|im_start|>tool")
                ? "{\"name\":\"Edo\"}"
                : Scripted.call("city", "{\"name\":\"Tokyo\"}"));
        String text = String.join(
                "",
                Objects.requireNonNull(ChatClient.create(model)
                        .prompt("Tell me of Tokyo.")
                        .options(EspalierChatOptions.builder()
                                .outputSchema(
                                        EspalierOutputConverter.of(City.class).getJsonSchema()))
                        .tools(Objects.requireNonNull(calling().getToolCallbacks())
                                .toArray())
                        .stream()
                        .content()
                        .collectList()
                        .block()));
        assertEquals("{\"name\":\"Edo\"}", text);
    }

    @Test
    void reasoningComesBeforeAValueInAStream() {
        EspalierChatModel model = Scripted.saying("<think>\nIn Japan {}.\n</think>\n\n{\"name\":\"Edo\"}");
        EspalierChatOptions options = EspalierChatOptions.builder()
                .outputSchema(EspalierOutputConverter.of(City.class).getJsonSchema())
                .thinking(Turn.Thinking.ON)
                .build();
        ChatResponse whole = aggregate(model.stream(new Prompt("Tell me of Tokyo.", options)));
        assertEquals("{\"name\":\"Edo\"}", Scripted.text(whole));
        assertEquals(
                "In Japan {}.", Scripted.said(whole).getOutput().getMetadata().get("thinking"));
        EspalierChatOptions few = options.mutate().thinkingTokens(3).build();
        List<ChatResponse> chunks = chunks(model, new Prompt("Tell me of Tokyo.", few));
        ChatResponse last = chunks.remove(chunks.size() - 1);
        assertEquals("In", thinking(last));
        assertEquals(
                "In", String.join("", chunks.stream().map(StreamTest::thinking).toList()));
        String text = Scripted.text(Flux.fromIterable(chunks));
        assertTrue(text.matches("\\{\"name\":\".*\"}"), text);
    }

    @Test
    void aToolThatMustBeCalledIs() {
        EspalierChatModel model = Scripted.saying("No.");
        EspalierChatOptions named = calling()
                .mutate()
                .toolChoice(ToolChoice.named("city"))
                .maxTokens(200)
                .build();
        ChatResponse called = model.call(new Prompt("Tell me of Tokyo.", named));
        assertEquals(
                "city", Scripted.said(called).getOutput().getToolCalls().get(0).name());
        assertEquals("", Scripted.text(called));
    }

    @Test
    void twoSubscribersOfOneStreamGetAnAnswerEach() {
        EspalierChatModel model = Scripted.saying(LONG);
        Flux<ChatResponse> stream = model.stream(QUESTION);
        Flux<String> texts = Flux.merge(
                stream.map(Scripted::text).reduce("", String::concat),
                stream.map(Scripted::text).reduce("", String::concat));
        assertEquals(List.of(LONG, LONG), texts.collectList().block());
    }

    @Test
    void aSlowSubscriberPausesItsOwnTextAlone() throws InterruptedException {
        Watched model = new Watched(LONG, Integer.MAX_VALUE);
        try (Assistant assistant = Assistant.of(model, AssistantOptions.DEFAULT)) {
            EspalierChatModel chat = EspalierChatModel.of(assistant);
            Reader slow = new Reader();
            chat.stream(QUESTION).subscribe(slow);
            slow.read(1);
            String fast = Scripted.text(chat.stream(QUESTION));
            assertEquals(LONG, fast);
            int after = model.passes();
            assertEquals(LONG, Scripted.text(chat.stream(QUESTION)));
            int alone = model.passes() - after;
            assertFalse(slow.whole.isDone());
            assertTrue(slow.text.length() < 20, slow.text.toString());
            slow.requestUnbounded();
            assertEquals(LONG, slow.whole.join());
            int rest = model.passes() - after - alone;
            assertTrue(rest > alone / 2, rest + " passes of " + alone + " were left to be made");
        }
    }

    /** Tells how an answer ended. */
    private static final class Ended implements AssistantListener {

        private final CompletableFuture<Answer.Finish> finish = new CompletableFuture<>();

        @Override
        public void onAnswer(String model, Turn turn, Answer answer) {
            finish.complete(answer.finish());
        }
    }

    @Test
    void aSubscriberThatLeavesEndsTheText() throws InterruptedException {
        Ended ended = new Ended();
        Assistant assistant = Assistant.of(
                new ScriptedModel(prompt -> "More. ".repeat(10_000)), AssistantOptions.DEFAULT.with(ended));
        EspalierChatOptions many =
                EspalierChatOptions.builder().maxTokens(60_000).build();
        Reader reader = new Reader();
        EspalierChatModel.of(assistant).stream(new Prompt("Tell me of Tokyo.", many))
                .subscribe(reader);
        reader.read(3);
        reader.cancel();
        assertEquals(Answer.Finish.CANCELLED, ended.finish.join());
        assertFalse(reader.whole.isDone());
        Ended taken = new Ended();
        Assistant other = Assistant.of(
                new ScriptedModel(prompt -> "More. ".repeat(10_000)), AssistantOptions.DEFAULT.with(taken));
        EspalierChatModel.of(other).stream(new Prompt("Tell me of Tokyo.", many))
                .take(5)
                .blockLast();
        assertEquals(Answer.Finish.CANCELLED, taken.finish.join());
    }

    @Test
    void aFaultInMidStreamIsAnErrorBehindTheText() {
        Assistant assistant = Assistant.of(new Watched(LONG, 12), AssistantOptions.DEFAULT);
        List<String> told = new ArrayList<>();
        @Nullable
        Throwable fault = EspalierChatModel.of(assistant).stream(QUESTION)
                .doOnNext(chunk -> told.add(Scripted.text(chunk)))
                .then()
                .materialize()
                .map(signal -> Objects.requireNonNull(signal.getThrowable()))
                .block();
        assertTrue(fault instanceof ModelException, String.valueOf(fault));
        assertTrue(LONG.startsWith(String.join("", told)) && !told.isEmpty(), told.toString());
    }

    @Test
    void aSubscriberThatThrowsHurtsNobodyElse() {
        EspalierChatModel model = Scripted.saying(LONG);
        Flux<ChatResponse> broken = model.stream(QUESTION).doOnNext(chunk -> {
            throw new IllegalStateException("full");
        });
        assertThrows(IllegalStateException.class, broken::blockLast);
        assertEquals(LONG, Scripted.text(model.stream(QUESTION)));
    }

    @Test
    void manySlowSubscribersLeaveThreadsForOthers() throws InterruptedException {
        EspalierChatModel model = Scripted.saying(LONG);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Reader reader = new Reader();
            model.stream(QUESTION).subscribe(reader);
            readers.add(reader);
        }
        ChatClient client = ChatClient.create(model);
        assertEquals(
                LONG,
                String.join(
                        "",
                        Objects.requireNonNull(client.prompt("Tell me of Tokyo.").stream()
                                .content()
                                .collectList()
                                .block())));
        readers.forEach(Reader::requestUnbounded);
        readers.forEach(reader -> assertEquals(LONG, reader.whole.join()));
    }

    @Test
    void aModelThatIsClosedFinishesItsAnswersFirst() throws InterruptedException {
        EspalierChatModel model = EspalierChatModel.builder(Scripted.assistant(prompt -> LONG))
                .patience(Duration.ofMinutes(1))
                .build();
        Reader reader = new Reader();
        model.stream(QUESTION).subscribe(reader);
        reader.read(2);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(model::close);
        reader.requestUnbounded();
        closing.join();
        assertEquals(LONG, reader.whole.join());
        assertThrows(InvalidInputException.class, () -> model.call(QUESTION));
        assertThrows(InvalidInputException.class, () -> model.stream(QUESTION).blockLast());
    }

    @Test
    void aModelWithoutPatienceCancelsAnswersWhenItIsClosed() throws InterruptedException {
        EspalierChatModel model = Scripted.saying(LONG);
        Reader reader = new Reader();
        model.stream(QUESTION).subscribe(reader);
        reader.read(2);
        model.close();
        CompletionException ended = assertThrows(CompletionException.class, reader.whole::join);
        assertTrue(ended.getCause() instanceof CancelledException, String.valueOf(ended.getCause()));
    }
}
