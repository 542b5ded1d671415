package dev.espalier.jsonschemabench.report;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What charts begin with that have a named axis below: Apache ECharts' option as far as it is the same for all. */
final class ChartFrame {

    private ChartFrame() {}

    /**
     * An option with a legend above the plot.
     *
     * @param top how much place the legend has, in CSS pixels
     * @param type of the axis below: {@code log} or {@code value}
     * @param name of the axis below
     * @param formatter of its numbers, one of the page's script
     */
    static ObjectNode of(int top, String type, String name, String formatter) {
        ObjectNode option = JsonMapper.shared().createObjectNode();
        option.putObject("grid")
                .put("left", 8)
                .put("right", 24)
                .put("top", top)
                .put("bottom", 32)
                .put("containLabel", true);
        option.putObject("legend").put("top", 4).put("left", 0);
        ObjectNode x = option.putObject("xAxis").put("type", type).put("name", name);
        x.put("nameLocation", "middle")
                .put("nameGap", 28)
                .putObject("axisLabel")
                .put("formatter", formatter);
        return option;
    }
}
