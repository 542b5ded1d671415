// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A model of LangChain4j that runs in this process. A schema is kept exactly, tools are called with valid arguments, and both may be asked for together. Thread-safe; all requests share forward passes.
 *
 * <pre>{@code
 * ChatModel model = EspalierChatModel.of(Assistant.of(loaded, AssistantOptions.DEFAULT));
 * }</pre>
 */
public final class EspalierChatModel implements ChatModel {

    private final Answering answering;
    private final ChatRequestParameters parameters;
    private final List<ChatModelListener> listeners;

    private EspalierChatModel(
            Answering answering, ChatRequestParameters parameters, List<ChatModelListener> listeners) {
        this.answering = answering;
        this.parameters = parameters;
        this.listeners = List.copyOf(listeners);
    }

    /** A model over an assistant that stays the caller's, called as the assistant's model is. */
    public static EspalierChatModel of(Assistant assistant) {
        return of(assistant, EspalierChatRequestParameters.builder().build(), List.of());
    }

    /**
     * The same with other parameters and listeners.
     *
     * @param parameters those of requests that do not set them
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if they name another model
     */
    public static EspalierChatModel of(
            Assistant assistant, ChatRequestParameters parameters, List<ChatModelListener> listeners) {
        return new EspalierChatModel(
                new Answering(assistant), EspalierStreamingChatModel.named(assistant, parameters), listeners);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Turn turn = answering.turn(request);
        try {
            return answering.response(turn, answering.assistant().answer(turn));
        } catch (EspalierException e) {
            throw Answering.error(e);
        }
    }

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        Turn turn = answering.turn(request);
        try {
            CompletableFuture<Answer> answer = answering.assistant().submit(turn);
            CompletableFuture<ChatResponse> response = answer.thenApply(one -> answering.response(turn, one));
            response.whenComplete((done, thrown) -> answer.cancel(false)); // one that is cancelled ends its text
            return response;
        } catch (EspalierException e) {
            throw Answering.error(e);
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
}
