package dev.espalier.jsonschemabench.generate;

import dev.espalier.jsonschemabench.generate.Writing.End;
import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.SizeChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What is shown of generated instances. Declared coverage is the share of schemas that compiled; empirical coverage the share with
 * a complete, valid text; compliance the share of valid ones among declared.
 *
 * @param results a result a schema
 */
public record GenerationView(List<GenerationResult> results) {

    private static final int LISTED = 200;

    /** Schemas of one data set, or of all. */
    private record Group(String name, List<GenerationResult> results) {

        long count(Predicate<GenerationResult> what) {
            return results.stream().filter(what).count();
        }

        long compiled() {
            return count(each -> each.schema().isCompiled());
        }

        long valid() {
            return count(GenerationResult::isCovered);
        }

        long wrong() {
            return count(GenerationResult::isWrong);
        }
    }

    private static final List<Column<Group>> COVERAGE = List.of(
            Column.of("data set", Group::name),
            Column.both("schemas", group -> group.results.size()),
            Column.both("compiled", Group::compiled),
            Column.member(
                    "checked_at_end",
                    group -> group.count(each -> !each.schema().checkedAtEnd().isEmpty())),
            Column.both("complete", group -> group.count(GenerationResult::isComplete)),
            Column.both("valid", Group::valid),
            Column.member("complete_invalid", Group::wrong),
            Column.of("declared", group -> Table.percent(group.compiled(), group.results.size())),
            Column.of("empirical", group -> Table.percent(group.valid(), group.results.size())),
            Column.of("compliance", group -> Table.percent(group.valid(), group.compiled())),
            Column.member("declared_coverage", group -> share(group.compiled(), group.results.size())),
            Column.member("empirical_coverage", group -> share(group.valid(), group.results.size())),
            Column.member("compliance", group -> share(group.valid(), group.compiled())));

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : Math.round(1e6 * part / whole) / 1e6;
    }

    /** Texts written with, or without, the constraint. */
    private record Texts(String name, List<Writing> all) {

        long ended(End end) {
            return all.stream().filter(text -> text.end() == end).count();
        }

        long valid() {
            return all.stream().filter(Writing::isValid).count();
        }

        long sum(ToLongFunction<Writing> what) {
            return all.stream().mapToLong(what).sum();
        }

        LatencyHistogram times(ToLongFunction<Writing> what) {
            LatencyHistogram times = new LatencyHistogram();
            all.stream().mapToLong(what).filter(nanos -> nanos > 0).forEach(times::add);
            return times;
        }

        LatencyHistogram first() {
            return times(Writing::firstTokenNanos);
        }

        LatencyHistogram token() {
            return times(Writing::tokenNanos);
        }
    }

    private static final List<Column<Texts>> TEXTS = List.of(
            Column.of("", Texts::name),
            Column.both("texts", texts -> texts.all.size()),
            Column.both("complete", texts -> texts.ended(End.COMPLETE)),
            Column.both("valid", Texts::valid),
            Column.both("cut", texts -> texts.ended(End.CUT)),
            Column.both("dead end", texts -> texts.ended(End.DEAD_END)),
            Column.both("timeout", texts -> texts.ended(End.TIMEOUT)),
            Column.both("error", texts -> texts.ended(End.ERROR)),
            Column.member("complete_invalid", texts -> texts.ended(End.COMPLETE) - texts.valid()),
            Column.both("tokens", texts -> texts.sum(Writing::tokens)),
            Column.of("forced", texts -> texts.sum(Writing::forcedTokens)),
            Column.member("forced_tokens", texts -> texts.sum(Writing::forcedTokens)),
            Column.member("first_token_us", texts -> texts.first().figures()),
            Column.member("token_us", texts -> texts.token().figures()));

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
        Group total = new Group("total", results);
        List<Group> datasets = datasets();
        List<Group> rows = new ArrayList<>(datasets);
        rows.add(total);
        Texts constrained = texts("constrained", GenerationResult::constrained);
        Texts free = texts("unconstrained", GenerationResult::free);
        boolean both = !free.all.isEmpty();
        LatencyHistogram compile = new LatencyHistogram();
        ReasonCounts refusedFor = new ReasonCounts();
        for (GenerationResult result : results) {
            refusedFor.add(result.schema().reasons());
            if (result.schema().isCompiled()) {
                compile.add(result.schema().compileNanos());
            }
        }
        Map<String, LatencyHistogram> times = new LinkedHashMap<>();
        times.put("grammar compile time", compile);
        times.put("time to first token", constrained.first());
        times.put("time per output token", constrained.token());
        View view = new View("Generation under JSON Schemas", setting)
                .figure("schemas", results.size())
                .figure("declared coverage", Table.percent(total.compiled(), results.size()))
                .figure("empirical coverage", Table.percent(total.valid(), results.size()))
                .figure("compliance", Table.percent(total.valid(), total.compiled()))
                .figure("complete, but not valid", total.wrong())
                .members(Column.members(COVERAGE, total))
                .member("compile_us", compile.figures())
                .member("constrained", Column.members(TEXTS, constrained));
        if (both) {
            times.put("time to first token, unconstrained", free.first());
            times.put("time per output token, unconstrained", free.token());
            view.figure("valid without constraint", Table.percent(free.valid(), free.all.size()))
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

    private Texts texts(String name, Function<GenerationResult, Optional<Writing>> which) {
        return new Texts(
                name,
                results.stream().flatMap(each -> which.apply(each).stream()).toList());
    }

    private List<Group> datasets() {
        Map<String, List<GenerationResult>> byName = results.stream()
                .collect(
                        Collectors.groupingBy(each -> each.schema().shownDataset(), TreeMap::new, Collectors.toList()));
        return byName.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static BarChart coverage(List<Group> datasets) {
        BarChart chart = BarChart.shares(
                "Coverage by data set",
                "Declared coverage is all that compiled; empirical coverage all that is valid; compliance the share of valid"
                        + " ones among those that compiled.",
                "valid:good",
                "not complete:doubt",
                "complete, not valid:bad",
                "not compiled:muted");
        datasets.forEach(group -> chart.add(
                group.name,
                group.valid(),
                group.compiled() - group.count(GenerationResult::isComplete),
                group.wrong(),
                group.results.size() - group.compiled()));
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
