// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.grammars;

import dev.espalier.jsonschemabench.hard.HardResult;
import dev.espalier.jsonschemabench.hard.HardResult.End;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is shown of grammar files: their masks beside JSON's, and beside those of other engines.
 *
 * @param results a result a grammar
 * @param others other runs of the same texts
 */
public record GrammarsView(List<HardResult> results, List<OtherEngine> others) {

    private static final String JSON = "json";
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

    /** How many times as long as JSON's mean a grammar's mean should be at most. */
    private static final int WANTED = 5;

    /** Copies the lists. */
    public GrammarsView {
        results = List.copyOf(results);
        others = List.copyOf(others);
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<HardResult> unread =
                results.stream().filter(each -> each.end() != End.READ).toList();
        View view = new View("What masks of grammars cost", setting)
                .text(
                        "Each valid text of a grammar is read token by token: a mask is made, and the token accepted. Cold: with a grammar"
                                + " compiled anew and empty caches, in which the texts share what is made; warm: the same texts again. Each step's"
                                + " least time of several runs counts.")
                .section("Masks")
                .table(Table.of("Masks, in µs", columns(), results))
                .chart(chart())
                .section("Other engines")
                .table(beside("Mask with empty caches: mean, in µs", HardResult.Times::mask))
                .table(beside("Mask of a text that was read before: mean, in µs", HardResult.Times::again))
                .table(compilations())
                .section("Slowest masks")
                .onPage(slowest())
                .member("grammars", results.size())
                .member("failed", unread.size())
                .member("texts", results.stream().map(this::members).toList())
                .wrong(!unread.isEmpty());
        unread.forEach(each -> view.text(why(each)).onTerminal(why(each)));
        others.forEach(other -> other.byId().values().stream()
                .filter(each -> each.end() != End.READ)
                .map(each -> other.name() + ": " + why(each))
                .forEach(line -> view.text(line).onTerminal(line)));
        return view;
    }

    private List<Column<HardResult>> columns() {
        return List.of(
                Column.both("grammar", HardResult::id),
                Column.member("end", HardResult::end),
                Column.of("judge", HardResult::title),
                Column.both("tokens", each -> each.times().mask().count()),
                Column.of("compile ms", "%.2f", each -> each.compile() / MILLI),
                Column.of("first mask ms", "%.2f", each -> each.firstMask() / MILLI),
                Column.of("cold mean", "%.2f", each -> each.times().mask().mean() / MICRO),
                Column.of("p50", "%.2f", each -> each.times().mask().percentile(50) / MICRO),
                Column.of("p99", "%.2f", each -> each.times().mask().percentile(99) / MICRO),
                Column.of("max", "%.2f", each -> each.times().mask().max() / MICRO),
                Column.of("of JSON's", each -> shown(ratio(each, HardResult.Times::mask))),
                Column.of("warm mean", "%.2f", each -> each.times().again().mean() / MICRO),
                Column.of("p50", "%.2f", each -> each.times().again().percentile(50) / MICRO),
                Column.of("p99", "%.2f", each -> each.times().again().percentile(99) / MICRO),
                Column.of("max", "%.2f", each -> each.times().again().max() / MICRO),
                Column.of("of JSON's", each -> shown(ratio(each, HardResult.Times::again))),
                Column.of("commit", "%.2f", each -> each.times().commit().mean() / MICRO),
                Column.of("above " + WANTED + " times JSON's", this::misses),
                Column.member("compile_us", each -> each.compile() / MICRO),
                Column.member("first_mask_us", each -> each.firstMask() / MICRO),
                Column.member("mask_us", each -> each.times().mask().figures()),
                Column.member("again_us", each -> each.times().again().figures()));
    }

    private Map<String, Object> members(HardResult result) {
        Map<String, Object> members = new LinkedHashMap<>(Column.members(columns(), result));
        ratio(result, HardResult.Times::mask).ifPresent(ratio -> members.put("cold_ratio_to_json", ratio));
        ratio(result, HardResult.Times::again).ifPresent(ratio -> members.put("warm_ratio_to_json", ratio));
        return members;
    }

    /** How many times as long a mask takes as one of JSON, on average; empty if JSON was not read. */
    private Optional<Double> ratio(HardResult result, Function<HardResult.Times, LatencyHistogram> which) {
        return results.stream()
                .filter(each ->
                        each.id().equals(JSON) && which.apply(each.times()).count() > 0)
                .map(json -> which.apply(result.times()).mean()
                        / which.apply(json.times()).mean())
                .findFirst();
    }

    private static String shown(Optional<Double> ratio) {
        return ratio.map(GrammarsView::two).orElse("-");
    }

    private String misses(HardResult result) {
        List<String> misses = new ArrayList<>();
        ratio(result, HardResult.Times::mask).filter(ratio -> ratio > WANTED).ifPresent(ratio -> misses.add("cold"));
        ratio(result, HardResult.Times::again).filter(ratio -> ratio > WANTED).ifPresent(ratio -> misses.add("warm"));
        return String.join(", ", misses);
    }

    private LatencyChart chart() {
        LatencyChart chart = new LatencyChart(
                "Masks with empty caches", "The share of masks that took this long or longer, both axes logarithmic.");
        results.forEach(each -> chart.add(each.id(), each.times().mask()));
        return chart;
    }

    /** A row a grammar, a column an engine; without rows if there is no other. */
    private Table beside(String caption, Function<HardResult.Times, LatencyHistogram> which) {
        return besideTable(caption, result -> {
            LatencyHistogram times = which.apply(result.times());
            return times.count() == 0 ? "-" : two(times.mean() / MICRO);
        });
    }

    private Table compilations() {
        return besideTable(
                "From a grammar's text to its first mask, in ms",
                result -> result.firstMask() == 0 ? "-" : two(result.firstMask() / MILLI));
    }

    private Table besideTable(String caption, Function<HardResult, String> figure) {
        List<String> names = new ArrayList<>(List.of("", "espalier"));
        others.forEach(other -> names.add(other.name()));
        Table table = new Table(caption, names);
        if (!others.isEmpty()) {
            for (HardResult result : results) {
                List<Object> row = new ArrayList<>(List.of(result.id(), figure.apply(result)));
                others.forEach(other -> row.add(Optional.ofNullable(other.byId().get(result.id()))
                        .map(each -> each.end() == End.READ
                                ? figure.apply(each)
                                : each.end().name().toLowerCase(Locale.ROOT))
                        .orElse("-")));
                table.row(row.toArray());
            }
        }
        return table;
    }

    private Table slowest() {
        Table table = Table.of("Masks that took longest, with empty caches", "", "µs", "trie nodes", "text before");
        for (HardResult each : results) {
            each.slowest().forEach(slow -> table.row(each.id(), slow.nanos() / MICRO, slow.nodes(), slow.before()));
        }
        return table;
    }

    private static String why(HardResult result) {
        String reason =
                result.reasons().isEmpty() ? "" : ": " + result.reasons().get(0).reason();
        return result.id() + " " + result.end().name().toLowerCase(Locale.ROOT) + reason;
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
