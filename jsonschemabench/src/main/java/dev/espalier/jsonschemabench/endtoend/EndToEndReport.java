package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the constraint costs and saves from end to end, as a page.
 *
 * @param summary the figures
 * @param setting in words: models, machine
 */
public record EndToEndReport(EndToEndSummary summary, String setting) {

    private static final double MICRO = 1e3;

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("What the constraint costs and saves, from end to end").text(setting);
        page.text(
                "Every way of decoding writes the same texts with the same model, token by token: the model computes all"
                        + " its logits, of which one is raised so that the dictated text comes of it. Free: a plain greedy loop that"
                        + " knows no constraint. Masked: the mask of each token is computed while the forward pass runs. Weighed: the log"
                        + " probability of each token is told, too, which takes an exponential for every id. Mask after pass:"
                        + " the same on one thread, one after the other. Cold: every round begins without any mask. Forced text:"
                        + " what can only come next is committed in canonical tokens and read in one pass. All ways take turns; ratios"
                        + " are of neighbours in time.");
        page.figures(figures());
        page.section("Time per token").table(summary.tokens());
        summary.models().forEach(model -> page.chart(shares(model)));
        page.section("Time per text, and forced text").table(summary.texts());
        summary.models().forEach(model -> page.chart(texts(model)));
        return page;
    }

    private Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        for (EndToEndResult result : summary.results()) {
            String where = result.model() + ", " + result.batch() + " at a time: ";
            if (result.way() == Way.MASKED) {
                figures.put(where + "a token to free", EndToEndSummary.percent(summary.overhead(result)));
            } else if (result.way() == Way.FORCED) {
                figures.put(
                        where + "a text with forced text",
                        String.format(Locale.ROOT, "%.2f times free", summary.textRatio(result)));
            }
        }
        return figures;
    }

    private BarChart shares(String model) {
        BarChart chart = BarChart.shares(
                "Where the time of a token goes: " + model,
                "After the prompt; counts are µs per token, rounded up.",
                "forward pass:good",
                "waiting for the mask:bad",
                "choosing and accepting:fine",
                "rest:muted");
        for (EndToEndResult result : summary.results()) {
            if (result.way() != Way.FORCED && result.model().equals(model)) {
                chart.add(
                        name(result),
                        micros(EndToEndResult.median(result.forward())),
                        micros(EndToEndResult.median(result.waiting())),
                        micros(EndToEndResult.median(result.choosing())),
                        micros(EndToEndSummary.rest(result)));
            }
        }
        return chart;
    }

    private BarChart texts(String model) {
        BarChart chart = BarChart.counts("Time per text: " + model, "Microseconds, the prompt included.", "µs");
        for (EndToEndResult result : summary.results()) {
            if (result.model().equals(model)) {
                chart.add(name(result), micros(EndToEndResult.median(result.total())));
            }
        }
        return chart;
    }

    private static String name(EndToEndResult result) {
        return result.batch() + " at a time, " + result.way().label();
    }

    private static long micros(double nanos) {
        return (long) Math.ceil(nanos / MICRO);
    }
}
