// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.hard.HardResult.End;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is shown of hard cases: their figures beside the targets.
 *
 * @param results a result a case
 */
public record HardView(List<HardResult> results) {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final int CURVES = 5;

    private static final List<Column<HardResult>> TIMES = List.of(
            Column.of("case", HardResult::id),
            Column.of("tokens", HardResult::tokens),
            Column.of("compile ms", "%.2f", each -> each.compile() / MILLI),
            Column.of("first mask ms", "%.2f", each -> each.firstMask() / MILLI),
            Column.of("mask µs", "%.2f", each -> each.times().mask().mean() / MICRO),
            Column.of("p50", each -> each.times().mask().percentile(50) / MICRO),
            Column.of("p99", each -> each.times().mask().percentile(99) / MICRO),
            Column.of("max", each -> each.times().mask().max() / MICRO),
            Column.of("commit µs", "%.2f", each -> each.times().commit().mean() / MICRO),
            Column.of("again µs", "%.2f", each -> each.times().again().mean() / MICRO),
            Column.of("again max", each -> each.times().again().max() / MICRO),
            Column.of("misses", each -> String.join(", ", each.misses())));

    private static final List<Column<HardResult>> SPACE = List.of(
            Column.of("case", HardResult::id),
            Column.of("source KB", each -> each.sourceBytes() / 1e3),
            Column.of("characters", HardResult::characters),
            Column.of("nodes max", HardResult::nodes),
            Column.of("B/mask again", HardResult::allocated),
            Column.of("kept B/char", each -> each.characters() == 0 ? 0.0 : (double) each.kept() / each.characters()),
            Column.of("caches MB", each -> each.cached() / 1e6),
            Column.of("growth", "%.2f", HardResult::growth),
            Column.of("GC ms", each -> each.collections() / MILLI));

    private static final List<Column<HardResult>> FAILURES = List.of(
            Column.of("case", HardResult::id),
            Column.of("end", each -> each.end().name().toLowerCase(Locale.ROOT)),
            Column.of("error", each -> first(each).keyword()),
            Column.of("reason", each -> first(each).reason()));

    private static Reason first(HardResult result) {
        return result.reasons().isEmpty()
                ? new Reason("", "", "")
                : result.reasons().get(0);
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<HardResult> unread =
                results.stream().filter(each -> each.end() != End.READ).toList();
        long failed = unread.stream().filter(each -> each.end() != End.STOPPED).count();
        long kept = results.stream().filter(each -> each.misses().isEmpty()).count();
        LatencyHistogram all = new LatencyHistogram();
        results.forEach(each -> all.add(each.times().mask()));
        return new View("Hard cases", setting)
                .figure("cases on target", kept + " of " + results.size())
                .figure("mean mask", LatencyChart.time(all.mean()))
                .figure("p99 mask", LatencyChart.time(all.percentile(99)))
                .figure("longest mask", LatencyChart.time(all.max()))
                .section("Times")
                .chart(latencies(all))
                .table(times())
                .section("Space")
                .table(Table.of(
                        "Space: trie nodes of the largest mask; bytes on the heap that a mask of a text read before takes; what"
                                + " matchers keep for each character; the caches' estimate; growth: the last quarter's steps"
                                + " over the second's; time of garbage collection in all runs",
                        SPACE,
                        results))
                .section("Where the time goes")
                .table(slowest())
                .section("Cases that were not read to the end")
                .count(unread.size(), Integer.MAX_VALUE)
                .table(Table.of("", FAILURES, unread))
                .onTerminal(kept + " of " + results.size() + " cases keep to all targets")
                .member("cases", results.size())
                .member("on_target", kept)
                .member("failed", failed)
                .member("mask_us", all.figures())
                .member("misses", misses())
                .wrong(failed > 0);
    }

    private Map<String, List<String>> misses() {
        Map<String, List<String>> misses = new LinkedHashMap<>();
        results.stream().filter(each -> !each.misses().isEmpty()).forEach(each -> misses.put(each.id(), each.misses()));
        return misses;
    }

    private LatencyChart latencies(LatencyHistogram all) {
        LatencyChart chart = new LatencyChart(
                "Masks of new grammars",
                "The share of masks that took this long or longer: all cases, and those with the largest means.");
        chart.add("all cases", all);
        results.stream()
                .sorted(Comparator.comparingDouble(
                        (HardResult each) -> -each.times().mask().mean()))
                .limit(CURVES)
                .forEach(each -> chart.add(each.id(), each.times().mask()));
        return chart;
    }

    /** Times, one case a row, the targets last. */
    private Table times() {
        Table table = Table.of(
                "Times (ms, µs): each step's least of several runs, with a new grammar and an empty store; again: with a"
                        + " grammar that has read the texts",
                TIMES,
                results);
        return table.row(
                "target",
                "",
                two(HardResult.COMPILE / MILLI),
                "",
                two(HardResult.MASK_MEAN / MICRO),
                "",
                "",
                HardResult.MASK_MAX / MICRO,
                "",
                "",
                "",
                "");
    }

    /** The slowest masks of cases that miss a target. */
    private Table slowest() {
        Table table = Table.of(
                "The slowest masks of cases that miss a target", "case", "µs", "trie nodes", "token", "text before");
        for (HardResult each : results) {
            if (!each.misses().isEmpty()) {
                for (HardResult.Slow slow : each.slowest()) {
                    table.row(
                            each.id(),
                            slow.nanos() / MICRO,
                            slow.nodes(),
                            slow.text() + ":" + slow.token(),
                            shown(slow.before()));
                }
            }
        }
        return table;
    }

    private static String shown(String text) {
        return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
