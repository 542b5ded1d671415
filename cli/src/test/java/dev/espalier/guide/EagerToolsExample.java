// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.sampler.LanguageModel;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolLoop;
import java.util.List;
import java.util.concurrent.Executor;

final class EagerToolsExample {

    // guide: begin
    static ToolLoop eager(LanguageModel model, List<Tool> tools, Executor executor) {
        return ToolLoop.of(model, tools).runningOn(executor);
    }
    // guide: end

    private EagerToolsExample() {}
}
