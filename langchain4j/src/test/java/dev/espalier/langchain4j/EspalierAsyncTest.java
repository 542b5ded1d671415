// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.assistant.Turn;
import dev.espalier.assistant.TurnListener;
import dev.espalier.testing.ScriptedModel;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers as futures and publishers: who cancels one ends its text, and a text goes on at the pace of its subscriber. */
@Tag("integration")
class EspalierAsyncTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    private static final String LONG = "It rains, and rains. ".repeat(2000);

    /** The ends of all turns. */
    private final BlockingQueue<Answer.Finish> ends = new LinkedBlockingQueue<>();

    private final AssistantListener listener = new AssistantListener() {
        @Override
        public TurnListener onTurn(String model, Turn turn) {
            return new TurnListener() {
                @Override
                public void onAnswer(Answer answer) {
                    ends.add(answer.finish());
                }
            };
        }
    };

    private Assistant assistant(String text) {
        return Assistant.of(new ScriptedModel(prompt -> text), AssistantOptions.DEFAULT.with(listener));
    }

    /** Keeps what it is told, and asks for nothing by itself. */
    private static final class Heard implements Flow.Subscriber<ChatModelStreamingEvent> {

        private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(ChatModelStreamingEvent event) {
            all.add(event);
        }

        @Override
        public void onError(Throwable thrown) {
            all.add(thrown);
        }

        @Override
        public void onComplete() {
            all.add("complete");
        }

        void request(long events) {
            subscription.join().request(events);
        }

        Object next() throws InterruptedException {
            Object next = all.poll(60, TimeUnit.SECONDS);
            assertTrue(next != null, "nothing came");
            return next;
        }
    }

    @Test
    void aFutureHasTheResponse() {
        try (Assistant assistant = assistant("It rains.")) {
            ChatResponse response =
                    EspalierChatModel.of(assistant).chatAsync(REQUEST).join();
            assertEquals("It rains.", response.aiMessage().text());
        }
    }

    @Test
    void aFutureThatIsCancelledEndsItsText() throws InterruptedException {
        try (Assistant assistant = assistant(LONG)) {
            CompletableFuture<ChatResponse> response =
                    EspalierChatModel.of(assistant).chatAsync(REQUEST);
            assertTrue(response.cancel(true));
            assertEquals(Answer.Finish.CANCELLED, ends.poll(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void aTextGoesOnAsItsSubscriberAsks() throws InterruptedException {
        try (Assistant assistant = assistant("ab")) {
            Heard heard = new Heard();
            EspalierStreamingChatModel.of(assistant).chat(REQUEST).subscribe(heard);
            heard.request(1);
            assertEquals(new PartialResponse("a"), heard.next());
            // a whole other text is written while this one waits
            assertEquals("ab", EspalierChatModel.of(assistant).chat("Hi"));
            assertTrue(heard.all.isEmpty());
            heard.request(1);
            assertEquals(new PartialResponse("b"), heard.next());
            heard.request(1);
            CompleteResponse end = assertInstanceOf(CompleteResponse.class, heard.next());
            assertEquals("ab", end.chatResponse().aiMessage().text());
            assertEquals("complete", heard.next());
        }
    }

    @Test
    void eachSubscriberHasATextOfItsOwn() throws InterruptedException {
        try (Assistant assistant = assistant("ab")) {
            Flow.Publisher<ChatModelStreamingEvent> publisher =
                    EspalierStreamingChatModel.of(assistant).chat(REQUEST);
            for (Heard heard : List.of(new Heard(), new Heard())) {
                publisher.subscribe(heard);
                heard.request(Long.MAX_VALUE);
                heard.request(Long.MAX_VALUE);
                while (!"complete".equals(heard.next())) {}
            }
            assertEquals(2, ends.size());
        }
    }

    @Test
    void aSubscriptionThatIsCancelledEndsItsTextAndTellsNothingMore() throws InterruptedException {
        try (Assistant assistant = assistant(LONG)) {
            Heard heard = new Heard();
            EspalierStreamingChatModel.of(assistant).chat(REQUEST).subscribe(heard);
            heard.request(3);
            for (int i = 0; i < 3; i++) {
                assertInstanceOf(PartialResponse.class, heard.next());
            }
            heard.subscription.join().cancel();
            assertEquals(Answer.Finish.CANCELLED, ends.poll(60, TimeUnit.SECONDS));
            heard.request(5);
            assertTrue(heard.all.isEmpty());
        }
    }

    @Test
    void askingForLessThanOneEventIsAnError() throws InterruptedException {
        try (Assistant assistant = assistant(LONG)) {
            Heard heard = new Heard();
            EspalierStreamingChatModel.of(assistant).chat(REQUEST).subscribe(heard);
            heard.request(0);
            assertInstanceOf(IllegalArgumentException.class, heard.next());
            assertEquals(Answer.Finish.CANCELLED, ends.poll(60, TimeUnit.SECONDS));
            assertFalse(heard.all.contains("complete"));
        }
    }
}
