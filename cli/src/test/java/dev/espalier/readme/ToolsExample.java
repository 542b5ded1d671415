// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolChoice;
import dev.espalier.tool.ToolConvention;
import java.util.List;

final class ToolsExample {

    // README: tools
    record Forecast(String city, int days) {}

    record Road(String name) {}

    static ToolCalls calls() {
        Tool forecast = Tool.of(
                "forecast", "The weather of the next days.", Forecast.class, asked -> "rain in " + asked.city());
        Tool road = Tool.of("road", "How a road is.", Road.class, asked -> asked.name() + " is open");
        return ToolCalls.of(ToolConvention.named("hermes"), List.of(forecast, road))
                .with(ToolChoice.AUTO.atMost(4));
    }
    // end

    private ToolsExample() {}
}
