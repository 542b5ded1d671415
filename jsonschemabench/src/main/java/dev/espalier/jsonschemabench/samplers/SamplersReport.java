package dev.espalier.jsonschemabench.samplers;

import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import java.util.List;

/**
 * The comparison as a page.
 *
 * @param summary the figures
 * @param setting in words: cases, calls, seed, machine
 */
public record SamplersReport(SamplersSummary summary, String setting) {

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("Samplers at equal calls of the model").text(setting);
        page.text(
                "Exact: independent samples of the model's law restricted to the language, for a number of samples that is"
                        + " fixed; a number of calls, as here, favours slightly what is accepted soon. Weighted: right by their"
                        + " weights, averages of which are unbiased. Asymptotic: right in the limit of long chains, here of ten steps,"
                        + " and so off by a remainder that more samples do not take away. Heuristic: no claim. A divergence has a"
                        + " floor for every sampler, since a few samples are never the law itself.");
        page.text(
                "A call is one law of the next token. What a sampler has begun when its calls are used up it finishes;"
                        + " enumeration alone is cut off, and has no sample before it is through.");
        summary.cases()
                .forEach((name, results) -> page.section(name)
                        .chart(errors(name, results))
                        .chart(evidence(name, results))
                        .table(summary.details(name)));
        return page;
    }

    private static LineChart errors(String name, List<SamplerResult> results) {
        boolean isExact = results.stream().anyMatch(result -> result.exact().isPresent());
        LineChart chart = isExact
                ? LineChart.logarithmic(
                        name + ": divergence from the exact law",
                        "Kullback–Leibler divergence of the samples' law from the model's law restricted to the language, in"
                                + " nats, against calls; means of the repetitions that found a text.",
                        "calls of the model",
                        "KL")
                : LineChart.logarithmic(
                        name + ": distance of two estimates",
                        "The language is too large to be enumerated. Total variation distance between the laws of two"
                                + " independent repetitions, not from the true law: an equal bias of both does not show.",
                        "calls of the model",
                        "TV");
        for (SamplerResult result : results) {
            if (result.error().isKnown()) {
                chart.add(
                        result.sampler().labelWithGuarantee(),
                        result.calls().mean(),
                        result.error().mean());
            }
        }
        return chart;
    }

    private static LineChart evidence(String name, List<SamplerResult> results) {
        LineChart chart = LineChart.withErrors(
                name + ": estimates of Z",
                "The estimate of the probability that the model by itself writes a text of the language, as a part of the true"
                        + " one: 1 is right. Bars: two standard errors of the mean over repetitions to each side.",
                "calls of the model",
                "Ẑ/Z");
        for (SamplerResult result : results) {
            Figure ratio = result.relativeEvidence();
            if (ratio.isKnown() && result.sampler() != Contender.UNWEIGHTED) {
                chart.add(
                        result.sampler().labelWithGuarantee(), result.calls().mean(), ratio.mean(), 2 * ratio.error());
            }
        }
        return chart;
    }
}
