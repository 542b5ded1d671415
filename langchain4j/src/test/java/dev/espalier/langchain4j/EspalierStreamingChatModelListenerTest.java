// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;

/** LangChain4j's test kit for listeners of models that stream. */
class EspalierStreamingChatModelListenerTest extends AbstractStreamingChatModelListenerIT {

    @Override
    protected StreamingChatModel createModel(ChatModelListener listener) {
        ChatRequestParameters parameters = EspalierChatRequestParameters.builder()
                .modelName(modelName())
                .temperature(0.7)
                .topP(1.0)
                .maxOutputTokens(7)
                .build();
        return Scripted.streaming(parameters, listener);
    }

    @Override
    protected String modelName() {
        return "scripted";
    }

    @Override
    protected StreamingChatModel createFailingModel(ChatModelListener listener) {
        return Scripted.failingStreaming(listener);
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return InternalServerException.class;
    }
}
