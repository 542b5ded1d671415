// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What is shown of rounds: those in fresh machines, and those in one that is warm.
 *
 * @param results all rounds
 */
public record ToolsView(List<ToolsResult> results) {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

    private static final List<Column<Group<String, ToolsResult>>> COLUMNS = List.of(
            Column.both("machine", Group::key),
            Column.both("rounds", Group::size),
            Column.both("tools", group -> group.results().get(0).tools()),
            Column.both("compile ms", group -> median(group, ToolsResult::compile)),
            Column.both("first mask ms", group -> median(group, ToolsResult::firstMask)),
            Column.both("slowest ms", group -> slowest(group)),
            Column.both("text us", group -> all(group, ToolsResult::text).mean() / MICRO),
            Column.both("text p50", group -> all(group, ToolsResult::text).percentile(50) / MICRO),
            Column.both("text p99", group -> all(group, ToolsResult::text).percentile(99) / MICRO),
            Column.both("call us", group -> all(group, ToolsResult::call).mean() / MICRO),
            Column.both("call p50", group -> all(group, ToolsResult::call).percentile(50) / MICRO),
            Column.both("call p99", group -> all(group, ToolsResult::call).percentile(99) / MICRO),
            Column.both("call max", group -> all(group, ToolsResult::call).max() / MICRO));

    private static double median(Group<String, ToolsResult> group, ToLongFunction<ToolsResult> nanos) {
        long[] sorted = group.results().stream().mapToLong(nanos).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0 / MILLI;
    }

    private static double slowest(Group<String, ToolsResult> group) {
        return group.results().stream().mapToLong(ToolsResult::firstMask).max().orElse(0) / MILLI;
    }

    private static LatencyHistogram all(
            Group<String, ToolsResult> group, Function<ToolsResult, LatencyHistogram> times) {
        LatencyHistogram all = new LatencyHistogram();
        group.results().forEach(each -> all.add(times.apply(each)));
        return all;
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<Group<String, ToolsResult>> machines = Group.by(each -> each.isFresh() ? "fresh" : "warm", results);
        LatencyChart chart =
                new LatencyChart("Tokens", "The share of tokens whose mask and commit took this long or longer.");
        for (Group<String, ToolsResult> machine : machines) {
            chart.add("text, " + machine.key(), all(machine, ToolsResult::text));
            chart.add("calls, " + machine.key(), all(machine, ToolsResult::call));
        }
        return new View("Tools", setting)
                .section("Times")
                .chart(chart)
                .table(Table.of(
                        "From the tools to the compiled output and to the first mask: medians, and the slowest; mask and commit of each token (µs)",
                        COLUMNS,
                        machines))
                .member("machines", Column.members(COLUMNS, machines));
    }
}
