package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.SizeChart;
import dev.espalier.jsonschemabench.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison as a page.
 *
 * @param comparison the figures
 */
public record ComparisonReport(Comparison comparison) {

    private static final List<String> COLOURS = List.of("good", "bad", "fine", "doubt", "worse", "muted");

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("Engines side by side");
        comparison.setting().forEach(page::text);
        page.figures(figures());
        page.section("Verdicts").chart(coverage());
        comparison.verdicts().forEach(page::table);
        page.table(comparison.differences());
        for (Part part : comparison.parts()) {
            page.section(part.heading());
            if (part.schemas() > 0) {
                part.times().stream()
                        .filter(times -> !times.isEmpty())
                        .forEach(times -> page.chart(times.chart(part.title())).table(times.ratios()));
            }
        }
        page.section("Time to first mask against schema size").chart(sizes());
        Table cases = comparison.casesTable();
        if (!cases.rows().isEmpty()) {
            page.section("Cases").table(cases);
        }
        page.section("What kept schemas from running");
        comparison.refusedFor().forEach((engine, counts) -> page.table(Comparison.reasons(engine, counts)));
        return page;
    }

    private Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        Part common = comparison.parts().get(0);
        for (TimesTable times : common.times()) {
            boolean shown = times.measure() == Measure.STEP || times.measure() == Measure.FIRST_MASK;
            if (shown && !times.isEmpty()) {
                times.engines()
                        .forEach((engine, histogram) -> figures.put(
                                engine + ", mean " + times.measure().shown(), LatencyChart.time(histogram.mean())));
            }
        }
        return figures;
    }

    private BarChart coverage() {
        BarChart chart = BarChart.shares(
                "Coverage",
                "Of the schemas that each engine tried; one passes when it compiles, every valid instance is accepted"
                        + " and every invalid one refused.",
                "passing:good",
                "wrong verdict:bad",
                "refused:doubt",
                "error:worse",
                "timeout:muted");
        for (EngineResults one : comparison.engines()) {
            Verdicts verdicts = Verdicts.of(one.results());
            chart.add(
                    one.name(),
                    verdicts.passing(),
                    verdicts.wrong(),
                    verdicts.refused(),
                    verdicts.errors(),
                    verdicts.timeouts());
        }
        return chart;
    }

    private SizeChart sizes() {
        List<EngineResults> shown =
                comparison.engines().stream().limit(COLOURS.size()).toList();
        String[] groups = new String[shown.size()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = shown.get(i).name().replace(':', ' ') + ":" + COLOURS.get(i);
        }
        SizeChart chart = new SizeChart(
                "Time to first mask",
                "From a schema's text to the first mask, a point a schema that all compiled.",
                groups);
        for (EngineResults one : shown) {
            for (SchemaResult result : one.only(comparison.ground().compiled()).results()) {
                chart.add(
                        one.name().replace(':', ' '),
                        result.id(),
                        result.schema().schemaBytes(),
                        result.firstMaskNanos());
            }
        }
        return chart;
    }
}
