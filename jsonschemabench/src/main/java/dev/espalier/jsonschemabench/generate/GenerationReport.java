package dev.espalier.jsonschemabench.generate;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.SizeChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a run as a page.
 *
 * @param summary the figures
 * @param setting in words: data, model, options, machine
 */
public record GenerationReport(GenerationSummary summary, String setting) {

    private static final int LISTED = 200;

    /** The page. */
    public ReportPage page() {
        ReportPage page =
                new ReportPage("Generation under JSON Schemas").text(setting).figures(figures());
        page.section("Coverage").chart(coverage()).table(summary.datasetTable()).table(summary.endTable());
        page.section("Times").chart(latencies()).chart(sizes());
        page.section("Complete, but not valid").count(summary.wrong(), LISTED).table(wrong());
        return page.section("Not complete")
                .count(unfinished().size(), LISTED)
                .chart(summary.refusedFor()
                        .chart(
                                "Schemas that each keyword, or kind of error, kept from compiling; a schema may have"
                                        + " several.",
                                "schemas"))
                .table(unfinishedTable());
    }

    private Map<String, String> figures() {
        GenerationSummary.Counts total = summary.total();
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("schemas", String.valueOf(total.schemas));
        figures.put("declared coverage", Table.percent(total.declared, total.schemas));
        figures.put("empirical coverage", Table.percent(total.valid, total.schemas));
        figures.put("compliance", Table.percent(total.valid, total.declared));
        figures.put("complete, but not valid", String.valueOf(total.wrong()));
        if (summary.free().texts > 0) {
            figures.put("valid without constraint", Table.percent(summary.free().valid, summary.free().texts));
        }
        return figures;
    }

    private BarChart coverage() {
        BarChart chart = BarChart.shares(
                "Coverage by data set",
                "Declared coverage is all that compiled; empirical coverage all that is valid; compliance the share of valid"
                        + " ones among those that compiled.",
                "valid:good",
                "not complete:doubt",
                "complete, not valid:bad",
                "not compiled:muted");
        summary.datasets()
                .forEach((name, counts) -> chart.add(
                        name,
                        counts.valid,
                        counts.declared - counts.complete,
                        counts.wrong(),
                        counts.schemas - counts.declared));
        return chart;
    }

    private LatencyChart latencies() {
        LatencyChart chart = new LatencyChart(
                "Latency distributions",
                "The share that took this long or longer, both axes logarithmic. The time to the first token runs from the"
                        + " schema's text, compilation included, to the first token that the model was asked for.");
        summary.times().forEach(chart::add);
        return chart;
    }

    private SizeChart sizes() {
        SizeChart chart = new SizeChart(
                "Time to first token against schema size", "A point a schema.", "valid:good", "not valid:bad");
        for (GenerationResult result : summary.results()) {
            result.constrained()
                    .filter(text -> text.firstTokenNanos() > 0)
                    .ifPresent(text -> chart.add(
                            result.isCovered() ? "valid" : "not valid",
                            result.id(),
                            result.schema().schemaBytes(),
                            text.firstTokenNanos()));
        }
        return chart;
    }

    private Table wrong() {
        Table table = Table.of("", "schema", "what the validator says", "text");
        for (GenerationResult result : summary.results().stream()
                .filter(GenerationResult::isWrong)
                .limit(LISTED)
                .toList()) {
            Writing text = result.constrained().orElseThrow();
            table = table.row(result.id(), text.faults(), text.text());
        }
        return table;
    }

    private List<GenerationResult> unfinished() {
        return summary.results().stream()
                .filter(result -> !result.isCovered() && !result.isWrong())
                .toList();
    }

    private Table unfinishedTable() {
        Table table = Table.of("", "schema", "end", "why");
        for (GenerationResult result : unfinished().stream().limit(LISTED).toList()) {
            table = table.row(result.id(), end(result), why(result));
        }
        return table;
    }

    private static String end(GenerationResult result) {
        String name = result.schema().isCompiled()
                ? result.constrained().map(text -> text.end().name()).orElse("")
                : result.schema().status().name();
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String why(GenerationResult result) {
        if (result.schema().isCompiled()) {
            return result.constrained()
                    .map(text -> text.error().isEmpty() ? "after " + text.tokens() + " tokens" : text.error())
                    .orElse("");
        }
        Reason first = result.schema().reasons().get(0);
        return first.keyword() + " at " + first.pointer() + ": " + first.reason();
    }
}
