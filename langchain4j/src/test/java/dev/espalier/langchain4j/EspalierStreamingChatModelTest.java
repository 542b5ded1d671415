// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.common.StreamingMode;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** LangChain4j's test kit for models that stream. */
@Tag("integration")
class EspalierStreamingChatModelTest extends AbstractStreamingChatModelIT {

    @Override
    protected List<StreamingMode> streamingModes() {
        return List.of(StreamingMode.values());
    }

    @Override
    protected List<StreamingChatModel> baseModels() {
        return List.of(Scripted.streaming(Scripted.none()));
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return Scripted.streaming(parameters);
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
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
        return EspalierChatResponseMetadata.class;
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return Scripted.streaming(Scripted.none(), listener);
    }
}
