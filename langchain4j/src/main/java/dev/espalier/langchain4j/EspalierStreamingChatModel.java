// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.ToolCall;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;

/**
 * As {@link EspalierChatModel}, telling of reasoning, text and calls while they are written. What it tells comes from the grammar, not from a parser behind it. A handler that blocks lets its own text
 * pause, and no other. Thread-safe.
 */
public final class EspalierStreamingChatModel implements StreamingChatModel {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "espalier-langchain4j");
        thread.setDaemon(true);
        return thread;
    });

    private final Answering answering;
    private final ChatRequestParameters parameters;
    private final List<ChatModelListener> listeners;

    private EspalierStreamingChatModel(
            Answering answering, ChatRequestParameters parameters, List<ChatModelListener> listeners) {
        this.answering = answering;
        this.parameters = parameters;
        this.listeners = List.copyOf(listeners);
    }

    /** A model over an assistant that stays the caller's, called as the assistant's model is. */
    public static EspalierStreamingChatModel of(Assistant assistant) {
        return of(assistant, EspalierChatRequestParameters.builder().build(), List.of());
    }

    /**
     * The same with other parameters and listeners.
     *
     * @param parameters those of requests that do not set them
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if they name another model
     */
    public static EspalierStreamingChatModel of(
            Assistant assistant, ChatRequestParameters parameters, List<ChatModelListener> listeners) {
        return new EspalierStreamingChatModel(new Answering(assistant), named(assistant, parameters), listeners);
    }

    /** The parameters of requests that set none, with the name of the model. */
    static ChatRequestParameters named(Assistant assistant, ChatRequestParameters parameters) {
        Answering.requireName(assistant, parameters.modelName());
        return EspalierChatRequestParameters.builder()
                .modelName(assistant.name())
                .overrideWith(parameters)
                .build();
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Turn turn = answering.turn(request);
        THREADS.execute(() -> answer(turn, handler, new TextHandle()));
    }

    /** The events of an answer, at the pace of their subscriber: a text pauses while nothing is asked for. */
    @Override
    public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
        Turn turn = answering.turn(request);
        return new AnswerPublisher((handler, handle) -> THREADS.execute(() -> answer(turn, handler, handle)));
    }

    private void answer(Turn turn, StreamingChatResponseHandler handler, TextHandle handle) {
        Teller teller = new Teller(handler, handle);
        try {
            Answer answer = answering.assistant().answer(turn.with(teller).with(handle.cancellation()));
            if (!handle.isCancelled()) {
                teller.told(() -> handler.onCompleteResponse(answering.response(turn, answer)));
            }
        } catch (EspalierException e) {
            teller.failed(Answering.error(e));
        } catch (RuntimeException e) {
            teller.failed(e);
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return parameters;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    /** Tells a handler, and tells it of what it throws itself. One thread. */
    private static final class Teller implements AnswerListener {

        private final StreamingChatResponseHandler handler;
        private final TextHandle handle;
        private final Map<Integer, ToolCall> begun = new HashMap<>();
        private boolean hasTold;

        Teller(StreamingChatResponseHandler handler, TextHandle handle) {
            this.handler = handler;
            this.handle = handle;
        }

        void told(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException e) {
                failed(e);
            }
        }

        void failed(RuntimeException cause) {
            try {
                handler.onError(cause);
            } catch (RuntimeException ignored) {
                // a handler whose own complaint fails has nobody left to tell
            }
        }

        private void tell(Runnable call) {
            hasTold = true;
            if (!handle.isCancelled()) {
                told(call);
            }
        }

        /** Ends a text that would be begun anew: a handler cannot be told that what it has heard does not count. */
        @Override
        public void onRestart() {
            if (hasTold) {
                throw new InvalidInputException(
                        "a keyword that is checked when the text is finished was broken by a text that was streamed; ask without streaming, or do not allow such keywords");
            }
        }

        @Override
        public void onReasoning(String chunk) {
            tell(() -> handler.onPartialThinking(new PartialThinking(chunk), new PartialThinkingContext(handle)));
        }

        @Override
        public void onText(String chunk) {
            tell(() -> handler.onPartialResponse(new PartialResponse(chunk), new PartialResponseContext(handle)));
        }

        @Override
        public void onCallBegin(int number, String id, String name) {
            begun.put(number, new ToolCall(id, name, ""));
        }

        @Override
        public void onArguments(int number, String chunk) {
            ToolCall call = begun.get(number);
            if (call != null) {
                PartialToolCall part = PartialToolCall.builder()
                        .index(number)
                        .id(call.id())
                        .name(call.name())
                        .partialArguments(chunk)
                        .build();
                tell(() -> handler.onPartialToolCall(part, new PartialToolCallContext(handle)));
            }
        }

        @Override
        public void onCall(int number, ToolCall call) {
            tell(() -> handler.onCompleteToolCall(new CompleteToolCall(number, Answering.request(call))));
        }
    }
}
