package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReportPage;

/**
 * A run as a page.
 *
 * @param summary what was found
 * @param setting in words: seed, tokenizer, limits, machine
 */
public record UnseenReport(UnseenSummary summary, String setting) {

    /** The page. */
    public ReportPage page() {
        ReportPage page =
                new ReportPage("Input that nobody has seen").text(setting).figures(summary.figures());
        page.section("Compilations").table(summary.statusTable());
        LatencyChart chart = new LatencyChart(
                "Latency distributions",
                "The share of steps that took this long or longer, both axes logarithmic. Times of masks and commits are the"
                        + " processor's.");
        summary.times().forEach(chart::add);
        page.section("Times").chart(chart).table(summary.timesTable()).table(summary.slowTable());
        page.section("Faults").count(summary.faults().size(), Integer.MAX_VALUE).table(summary.faultTable());
        return page.section("Validators that do not agree").table(summary.splitTable());
    }
}
