package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.Table;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The comparison as a page.
 *
 * @param summary the figures
 * @param setting in words: cases, seed, machine
 */
public record InfillReport(InfillSummary summary, String setting) {

    private static final int LISTED = 200;

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("Infilling with diffusion models").text(setting);
        page.text(
                "Every canvas is free at first. Schemas are judged by an independent validator, grammars by a recogniser that"
                        + " knows no tokens. A canvas that no text fits is too short, which is known before the first pass; it does"
                        + " not count, and neither do schemas that are refused. Exact: masks of what some completion has, no text"
                        + " ever written again. Look-ahead and any-length: published ways to do without. Free: the model alone.");
        page.figures(figures());
        page.section("Strategies").table(summary.table());
        Set<String> models = new LinkedHashSet<>();
        summary.groups().keySet().forEach(group -> models.add(group.model()));
        page.chart(ends());
        page.section("Constraint time");
        models.forEach(model -> page.chart(distribution(model)));
        models.forEach(model -> page.chart(sizes(model)));
        List<TrialResult> failures = summary.exactFailures();
        page.section("Exact, and not valid").count(failures.size(), LISTED).table(failures(failures));
        page.section("Not compiled").chart(summary.refusedFor().chart("Keywords and errors, by trials.", "trials"));
        return page;
    }

    private Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("trials", String.valueOf(summary.trials()));
        for (InfillContender strategy : InfillContender.values()) {
            long run = 0;
            long valid = 0;
            for (Map.Entry<InfillSummary.Group, InfillSummary.Counts> entry :
                    summary.groups().entrySet()) {
                if (entry.getKey().strategy().equals(strategy.label())) {
                    run += entry.getValue().run;
                    valid += entry.getValue().valid;
                }
            }
            if (run > 0) {
                figures.put("valid, " + strategy.label(), Table.percent(valid, run));
            }
        }
        figures.put("complete, but not valid", String.valueOf(summary.wrong()));
        return figures;
    }

    private BarChart ends() {
        BarChart chart = BarChart.shares(
                "How canvases ended",
                "Of the trials that ran. Unfinished: slots were left for which the strategy had nothing.",
                "valid:good",
                "finished, not valid:bad",
                "unfinished:doubt",
                "out of time:worse",
                "limit or error:muted");
        summary.groups()
                .forEach((group, counts) -> chart.add(
                        group.shown(),
                        counts.valid,
                        counts.finished - counts.valid,
                        counts.count(TrialEnd.UNFINISHED),
                        counts.count(TrialEnd.TIMEOUT),
                        counts.count(TrialEnd.LIMIT) + counts.count(TrialEnd.ERROR)));
        return chart;
    }

    private LatencyChart distribution(String model) {
        LatencyChart chart = new LatencyChart(
                model + ": constraint time of a step",
                "The share of steps in which parsing and checking took this long or longer, both axes logarithmic.");
        summary.groups().forEach((group, counts) -> {
            if (group.model().equals(model)) {
                chart.add(group.strategy() + ", " + group.slots() + " slots", counts.steps);
            }
        });
        return chart;
    }

    private LineChart sizes(String model) {
        LineChart chart = LineChart.logarithmic(
                model + ": constraint time of a step against the size of the canvas",
                "Mean and 99th percentile over all steps of all trials.",
                "slots",
                "ms");
        summary.groups().forEach((group, counts) -> {
            if (group.model().equals(model) && counts.steps.count() > 0) {
                chart.add(group.strategy() + ", mean", group.slots(), counts.steps.mean() / 1e6);
                chart.add(group.strategy() + ", p99", group.slots(), counts.steps.percentile(99) / 1e6);
            }
        });
        return chart;
    }

    private static Table failures(List<TrialResult> failures) {
        Table table = Table.of("", "case", "model", "slots", "end", "why");
        for (TrialResult result : failures.subList(0, Math.min(LISTED, failures.size()))) {
            table = table.row(
                    result.key().source(),
                    result.key().model(),
                    result.key().slots(),
                    result.end().label(),
                    InfillSummary.why(result));
        }
        return table;
    }
}
