// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is timed of an engine on some schemas.
 *
 * @param engine the name of the engine
 * @param times its times
 * @param first those of the first engine, which it is compared with
 */
record EngineTimes(String engine, LatencyHistogram times, LatencyHistogram first) {

    private static final Map<String, ToDoubleFunction<LatencyHistogram>> FIGURES = figures();

    /** Counts, means, percentiles and longest times in microseconds. */
    static final List<Column<EngineTimes>> TIMES = columns(
            List.of(Column.of("µs", EngineTimes::engine), Column.of("count", each -> each.times.count())),
            (each, figure) -> micros(figure.applyAsDouble(each.times)));

    /** The same figures, each divided by that of the first engine. */
    static final List<Column<EngineTimes>> RATIOS =
            columns(List.of(Column.of("", EngineTimes::engine)), (each, figure) -> {
                double ratio = each.ratio(figure);
                return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "-";
            });

    private interface Cell {
        String of(EngineTimes times, ToDoubleFunction<LatencyHistogram> figure);
    }

    private static Map<String, ToDoubleFunction<LatencyHistogram>> figures() {
        Map<String, ToDoubleFunction<LatencyHistogram>> figures = new LinkedHashMap<>();
        figures.put("mean", LatencyHistogram::mean);
        figures.put("p50", times -> times.percentile(50));
        figures.put("p90", times -> times.percentile(90));
        figures.put("p99", times -> times.percentile(99));
        figures.put("p99.9", times -> times.percentile(99.9));
        figures.put("max", LatencyHistogram::max);
        return figures;
    }

    private static List<Column<EngineTimes>> columns(List<Column<EngineTimes>> names, Cell cell) {
        List<Column<EngineTimes>> columns = new ArrayList<>(names);
        FIGURES.forEach((name, figure) -> columns.add(Column.of(name, each -> cell.of(each, figure))));
        return columns;
    }

    /** Nanoseconds as microseconds, with two digits where one would say little. */
    static String micros(double nanos) {
        return String.format(Locale.ROOT, nanos < 10_000 ? "%.2f" : "%.1f", nanos / 1000);
    }

    /** How many times as long it takes as the first; infinite or not a number if one of them takes no time. */
    private double ratio(ToDoubleFunction<LatencyHistogram> figure) {
        return times.count() == 0 ? Double.NaN : figure.applyAsDouble(times) / figure.applyAsDouble(first);
    }

    /** Times in microseconds, and ratios to the first. */
    ObjectNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode().put("count", times.count());
        node.setAll((ObjectNode) times.figures());
        ObjectNode ratios = node.putObject("ratio_to_first");
        FIGURES.forEach((name, figure) -> {
            double ratio = ratio(figure);
            if (Double.isFinite(ratio)) {
                ratios.put(name.replace(".", ""), Math.round(ratio * 1000) / 1000.0);
            }
        });
        return node;
    }
}
