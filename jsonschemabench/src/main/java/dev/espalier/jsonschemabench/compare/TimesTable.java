package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * One measure of several engines on some schemas, and how many times as long it takes as with the first.
 *
 * @param measure what is timed
 * @param engines the times by engine, the first of which is what others are compared with
 */
record TimesTable(Measure measure, Map<String, LatencyHistogram> engines) {

    private static final Map<String, ToDoubleFunction<LatencyHistogram>> FIGURES = figures();

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

    /** The times of some runs. */
    static TimesTable of(Measure measure, List<EngineResults> all) {
        Map<String, LatencyHistogram> engines = new LinkedHashMap<>();
        all.forEach(one -> engines.put(one.name(), measure.of(one.results())));
        return new TimesTable(measure, engines);
    }

    /** Whether no engine has any time. */
    boolean isEmpty() {
        return engines.values().stream().allMatch(times -> times.count() == 0);
    }

    /** Counts, means, percentiles and longest times in microseconds. */
    Table times() {
        List<String> columns = new ArrayList<>(List.of("µs", "count"));
        columns.addAll(FIGURES.keySet());
        Table table = new Table(measure.shown(), columns);
        for (Map.Entry<String, LatencyHistogram> engine : engines.entrySet()) {
            List<Object> cells =
                    new ArrayList<>(List.of(engine.getKey(), engine.getValue().count()));
            FIGURES.values().forEach(of -> cells.add(micros(of.applyAsDouble(engine.getValue()))));
            table = table.row(cells.toArray());
        }
        return table;
    }

    /** Nanoseconds as microseconds, with two digits where one would say little. */
    static String micros(double nanos) {
        return String.format(Locale.ROOT, nanos < 10_000 ? "%.2f" : "%.1f", nanos / 1000);
    }

    /** The same figures, each divided by that of the first engine; no rows if there is only one. */
    Table ratios() {
        List<String> columns = new ArrayList<>(List.of(""));
        columns.addAll(FIGURES.keySet());
        Table table = new Table(measure.shown() + ", times as long as " + first(), columns);
        for (String engine : engines.keySet()) {
            if (!engine.equals(first())) {
                Object[] cells = new Object[FIGURES.size() + 1];
                cells[0] = engine;
                int column = 1;
                for (String figure : FIGURES.keySet()) {
                    double ratio = ratio(engine, figure);
                    cells[column++] = Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "-";
                }
                table = table.row(cells);
            }
        }
        return table;
    }

    /** How many times as long an engine takes as the first; infinite or not a number if that takes no time. */
    double ratio(String engine, String figure) {
        ToDoubleFunction<LatencyHistogram> of = FIGURES.get(figure);
        LatencyHistogram mine = engines.get(engine);
        LatencyHistogram firsts = engines.get(first());
        if (of == null || mine == null || firsts == null || mine.count() == 0) {
            return Double.NaN;
        }
        return of.applyAsDouble(mine) / of.applyAsDouble(firsts);
    }

    private String first() {
        return engines.keySet().iterator().next();
    }

    /** The distributions as curves. */
    LatencyChart chart(String title) {
        LatencyChart chart = new LatencyChart(
                title + ": " + measure.shown(),
                "The share of times that were this long or longer, both axes logarithmic: a curve crosses 1 % at its"
                        + " 99th percentile.");
        engines.forEach(chart::add);
        return chart;
    }

    /** Adds figures by engine: times in microseconds, and ratios to the first. */
    void write(ObjectNode node) {
        engines.forEach((engine, times) -> {
            ObjectNode of = node.withObjectProperty(engine).putObject(measure.member());
            of.put("count", times.count()).setAll((ObjectNode) times.figures());
            ObjectNode ratios = of.putObject("ratio_to_first");
            for (String figure : FIGURES.keySet()) {
                double ratio = ratio(engine, figure);
                if (Double.isFinite(ratio)) {
                    ratios.put(figure.replace(".", ""), Math.round(ratio * 1000) / 1000.0);
                }
            }
        });
    }
}
