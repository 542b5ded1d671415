// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import org.junit.jupiter.api.Tag;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorIT;

/** Spring AI's test kit of models whose tools an advisor runs. */
@Tag("integration")
class ToolCallingAdvisorTest extends AbstractToolCallingAdvisorIT {

    @Override
    protected ChatModel getChatModel() {
        return Scripted.model(Scripted::weather);
    }
}
