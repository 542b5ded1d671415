// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.scale.ScaleResult.Part;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What is shown of all experiments of scale.
 *
 * @param results of all experiments
 */
public record ScaleView(List<ScaleResult> results) {

    private static final List<Column<ScaleResult>> SHARED = List.of(
            Column.of("", ScaleResult::line),
            Column.of("threads", each -> (int) each.x()),
            Column.of("masks", each -> each.times(SharedTrial.MASK).count()),
            Column.of("masks a second", each -> Math.round(each.figure(SharedTrial.THROUGHPUT))),
            Column.of("µs a mask", each -> each.times(SharedTrial.MASK).mean() / 1e3),
            Column.of("p99", each -> each.times(SharedTrial.MASK).percentile(99) / 1e3),
            Column.of("waits", each -> (long) each.figure("waits for monitors")),
            Column.of("ms", each -> each.figure("waits for monitors, ms")),
            Column.of("pinned", each -> (long) each.figure("pinned virtual threads")),
            Column.of("ms", each -> each.figure("pinned virtual threads, ms")),
            Column.of("equal", ScaleView::yes));

    /** Sorts results; who worked alone stands first. */
    public ScaleView {
        results = results.stream()
                .sorted(Comparator.comparing(ScaleResult::part)
                        .thenComparing(ScaleView::order)
                        .thenComparing(ScaleResult::x))
                .toList();
    }

    private static String order(ScaleResult result) {
        boolean first = result.part() == Part.VOCABULARY
                || result.line().equals(BatchTrial.LOOP)
                || result.line().equals(SharedTrial.ALONE);
        return first ? "" : result.line();
    }

    private static String yes(ScaleResult result) {
        return result.figure(BatchTrial.EQUAL) == 1 ? "yes" : "NO";
    }

    private List<ScaleResult> of(Part part) {
        return results.stream().filter(result -> result.part() == part).toList();
    }

    /** Whether masks by several threads were those of one, wherever they were compared. */
    private boolean isEqual() {
        return results.stream()
                .allMatch(result -> result.part() != Part.BATCH && result.part() != Part.SHARED
                        || result.figure(BatchTrial.EQUAL) == 1);
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<String> failures = results.stream()
                .filter(result -> !result.failure().isEmpty())
                .map(result -> result.id() + ": " + result.failure())
                .toList();
        View view = new View("Scale", setting)
                .section("Many sequences at once")
                .text(
                        "Masks of sequences with different schemas, before each step of a batch. Cold: the first time along the"
                                + " texts, nothing is at hand. Warm: the second time.")
                .chart(batchChart());
        table(Table.of("Masks of a batch, µs a step", batch(), of(Part.BATCH)), view)
                .section("One schema, many threads")
                .text(
                        "Each thread writes a text of its own. Equal: all masks are those of one thread alone. Waits: for monitors;"
                                + " pinned: virtual threads that held their carrier while they waited.");
        table(Table.of("One schema for many threads", SHARED, of(Part.SHARED)), view);
        if (of(Part.SHARED).stream().noneMatch(result -> result.line().equals(SharedTrial.VIRTUAL))) {
            view.text("This Java machine has no virtual threads: run with JDK 21 or later for them.");
        }
        view.section("By the size of the vocabulary")
                .text("Instances of the corpus, the same texts with each tokenizer.")
                .chart(vocabulary());
        growth(Part.VOCABULARY, "tokens", view);
        view.section("By the size of the schema");
        charts(Part.SIZE, "size", view);
        growth(Part.SIZE, "size", view);
        view.section("By depth");
        charts(Part.DEPTH, "levels", view);
        growth(Part.DEPTH, "levels", view);
        failures.forEach(view::text);
        if (!failures.isEmpty()) {
            view.onTerminal(String.join(System.lineSeparator(), failures));
        }
        return view.member("equal", isEqual())
                .member("results", results.stream().map(ScaleView::members).toList())
                .member("failures", failures)
                .wrong(!isEqual());
    }

    /** Adds a table, on the terminal also one without rows. */
    private static View table(Table table, View view) {
        return view.onPage(table).onTerminal(table.toString().stripTrailing());
    }

    private static Map<String, Object> members(ScaleResult result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("part", result.part());
        members.put("line", result.line());
        members.put("x", result.x());
        members.putAll(result.figures());
        result.times().forEach((name, times) -> members.put(name + ", µs", times.figures()));
        return members;
    }

    private List<Column<ScaleResult>> batch() {
        return List.of(
                Column.of("", ScaleResult::line),
                Column.of("threads", each -> (int) each.x()),
                Column.of("cold: mean", each -> each.times(BatchTrial.COLD).mean() / 1e3),
                Column.of("p99", each -> each.times(BatchTrial.COLD).percentile(99) / 1e3),
                Column.of("speed-up", each -> faster(each, BatchTrial.COLD)),
                Column.of("warm: mean", each -> each.times(BatchTrial.WARM).mean() / 1e3),
                Column.of("p99", each -> each.times(BatchTrial.WARM).percentile(99) / 1e3),
                Column.of("speed-up", each -> faster(each, BatchTrial.WARM)),
                Column.of("equal", ScaleView::yes));
    }

    private String faster(ScaleResult result, String time) {
        double alone = of(Part.BATCH).get(0).times(time).mean();
        double mean = result.times(time).mean();
        return mean == 0 ? "-" : String.format(Locale.ROOT, "%.2f", alone / mean);
    }

    /** Adds a table of times against the size of a part. */
    private void growth(Part part, String x, View view) {
        List<Column<ScaleResult>> columns = List.of(
                Column.of("", ScaleResult::line),
                Column.of(x, each -> (int) each.x()),
                time("compile", GrowthTrial.COMPILE, LatencyHistogram::mean),
                time("first mask", GrowthTrial.FIRST, LatencyHistogram::mean),
                time("mask and commit: mean", GrowthTrial.MASK, LatencyHistogram::mean),
                time("p50", GrowthTrial.MASK, times -> (double) times.percentile(50)),
                time("p99", GrowthTrial.MASK, times -> (double) times.percentile(99)),
                time("max", GrowthTrial.MASK, times -> (double) times.max()));
        table(Table.of("µs, by " + x, columns, of(part)), view);
    }

    private static Column<ScaleResult> time(String header, String name, Function<LatencyHistogram, Double> figure) {
        return Column.of(
                header, each -> each.failure().isEmpty() ? figure.apply(each.times(name)) / 1e3 : (Object) "-");
    }

    private LineChart batchChart() {
        LineChart chart = LineChart.logarithmic(
                "A step of the batch", "Mean and 99th percentile of the time for all masks.", "threads", "µs");
        for (String name : List.of(BatchTrial.COLD, BatchTrial.WARM)) {
            for (ScaleResult result : of(Part.BATCH)) {
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
        for (ScaleResult result : of(Part.VOCABULARY)) {
            LatencyHistogram mask = result.times(GrowthTrial.MASK);
            chart.add(
                    GrowthTrial.FIRST + ", mean",
                    result.x(),
                    result.times(GrowthTrial.FIRST).mean() / 1e3);
            chart.add(GrowthTrial.MASK + ", mean", result.x(), mask.mean() / 1e3);
            chart.add(GrowthTrial.MASK + ", p99", result.x(), mask.percentile(99) / 1e3);
        }
        return chart;
    }

    /** Adds charts of times against the size of a part, a line a family. */
    private void charts(Part part, String x, View view) {
        for (String time : List.of(GrowthTrial.FIRST, GrowthTrial.MASK)) {
            LineChart chart =
                    LineChart.logarithmic(time + " against " + x, "Means over repetitions with empty caches.", x, "µs");
            of(part).stream()
                    .filter(result -> result.failure().isEmpty())
                    .forEach(result -> chart.add(
                            result.line(), result.x(), result.times(time).mean() / 1e3));
            view.chart(chart);
        }
    }
}
