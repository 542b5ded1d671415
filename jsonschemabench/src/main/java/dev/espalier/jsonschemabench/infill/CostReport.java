package dev.espalier.jsonschemabench.infill;

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
 * What masks cost, as a page.
 *
 * @param summary the figures
 * @param setting in words: cases, tokenizer, machine
 */
public record CostReport(CostSummary summary, String setting) {

    private static final int LISTED = 200;

    /** A size, what all its masks should take at most on average, and what they must not exceed, in milliseconds. */
    private record Target(int slots, double wanted, double bar) {}

    private static final List<Target> TARGETS = List.of(new Target(256, 30, 100), new Target(1024, 150, 500));

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("What all masks of a canvas cost").text(setting);
        page.text(
                "Slots are committed one by one in random order, each to a random token of its mask. After each commit all"
                        + " masks of the canvas are asked for again: that is what is timed. Blank: the canvas is free at first. Gaps:"
                        + " every other eight slots of a written canvas are freed, the text between them stays. One parser for each"
                        + " canvas; its first reading, which walks over the vocabulary, is told apart.");
        page.figures(figures());
        page.section("Times and memory").table(summary.table());
        page.chart(sizes());
        Set<String> whats = new LinkedHashSet<>();
        summary.groups().keySet().forEach(group -> whats.add(group.what()));
        for (String what : whats) {
            for (CostForm form : CostForm.values()) {
                page.chart(distribution(what, form));
            }
        }
        page.chart(memory());
        List<CostResult> failures = summary.failures();
        page.section("Failed").count(failures.size(), LISTED).table(failures(failures));
        return page;
    }

    private Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        for (Target target : TARGETS) {
            summary.groups().forEach((group, counts) -> {
                if (group.slots() == target.slots() && counts.commits.count() > 0) {
                    figures.put(
                            group.shown() + ": mean (wanted " + (int) target.wanted() + ", bar " + (int) target.bar()
                                    + ")",
                            LatencyChart.time(counts.commits.mean()));
                }
            });
        }
        return figures;
    }

    private LineChart sizes() {
        LineChart chart = LineChart.logarithmic(
                "All masks after a commit against the size of the canvas",
                "Means and 99th percentiles over all commits.",
                "slots",
                "ms");
        summary.groups().forEach((group, counts) -> {
            if (counts.commits.count() > 0) {
                String line = group.what() + ", " + group.form().label();
                chart.add(line + ", mean", group.slots(), counts.commits.mean() / 1e6);
                chart.add(line + ", p99", group.slots(), counts.commits.percentile(99) / 1e6);
            }
        });
        for (Target target : TARGETS) {
            chart.add("wanted", target.slots(), target.wanted());
            chart.add("bar", target.slots(), target.bar());
        }
        return chart;
    }

    private LatencyChart distribution(String what, CostForm form) {
        LatencyChart chart = new LatencyChart(
                what + ", " + form.label() + ": all masks after a commit",
                "The share of commits after which all masks took this long or longer, both axes logarithmic.");
        summary.groups().forEach((group, counts) -> {
            if (group.what().equals(what) && group.form() == form) {
                chart.add(group.slots() + " slots", counts.commits);
            }
        });
        return chart;
    }

    private LineChart memory() {
        LineChart chart = LineChart.logarithmic(
                "Memory of a parser against the size of the canvas",
                "The most of any canvas: by the parser's own estimate, and on the heap when the canvas was done.",
                "slots",
                "MB");
        summary.groups().forEach((group, counts) -> {
            if (counts.commits.count() > 0) {
                String line = group.what() + ", " + group.form().label();
                chart.add(line + ", estimate", group.slots(), counts.estimate / 1e6);
                chart.add(line + ", heap", group.slots(), counts.heap / 1e6);
            }
        });
        return chart;
    }

    private static Table failures(List<CostResult> failures) {
        Table table = Table.of("", "case", "form", "slots", "why");
        for (CostResult result : failures.subList(0, Math.min(LISTED, failures.size()))) {
            table = table.row(result.source(), result.form().label(), result.slots(), CostSummary.why(result));
        }
        return table;
    }
}
