// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Events of an answer, which is begun anew for each subscriber. A text pauses while its subscriber wants nothing, and no other; nothing is buffered. */
final class AnswerPublisher implements Flow.Publisher<ChatModelStreamingEvent> {

    private final BiConsumer<StreamingChatResponseHandler, TextHandle> begin;

    /**
     * Nothing is begun yet.
     *
     * @param begin begins an answer, of which a handler is told by another thread
     */
    AnswerPublisher(BiConsumer<StreamingChatResponseHandler, TextHandle> begin) {
        this.begin = begin;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ChatModelStreamingEvent> subscriber) {
        TextHandle handle = new TextHandle();
        Subscribed subscribed = new Subscribed(Objects.requireNonNull(subscriber, "subscriber"), handle);
        subscriber.onSubscribe(subscribed);
        begin.accept(subscribed, handle);
    }

    /** One subscriber. Asked by any thread, told by the one that has the answer. */
    private static final class Subscribed implements Flow.Subscription, StreamingChatResponseHandler {

        private final Flow.Subscriber<? super ChatModelStreamingEvent> subscriber;
        private final TextHandle handle;
        private long wanted;
        private @Nullable IllegalArgumentException fault;
        /** Whether it was told of the end. Of the telling thread. */
        private boolean ended;

        Subscribed(Flow.Subscriber<? super ChatModelStreamingEvent> subscriber, TextHandle handle) {
            this.subscriber = subscriber;
            this.handle = handle;
        }

        @Override
        public synchronized void request(long more) {
            if (more < 1) {
                fault = new IllegalArgumentException("a subscriber asks for at least 1 event, but not " + more);
            } else {
                wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
            }
            notifyAll();
        }

        @Override
        public synchronized void cancel() {
            handle.cancel();
            notifyAll();
        }

        /** Waits until an event is wanted; false if none is any more. */
        private synchronized boolean isWanted() {
            while (wanted == 0 && fault == null && !handle.isCancelled()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    handle.cancel();
                }
            }
            wanted -= wanted == Long.MAX_VALUE || wanted == 0 ? 0 : 1;
            return fault == null && !handle.isCancelled();
        }

        private void tell(ChatModelStreamingEvent event) {
            if (ended) {
                return;
            } else if (!isWanted()) {
                stop();
                return;
            }
            guarded(() -> subscriber.onNext(event));
        }

        /** Ends a text whose subscriber asked wrongly, or wants no more. */
        private void stop() {
            IllegalArgumentException wrong;
            synchronized (this) {
                wrong = fault;
            }
            ended = true;
            handle.cancel();
            if (wrong != null) {
                guarded(() -> subscriber.onError(wrong));
            }
        }

        /** A subscriber that throws hears no more. */
        private void guarded(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException e) {
                ended = true;
                handle.cancel();
            }
        }

        @Override
        public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
            tell(part);
        }

        @Override
        public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
            tell(part);
        }

        @Override
        public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
            tell(part);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            tell(call);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            tell(new CompleteResponse(response));
            if (!ended) {
                ended = true;
                guarded(subscriber::onComplete);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (!ended && !handle.isCancelled()) {
                ended = true;
                guarded(() -> subscriber.onError(cause));
            }
        }
    }
}
