// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.util.List;

/** LangChain4j's test kit for models. */
class EspalierChatModelTest extends AbstractChatModelIT {

    @Override
    protected List<ChatModel> models() {
        return List.of(Scripted.model(Scripted.none()));
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return Scripted.model(parameters);
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return EspalierChatRequestParameters.builder()
                .maxOutputTokens(maxOutputTokens)
                .build();
    }

    @Override
    protected String customModelName() {
        return "another";
    }

    @Override
    protected boolean supportsChatAsync() {
        return true;
    }

    @Override
    protected boolean supportsModelNameParameter() {
        return false; // a model is one model
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return false;
    }

    @Override
    protected boolean supportsMultipleImageInputsAsPublicURLs() {
        return false;
    }

    @Override
    protected boolean supportsMultipleImageInputsAsBase64EncodedStrings() {
        return false;
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel model) {
        return EspalierChatResponseMetadata.class;
    }
}
