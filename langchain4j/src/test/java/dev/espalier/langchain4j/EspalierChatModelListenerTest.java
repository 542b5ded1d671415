// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;

/** LangChain4j's test kit for listeners. */
class EspalierChatModelListenerTest extends AbstractChatModelListenerIT {

    @Override
    protected ChatModel createModel(ChatModelListener listener) {
        ChatRequestParameters parameters = EspalierChatRequestParameters.builder()
                .modelName(modelName())
                .temperature(0.7)
                .topP(1.0)
                .maxOutputTokens(7)
                .build();
        return Scripted.model(parameters, listener);
    }

    @Override
    protected String modelName() {
        return "scripted";
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
        return Scripted.failing(listener);
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return InternalServerException.class;
    }
}
