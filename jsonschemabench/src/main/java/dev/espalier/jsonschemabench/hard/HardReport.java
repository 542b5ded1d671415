package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of hard cases as a page.
 *
 * @param summary the figures
 * @param setting in words: tokenizer, options, machine
 */
public record HardReport(HardSummary summary, String setting) {

    private static final int CURVES = 5;

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("Hard cases").text(setting).figures(figures());
        page.section("Times").chart(latencies()).table(summary.times());
        page.section("Where the time goes").table(summary.slowest());
        page.section("Space").table(summary.space());
        return page.section("Cases that were not read to the end")
                .count(summary.failures().size(), Integer.MAX_VALUE)
                .table(summary.reasons());
    }

    private Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        LatencyHistogram all = summary.all();
        figures.put(
                "cases on target", summary.kept() + " of " + summary.results().size());
        figures.put("mean mask", LatencyChart.time(all.mean()));
        figures.put("p99 mask", LatencyChart.time(all.percentile(99)));
        figures.put("longest mask", LatencyChart.time(all.max()));
        return figures;
    }

    private LatencyChart latencies() {
        LatencyChart chart = new LatencyChart(
                "Masks of new grammars",
                "The share of masks that took this long or longer: all cases, and those with the largest means.");
        chart.add("all cases", summary.all());
        List<HardResult> slow = summary.results().stream()
                .sorted(Comparator.comparingDouble(
                        (HardResult each) -> -each.mask().mean()))
                .limit(CURVES)
                .toList();
        slow.forEach(each -> chart.add(each.id(), each.mask()));
        return chart;
    }
}
