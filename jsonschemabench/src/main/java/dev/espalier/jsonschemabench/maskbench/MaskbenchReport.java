package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.maskbench.MaskbenchSummary.Counts;
import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.SizeChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a run as a page.
 *
 * @param summary the figures
 * @param setting in words: data, tokenizer, options, machine
 */
public record MaskbenchReport(MaskbenchSummary summary, String setting) {

    private static final int LISTED = 100;

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("MaskBench").text(setting).figures(figures());
        page.section("Coverage").chart(coverage()).table(summary.datasetTable());
        page.section("Times")
                .text("Garbage collection took "
                        + LatencyChart.time(summary.run().collectionNanos())
                        + " in all. It is part of the times of what it interrupts; of several readings the least time of each"
                        + " step counts, which leaves most of it out.")
                .chart(latencies())
                .chart(sizes())
                .table(summary.slowest());
        page.section("Trie nodes").table(summary.mostNodes());
        summary.run()
                .retained()
                .ifPresent(retained -> page.section("Memory of a compiled schema")
                        .text(RetainedSummary.EXPLANATION)
                        .table(retained.table())
                        .table(retained.largest()));
        return page.section("Schemas that do not pass")
                .count(summary.total().schemas - summary.total().passing, LISTED)
                .chart(summary.refusedFor()
                        .chart(
                                "Schemas that each keyword, or kind of error, kept from running; a schema may have"
                                        + " several.",
                                "schemas"))
                .table(wrong());
    }

    private Map<String, String> figures() {
        Counts total = summary.total();
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("schemas passing", total.passing + " of " + total.schemas);
        figures.put("share passing", Table.percent(total.passing, total.schemas));
        figures.put("valid instances refused", total.falselyRefused + " of " + total.valid);
        figures.put("invalid instances accepted", total.falselyAccepted + " of " + total.invalid);
        figures.put("compiled, no value satisfies it", String.valueOf(total.unsatisfiable));
        figures.put("compiled, checked at the end", String.valueOf(total.checkedAtEnd));
        figures.put("mean mask", LatencyChart.time(mask().mean()));
        figures.put("p99 mask", LatencyChart.time(mask().percentile(99)));
        figures.put("longest mask", LatencyChart.time(mask().max()));
        figures.put("garbage collection", LatencyChart.time(summary.run().collectionNanos()));
        figures.put(
                "most trie nodes of a mask",
                String.format(Locale.ROOT, "%,d", summary.nodes().most()));
        figures.put(
                "masks above 200,000 trie nodes", String.valueOf(summary.nodes().many()));
        summary.run()
                .retained()
                .ifPresent(retained -> figures.put(
                        "a compiled schema keeps, p50",
                        String.format(Locale.ROOT, "%.1f KB", retained.median() / 1e3)));
        return figures;
    }

    private LatencyHistogram mask() {
        return summary.times().getOrDefault("mask", new LatencyHistogram());
    }

    private BarChart coverage() {
        BarChart chart = BarChart.shares(
                "Coverage by data set",
                "A schema passes when it compiles, every valid instance is accepted and every invalid one refused.",
                "passing:good",
                "wrong verdict:bad",
                "refused:doubt",
                "error:worse",
                "timeout:muted");
        summary.datasets()
                .forEach((name, counts) -> chart.add(
                        name, counts.passing, counts.wrong(), counts.refused, counts.errors, counts.timeouts));
        return chart;
    }

    private LatencyChart latencies() {
        LatencyChart chart = new LatencyChart(
                "Latency distributions",
                "The share of all masks, commits and compilations that took this long or longer, both axes logarithmic:"
                        + " a curve crosses 1 % at its 99th percentile.");
        summary.times().forEach(chart::add);
        return chart;
    }

    private SizeChart sizes() {
        SizeChart chart = new SizeChart(
                "Time to first mask against schema size",
                "From the schema's text to the first mask, a point a schema that compiled.",
                "passing:good",
                "wrong verdict:bad");
        summary.results().stream()
                .filter(result -> result.schema().isCompiled())
                .forEach(result -> chart.add(
                        result.passes() ? "passing" : "wrong verdict",
                        result.id(),
                        result.schema().schemaBytes(),
                        result.firstMaskNanos()));
        return chart;
    }

    private Table wrong() {
        Table table = Table.of("", "schema", "status", "keyword", "pointer", "reason");
        List<SchemaResult> failed = summary.results().stream()
                .filter(result -> !result.passes())
                .limit(LISTED)
                .toList();
        for (SchemaResult result : failed) {
            List<Reason> reasons = result.schema().reasons();
            String status = result.schema().status().name().toLowerCase(Locale.ROOT);
            if (reasons.isEmpty()) {
                String verdicts = result.falselyRefused() + " valid instances refused, " + result.falselyAccepted()
                        + " invalid ones accepted";
                table = table.row(result.id(), status, "", "", verdicts);
            } else {
                Reason first = reasons.get(0);
                table = table.row(result.id(), status, first.keyword(), first.pointer(), first.reason());
            }
        }
        return table;
    }
}
