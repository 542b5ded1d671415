// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.ChatMessage;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolLoop;
import java.util.List;

final class ToolLoopExample {

    // guide: begin
    static String answer(LanguageModel model, List<Tool> tools, String question) {
        ToolLoop loop = ToolLoop.of(model, tools).atMost(5);
        ToolLoop.Run run = loop.run(List.of(new ChatMessage("user", question)));
        return run.isFinished() ? run.answer().text() : "no answer in " + run.steps() + " steps";
    }
    // guide: end

    private ToolLoopExample() {}
}
