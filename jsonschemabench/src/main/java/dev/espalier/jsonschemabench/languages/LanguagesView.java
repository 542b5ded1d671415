// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import dev.espalier.jsonschemabench.languages.LanguageResult.End;
import dev.espalier.jsonschemabench.languages.LanguageResult.Part;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What is shown of languages: what tokens cost, beside those of JSON.
 *
 * @param results a result a text
 */
public record LanguagesView(List<LanguageResult> results) {

    /** A token of any language may take so many times as long as one of JSON. */
    private static final int WANTED = 5;

    private static final int LAST = TextReading.PARTS - 1;

    private static final List<Column<LanguageResult>> COUNTS = List.of(
            Column.of("", LanguageResult::id),
            Column.of("nodes a token", each -> perToken(each, Part::nodes, 0)),
            Column.of("nodes, most", LanguageResult::mostNodes),
            Column.of("nodes, last tenth", each -> perToken(each, Part::nodes, LAST)),
            Column.of("allocated a token", each -> perToken(each, Part::allocated, 0)),
            Column.of("… last tenth", each -> perToken(each, Part::allocated, LAST)),
            Column.of("held, MB", each -> (each.heapFirstHalf() + each.heapSecondHalf()) / 1e6),
            Column.of(
                    "held a character, second half",
                    each -> each.heapSecondHalf() / Math.max(1.0, each.characters() / 2.0)),
            Column.of("tops, mean", "%.2f", each -> each.stacks().meanTops()),
            Column.of("tops, most", each -> each.stacks().mostTops()),
            Column.of("sets, most", each -> each.stacks().nodes()),
            Column.of("sets at the end", each -> each.stacks().lastNodes()));

    /** In the order of the languages. */
    public LanguagesView {
        results = results.stream()
                .sorted(Comparator.comparing(LanguageResult::language))
                .toList();
    }

    private static double perToken(LanguageResult result, ToLongFunction<Part> figure, int from) {
        List<Part> parts = result.parts()
                .subList(Math.min(from, result.parts().size()), result.parts().size());
        long tokens = parts.stream().mapToInt(Part::tokens).sum();
        return (double) parts.stream().mapToLong(figure).sum() / Math.max(1, tokens);
    }

    /** How many times as long a token takes as one of JSON, on average; empty if JSON was not read. */
    private Optional<Double> ratio(LanguageResult result) {
        return results.stream()
                .filter(one -> one.language() == Language.JSON && one.steps().count() > 0)
                .map(json -> result.steps().mean() / json.steps().mean())
                .findFirst();
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<LanguageResult> failed =
                results.stream().filter(result -> result.end() != End.READ).toList();
        View view = new View("What tokens of languages cost", setting)
                .text(
                        "Each text is read token by token: a mask is made, and the token accepted. Every reading begins with empty"
                                + " caches; the least time of each token over the readings counts, so that collections and other programs are"
                                + " left out, but what is made for the first time is not.")
                .section("Times")
                .table(Table.of("Mask and commit of a token, in µs", times(), results))
                .chart(distribution())
                .section("By position")
                .text(
                        "Caches are empty at the beginning. What costs more at the end than in the middle grows with the text.")
                .table(Table.of("Mean of mask and commit in each tenth of the text, in µs", positions(), results))
                .chart(byPosition())
                .section("Counts")
                .text(
                        "Nodes of the vocabulary's tries that masks visited; bytes that were allocated; the heap after a collection"
                                + " with grammar, caches and matcher; distinct top states of the live stacks after each byte, and the sets"
                                + " that they are made of.")
                .table(Table.of("Counted: trie nodes, bytes, sets of stacks", COUNTS, results))
                .member("languages", results.size())
                .member("failed", failed.size())
                .member("texts", results.stream().map(this::members).toList())
                .wrong(!failed.isEmpty());
        for (LanguageResult result : results) {
            ratio(result)
                    .ifPresent(ratio -> view.figure(
                            result.id() + ": times JSON's mean (wanted " + WANTED + ")",
                            String.format(Locale.ROOT, "%.2f", ratio)));
        }
        failed.forEach(result -> view.text(why(result)).onTerminal(why(result)));
        return view;
    }

    private Map<String, Object> members(LanguageResult result) {
        Map<String, Object> members = Column.members(times(), result);
        ratio(result).ifPresent(ratio -> members.put("ratio_to_json", ratio));
        return members;
    }

    private List<Column<LanguageResult>> times() {
        return List.of(
                Column.member("language", LanguageResult::id),
                Column.member("origin", LanguageResult::origin),
                Column.member("end", LanguageResult::end),
                Column.of("", LanguagesView::name),
                Column.both("characters", LanguageResult::characters),
                Column.member("tokens", LanguageResult::tokens),
                Column.of("tokens", LanguageResult::read),
                Column.member("compile_us", each -> each.compileNanos() / 1e3),
                Column.of("compile, ms", each -> each.compileNanos() / 1e6),
                Column.of("first mask, ms", each -> each.firstMaskNanos() / 1e6),
                Column.of("mean", "%.2f", each -> each.steps().mean() / 1e3),
                Column.of("p50", "%.2f", each -> each.steps().percentile(50) / 1e3),
                Column.of("p99", "%.2f", each -> each.steps().percentile(99) / 1e3),
                Column.of("p99.9", "%.2f", each -> each.steps().percentile(99.9) / 1e3),
                Column.of("max", "%.2f", each -> each.steps().max() / 1e3),
                Column.of(
                        "of JSON's mean",
                        each -> ratio(each)
                                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                .orElse("-")),
                Column.member("step_us", each -> each.steps().figures()));
    }

    private static List<Column<LanguageResult>> positions() {
        List<Column<LanguageResult>> columns = new ArrayList<>(List.of(Column.of("", LanguageResult::id)));
        IntStream.range(0, TextReading.PARTS)
                .forEach(part -> columns.add(Column.of(
                        part + 1 + "/" + TextReading.PARTS,
                        each -> each.parts().isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", each.micros(part)))));
        return columns;
    }

    private LatencyChart distribution() {
        LatencyChart chart = new LatencyChart(
                "Mask and commit", "The share of tokens that took this long or longer, both axes logarithmic.");
        results.forEach(result -> chart.add(result.id(), result.steps()));
        return chart;
    }

    private LineChart byPosition() {
        LineChart chart = LineChart.logarithmic(
                "Mask and commit by position", "Means over tenths of the text.", "tenth of the text", "µs");
        for (LanguageResult result : results) {
            for (int part = 0; part < result.parts().size(); part++) {
                chart.add(result.id(), part + 1, result.micros(part));
            }
        }
        return chart;
    }

    private static String name(LanguageResult result) {
        return result.id() + " (" + result.origin() + ")";
    }

    private static String why(LanguageResult result) {
        return name(result) + ": " + result.reasons().get(0).keyword() + ": "
                + result.reasons().get(0).reason();
    }
}
