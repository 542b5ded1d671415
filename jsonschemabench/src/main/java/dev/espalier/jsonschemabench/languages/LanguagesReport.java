package dev.espalier.jsonschemabench.languages;

import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What tokens of languages cost, as a page.
 *
 * @param summary the figures
 * @param setting in words: tokenizer, readings, machine
 */
public record LanguagesReport(LanguagesSummary summary, String setting) {

    /** A token of any language may take so many times as long as one of JSON. */
    private static final double WANTED = 5;

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("What tokens of languages cost").text(setting);
        page.text(
                "Each text is read token by token: a mask is made, and the token accepted. Every reading begins with empty"
                        + " caches; the least time of each token over the readings counts, so that collections and other programs are"
                        + " left out, but what is made for the first time is not.");
        page.figures(figures());
        page.section("Times").table(summary.times()).chart(distribution());
        page.section("By position")
                .text(
                        "Caches are empty at the beginning. What costs more at the end than in the middle grows with the text.")
                .table(summary.positions())
                .chart(positions());
        page.section("Counts")
                .text(
                        "Nodes of the vocabulary's tries that masks visited; bytes that were allocated; the heap after a collection"
                                + " with grammar, caches and matcher; distinct top states of the live stacks after each byte, and the sets"
                                + " that they are made of.")
                .table(summary.counts());
        for (LanguageResult result : summary.results()) {
            if (result.end() != LanguageResult.End.READ) {
                page.text(LanguagesSummary.why(result));
            }
        }
        return page;
    }

    private Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        for (LanguageResult result : summary.results()) {
            summary.ratio(result)
                    .ifPresent(ratio -> figures.put(
                            result.language().label() + ": times JSON's mean (wanted " + (int) WANTED + ")",
                            String.format(java.util.Locale.ROOT, "%.2f", ratio)));
        }
        return figures;
    }

    private LatencyChart distribution() {
        LatencyChart chart = new LatencyChart(
                "Mask and commit", "The share of tokens that took this long or longer, both axes logarithmic.");
        summary.results().forEach(result -> chart.add(result.language().label(), result.steps()));
        return chart;
    }

    private LineChart positions() {
        LineChart chart = LineChart.logarithmic(
                "Mask and commit by position", "Means over tenths of the text.", "tenth of the text", "µs");
        for (LanguageResult result : summary.results()) {
            for (int part = 0; part < result.parts().size(); part++) {
                chart.add(result.language().label(), part + 1, result.micros(part));
            }
        }
        return chart;
    }
}
