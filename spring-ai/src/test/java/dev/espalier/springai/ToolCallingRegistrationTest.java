// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import org.junit.jupiter.api.Tag;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.test.chat.client.advisor.AbstractToolCallingAdvisorAutoRegistrationIT;

/** Spring AI's test kit of models whose tools an advisor runs that the client brings. */
@Tag("integration")
class ToolCallingRegistrationTest extends AbstractToolCallingAdvisorAutoRegistrationIT {

    @Override
    protected ChatModel getChatModel() {
        return Scripted.model(Scripted::weather);
    }
}
