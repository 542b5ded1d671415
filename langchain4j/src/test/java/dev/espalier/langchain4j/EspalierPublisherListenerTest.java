// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.error.ModelException;
import dev.espalier.testing.ScriptedModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelPublisherListenerTest;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** LangChain4j's test kit for listeners of models whose answers are published. */
@Tag("integration")
class EspalierPublisherListenerTest extends AbstractStreamingChatModelPublisherListenerTest {

    @Override
    protected StreamingChatModel createModel(ChatModelListener listener, StreamScenario scenario) {
        ScriptedModel model = new ScriptedModel(prompt -> {
            if (scenario.fail()) {
                throw new ModelException("the cable is out");
            }
            return "a".repeat(scenario.contentChunks());
        });
        return EspalierStreamingChatModel.of(
                Assistant.of(model, AssistantOptions.DEFAULT), Scripted.none(), List.of(listener));
    }
}
