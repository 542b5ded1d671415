package dev.espalier.jsonschemabench.scale;

import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import java.util.List;

/**
 * The experiments of scale as a page.
 *
 * @param summary the figures
 * @param setting in words: corpus, tokenizers, numbers, machine
 */
public record ScaleReport(ScaleSummary summary, String setting) {

    private static final List<String> TIMES = List.of(GrowthTrial.FIRST, GrowthTrial.MASK);

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("Scale").text(setting);
        page.section("Many sequences at once")
                .text(
                        "Masks of sequences with different schemas, before each step of a batch. Cold: the first time along the"
                                + " texts, nothing is at hand. Warm: the second time.")
                .chart(batch())
                .table(summary.batch());
        page.section("One schema, many threads")
                .text(
                        "Each thread writes a text of its own. Equal: all masks are those of one thread alone. Waits: for monitors;"
                                + " pinned: virtual threads that held their carrier while they waited.")
                .table(summary.shared());
        if (summary.of(ScaleResult.Part.SHARED).stream()
                .noneMatch(result -> result.line().equals(SharedTrial.VIRTUAL))) {
            page.text("This Java machine has no virtual threads: run with JDK 21 or later for them.");
        }
        page.section("By the size of the vocabulary")
                .text("Instances of the corpus, the same texts with each tokenizer.")
                .chart(vocabulary())
                .table(summary.growth(ScaleResult.Part.VOCABULARY, "tokens"));
        page.section("By the size of the schema")
                .chart(growth(ScaleResult.Part.SIZE, "size", GrowthTrial.FIRST))
                .chart(growth(ScaleResult.Part.SIZE, "size", GrowthTrial.MASK))
                .table(summary.growth(ScaleResult.Part.SIZE, "size"));
        page.section("By depth")
                .chart(growth(ScaleResult.Part.DEPTH, "levels", GrowthTrial.FIRST))
                .chart(growth(ScaleResult.Part.DEPTH, "levels", GrowthTrial.MASK))
                .table(summary.growth(ScaleResult.Part.DEPTH, "levels"));
        summary.failures().forEach(page::text);
        return page;
    }

    private LineChart batch() {
        LineChart chart = LineChart.logarithmic(
                "A step of the batch", "Mean and 99th percentile of the time for all masks.", "threads", "µs");
        for (String name : List.of(BatchTrial.COLD, BatchTrial.WARM)) {
            for (ScaleResult result : summary.of(ScaleResult.Part.BATCH)) {
                String line = result.line() + ", " + name;
                chart.add(line + ", mean", result.x(), result.times(name).mean() / 1e3);
                chart.add(line + ", p99", result.x(), result.times(name).percentile(99) / 1e3);
            }
        }
        return chart;
    }

    private LineChart vocabulary() {
        LineChart chart = LineChart.logarithmic(
                "Times against the size of the vocabulary", "Means, and the 99th percentile of masks.", "tokens", "µs");
        for (ScaleResult result : summary.of(ScaleResult.Part.VOCABULARY)) {
            for (String name : TIMES) {
                chart.add(name + ", mean", result.x(), result.times(name).mean() / 1e3);
            }
            chart.add(
                    GrowthTrial.MASK + ", p99",
                    result.x(),
                    result.times(GrowthTrial.MASK).percentile(99) / 1e3);
        }
        return chart;
    }

    private LineChart growth(ScaleResult.Part part, String x, String time) {
        LineChart chart =
                LineChart.logarithmic(time + " against " + x, "Means over repetitions with empty caches.", x, "µs");
        for (String line : summary.lines(part)) {
            for (ScaleResult result : summary.of(part)) {
                if (result.line().equals(line) && result.failure().isEmpty()) {
                    chart.add(line, result.x(), result.times(time).mean() / 1e3);
                }
            }
        }
        return chart;
    }
}
