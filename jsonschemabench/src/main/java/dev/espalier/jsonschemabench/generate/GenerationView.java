// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.jsonschemabench.generate.Writing.End;
import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.SizeChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is shown of generated instances. Declared coverage is the share of schemas that compiled; empirical coverage the share with
 * a complete, valid text; compliance the share of valid ones among declared.
 *
 * @param results a result a schema
 */
public record GenerationView(List<GenerationResult> results) {

    private static final int LISTED = 200;

    private static long compiled(Group<String, GenerationResult> group) {
        return group.count(each -> each.schema().isCompiled());
    }

    private static long valid(Group<String, GenerationResult> group) {
        return group.count(GenerationResult::isCovered);
    }

    private static long wrong(Group<String, GenerationResult> group) {
        return group.count(GenerationResult::isWrong);
    }

    /** Schemas of one data set, or of all. */
    private static final List<Column<Group<String, GenerationResult>>> COVERAGE = List.of(
            Column.of("data set", Group::key),
            Column.both("schemas", Group::size),
            Column.both("compiled", GenerationView::compiled),
            Column.member(
                    "checked_at_end",
                    group -> group.count(each -> !each.schema().checkedAtEnd().isEmpty())),
            Column.both("complete", group -> group.count(GenerationResult::isComplete)),
            Column.both("valid", GenerationView::valid),
            Column.member("complete_invalid", GenerationView::wrong),
            Column.of("declared", group -> Table.percent(compiled(group), group.size())),
            Column.of("empirical", group -> Table.percent(valid(group), group.size())),
            Column.of("compliance", group -> Table.percent(valid(group), compiled(group))),
            Column.member("declared_coverage", group -> share(compiled(group), group.size())),
            Column.member("empirical_coverage", group -> share(valid(group), group.size())),
            Column.member("compliance", group -> share(valid(group), compiled(group))));

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : Math.round(1e6 * part / whole) / 1e6;
    }

    private static long ended(Group<String, Writing> texts, End end) {
        return texts.count(text -> text.end() == end);
    }

    /** Texts written with, or without, the constraint. */
    private static final List<Column<Group<String, Writing>>> TEXTS = List.of(
            Column.of("", Group::key),
            Column.both("texts", Group::size),
            Column.both("complete", texts -> ended(texts, End.COMPLETE)),
            Column.both("valid", texts -> texts.count(Writing::isValid)),
            Column.both("cut", texts -> ended(texts, End.CUT)),
            Column.both("dead end", texts -> ended(texts, End.DEAD_END)),
            Column.both("timeout", texts -> ended(texts, End.TIMEOUT)),
            Column.both("error", texts -> ended(texts, End.ERROR)),
            Column.member("complete_invalid", texts -> ended(texts, End.COMPLETE) - texts.count(Writing::isValid)),
            Column.both("tokens", texts -> texts.sum(Writing::tokens)),
            Column.of("forced", texts -> texts.sum(Writing::forcedTokens)),
            Column.member("forced_tokens", texts -> texts.sum(Writing::forcedTokens)),
            Column.member(
                    "first_token_us",
                    texts -> texts.times(Writing::firstTokenNanos).figures()),
            Column.member("token_us", texts -> texts.times(Writing::tokenNanos).figures()));

    private static final List<Column<GenerationResult>> WRONG = List.of(
            Column.of("schema", GenerationResult::id),
            Column.of("what the validator says", each -> text(each, Writing::faults)),
            Column.of("text", each -> text(each, Writing::text)));

    private static final List<Column<GenerationResult>> UNFINISHED = List.of(
            Column.of("schema", GenerationResult::id),
            Column.of("end", GenerationView::end),
            Column.of("why", GenerationView::why));

    private static String text(GenerationResult result, Function<Writing, String> what) {
        return result.constrained().map(what).orElse("");
    }

    private static String end(GenerationResult result) {
        String name = result.schema().isCompiled()
                ? text(result, text -> text.end().name())
                : result.schema().status().name();
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String why(GenerationResult result) {
        if (result.schema().isCompiled()) {
            return text(result, text -> text.error().isEmpty() ? "after " + text.tokens() + " tokens" : text.error());
        }
        Reason first = result.schema().reasons().get(0);
        return first.keyword() + " at " + first.pointer() + ": " + first.reason();
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        Group<String, GenerationResult> total = new Group<>("total", results);
        List<Group<String, GenerationResult>> datasets =
                Group.by(each -> each.schema().shownDataset(), results).stream()
                        .sorted(Comparator.comparing(Group::key))
                        .toList();
        List<Group<String, GenerationResult>> rows = new ArrayList<>(datasets);
        rows.add(total);
        Group<String, Writing> constrained = texts("constrained", GenerationResult::constrained);
        Group<String, Writing> free = texts("unconstrained", GenerationResult::free);
        boolean both = !free.results().isEmpty();
        LatencyHistogram compile = total.only(each -> each.schema().isCompiled())
                .times(each -> each.schema().compileNanos());
        ReasonCounts refusedFor = new ReasonCounts();
        results.forEach(each -> refusedFor.add(each.schema().reasons()));
        Map<String, LatencyHistogram> times = new LinkedHashMap<>();
        times.put("grammar compile time", compile);
        times.put("time to first token", constrained.times(Writing::firstTokenNanos));
        times.put("time per output token", constrained.times(Writing::tokenNanos));
        View view = new View("Generation under JSON Schemas", setting)
                .figure("schemas", results.size())
                .figure("declared coverage", Table.percent(compiled(total), results.size()))
                .figure("empirical coverage", Table.percent(valid(total), results.size()))
                .figure("compliance", Table.percent(valid(total), compiled(total)))
                .figure("complete, but not valid", wrong(total))
                .members(Column.members(COVERAGE, total))
                .member("compile_us", compile.figures())
                .member("constrained", Column.members(TEXTS, constrained));
        if (both) {
            times.put("time to first token, unconstrained", free.times(Writing::firstTokenNanos));
            times.put("time per output token, unconstrained", free.times(Writing::tokenNanos));
            view.figure("valid without constraint", Table.percent(free.count(Writing::isValid), free.size()))
                    .member("unconstrained", Column.members(TEXTS, free));
        }
        List<GenerationResult> wrong =
                results.stream().filter(GenerationResult::isWrong).toList();
        List<GenerationResult> unfinished = results.stream()
                .filter(each -> !each.isCovered() && !each.isWrong())
                .toList();
        view.member("refused_for", refusedFor.toJson())
                .section("Coverage")
                .chart(coverage(datasets))
                .table(Table.of("Coverage by data set", COVERAGE, rows))
                .table(Table.of("Texts", TEXTS, both ? List.of(constrained, free) : List.of(constrained)))
                .section("Times")
                .chart(latencies(times))
                .chart(sizes())
                .onTerminal(LatencyChart.table("Times", times))
                .onTerminal(refusedFor.table("Schemas that did not compile, by keyword or kind of error", "schemas"))
                .section("Complete, but not valid")
                .count(wrong.size(), LISTED)
                .onPage(Table.of("", WRONG, wrong.stream().limit(LISTED).toList()))
                .section("Not complete")
                .count(unfinished.size(), LISTED)
                .chart(refusedFor.chart(
                        "Schemas that each keyword, or kind of error, kept from compiling; a schema may have several.",
                        "schemas"))
                .onPage(Table.of(
                        "", UNFINISHED, unfinished.stream().limit(LISTED).toList()))
                .lines(wrong.stream()
                        .map(each -> "complete, but not valid: " + each.id() + ": " + text(each, Writing::faults))
                        .toList())
                .wrong(!wrong.isEmpty());
        return view;
    }

    private Group<String, Writing> texts(String name, Function<GenerationResult, Optional<Writing>> which) {
        return new Group<>(
                name,
                results.stream().flatMap(each -> which.apply(each).stream()).toList());
    }

    private static BarChart coverage(List<Group<String, GenerationResult>> datasets) {
        BarChart chart = BarChart.shares(
                "Coverage by data set",
                "Declared coverage is all that compiled; empirical coverage all that is valid; compliance the share of valid"
                        + " ones among those that compiled.",
                "valid:good",
                "not complete:doubt",
                "complete, not valid:bad",
                "not compiled:muted");
        datasets.forEach(group -> chart.add(
                group.key(),
                valid(group),
                compiled(group) - group.count(GenerationResult::isComplete),
                wrong(group),
                group.size() - compiled(group)));
        return chart;
    }

    private static LatencyChart latencies(Map<String, LatencyHistogram> times) {
        LatencyChart chart = new LatencyChart(
                "Latency distributions",
                "The share that took this long or longer, both axes logarithmic. The time to the first token runs from the"
                        + " schema's text, compilation included, to the first token that the model was asked for.");
        times.forEach(chart::add);
        return chart;
    }

    private SizeChart sizes() {
        SizeChart chart = new SizeChart(
                "Time to first token against schema size", "A point a schema.", "valid:good", "not valid:bad");
        for (GenerationResult result : results) {
            result.constrained()
                    .filter(text -> text.firstTokenNanos() > 0)
                    .ifPresent(text -> chart.add(
                            result.isCovered() ? "valid" : "not valid",
                            result.id(),
                            result.schema().schemaBytes(),
                            text.firstTokenNanos()));
        }
        return chart;
    }
}
