// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is shown of samplers: a part for each case, by sampler and number of calls.
 *
 * @param names cases in the order in which they are shown; what other cases have is left out
 * @param results of all cases
 */
public record SamplersView(List<String> names, List<SamplerResult> results) {

    private static final List<Column<SamplerResult>> DETAILS = List.of(
            Column.of("sampler", SamplerResult::sampler),
            Column.of("guarantee", SamplerResult::guarantee),
            Column.of("calls allowed", SamplerResult::budget),
            Column.of("calls", each -> each.calls().mean()),
            Column.of("repetitions with a text", SamplersView::found),
            Column.of("KL", each -> mean(each.divergence(), 5)),
            Column.of("± KL", each -> error(each.divergence(), 5)),
            Column.of("TV", each -> mean(each.distance(), 5)),
            Column.of("± TV", each -> error(each.distance(), 5)),
            Column.of("TV of two", each -> mean(each.disagreement(), 5)),
            Column.of("Ẑ/Z", each -> mean(each.relativeEvidence(), 5)),
            Column.of("± Ẑ/Z", each -> error(each.relativeEvidence(), 5)),
            Column.of("samples", each -> each.samples().mean()),
            Column.of("accepted", SamplersView::accepted),
            Column.of("checks", each -> Math.round(each.predicateCalls().mean())),
            Column.of("ms", each -> each.millis().mean()));

    private static String found(SamplerResult result) {
        int found = result.exact().isPresent() ? result.divergence().count() : result.repetitions();
        return found + " of " + result.repetitions();
    }

    private static String accepted(SamplerResult result) {
        return result.acceptance().isKnown() ? Table.percent(result.acceptance().mean(), 1) : "-";
    }

    private static String mean(Figure figure, int digits) {
        return figure.isKnown() ? String.format(Locale.ROOT, "%." + digits + "f", figure.mean()) : "-";
    }

    private static String error(Figure figure, int digits) {
        return mean(new Figure(figure.error(), 0, figure.count()), digits);
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        Map<String, Object> members = new LinkedHashMap<>();
        View view = new View("Samplers at equal calls of the model", setting)
                .text(
                        "Exact: independent samples of the model's law restricted to the language, for a number of samples that is"
                                + " fixed; a number of calls, as here, favours slightly what is accepted soon. Weighted: right by their"
                                + " weights, averages of which are unbiased. Asymptotic: right in the limit of long chains, here of ten steps,"
                                + " and so off by a remainder that more samples do not take away. Heuristic: no claim. A divergence has a"
                                + " floor for every sampler, since a few samples are never the law itself.")
                .text(
                        "A call is one law of the next token. What a sampler has begun when its calls are used up it finishes;"
                                + " enumeration alone is cut off, and has no sample before it is through.")
                .member("cases", members);
        for (String name : names) {
            List<SamplerResult> some = results.stream()
                    .filter(result -> result.language().equals(name))
                    .sorted(Comparator.comparing(SamplerResult::sampler).thenComparing(SamplerResult::budget))
                    .toList();
            if (!some.isEmpty()) {
                view.section(name)
                        .chart(errors(name, some))
                        .chart(evidence(name, some))
                        .onPage(Table.of("All figures: means and standard errors over repetitions", DETAILS, some))
                        .onTerminal(table(name, some));
                members.put(name, members(some));
            }
        }
        return view;
    }

    private static boolean isExact(List<SamplerResult> results) {
        return results.stream().anyMatch(result -> result.exact().isPresent());
    }

    /** How far each sampler is off in a case, for each number of calls; then more about the most calls. */
    private static Table table(String name, List<SamplerResult> results) {
        String what = isExact(results)
                ? ": KL divergence (nats) from the exact law"
                : ": distance (TV) of two estimates from each other, the exact law being unknown";
        Collection<TreeMap<Integer, SamplerResult>> samplers = results.stream()
                .collect(Collectors.groupingBy(
                        SamplerResult::sampler,
                        TreeMap::new,
                        Collectors.toMap(SamplerResult::budget, one -> one, (one, other) -> one, TreeMap::new)))
                .values();
        List<Column<TreeMap<Integer, SamplerResult>>> columns = new ArrayList<>();
        columns.add(Column.of("sampler", own -> last(own).sampler()));
        columns.add(Column.of("guarantee", own -> last(own).guarantee()));
        results.stream()
                .map(SamplerResult::budget)
                .distinct()
                .sorted()
                .forEach(budget -> columns.add(Column.of(
                        String.valueOf(budget),
                        own -> own.containsKey(budget) ? mean(own.get(budget).error(), 5) : "-")));
        columns.add(Column.of("Ẑ/Z", own -> mean(last(own).relativeEvidence(), 3)));
        columns.add(Column.of("±", own -> error(last(own).relativeEvidence(), 3)));
        columns.add(Column.of("samples", own -> last(own).samples().mean()));
        columns.add(Column.of("accepted", own -> accepted(last(own))));
        columns.add(
                Column.of("checks", own -> Math.round(last(own).predicateCalls().mean())));
        columns.add(Column.of("ms", own -> last(own).millis().mean()));
        return Table.of(name + what + ", by calls; the rest at the most calls", columns, samplers);
    }

    private static SamplerResult last(TreeMap<Integer, SamplerResult> own) {
        return own.lastEntry().getValue();
    }

    /** {@code {sampler: {calls: {"kl" or "tv_between_two", "evidence_ratio"}}}}. */
    private static Map<String, Map<Integer, Map<String, Double>>> members(List<SamplerResult> results) {
        Map<String, Map<Integer, Map<String, Double>>> members = new LinkedHashMap<>();
        for (SamplerResult result : results) {
            Map<String, Double> figures = new LinkedHashMap<>();
            if (result.error().isKnown()) {
                figures.put(
                        result.exact().isPresent() ? "kl" : "tv_between_two",
                        result.error().mean());
            }
            if (result.relativeEvidence().isKnown()) {
                figures.put("evidence_ratio", result.relativeEvidence().mean());
            }
            members.computeIfAbsent(result.sampler().labelWithGuarantee(), unused -> new LinkedHashMap<>())
                    .put(result.budget(), figures);
        }
        return members;
    }

    private static LineChart errors(String name, List<SamplerResult> results) {
        LineChart chart = isExact(results)
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
        results.stream()
                .filter(result -> result.error().isKnown())
                .forEach(result -> chart.add(
                        result.sampler().labelWithGuarantee(),
                        result.calls().mean(),
                        result.error().mean()));
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
