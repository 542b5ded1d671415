package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.infill.CostResult.End;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What is shown of the cost of masks: by grammar, or all schemas together, form and size of the canvas.
 *
 * @param results two results a case and size
 */
public record CostView(List<CostResult> results) {

    private static final int LISTED = 200;
    private static final double MEGA = 1e6;
    private static final double MILLI = 1e6;

    /** A size, what all its masks should take at most on average, and what they must not exceed, in milliseconds. */
    private record Target(int slots, int wanted, int bar) {}

    private static final List<Target> TARGETS = List.of(new Target(256, 30, 100), new Target(1024, 150, 500));

    /** Canvases whose times are put together. */
    private record Kind(String what, CostForm form, int slots) {

        static Kind of(CostResult result) {
            return new Kind(CostView.what(result), result.form(), result.slots());
        }
    }

    private record Group(Kind kind, List<CostResult> results, LatencyHistogram masks, LatencyHistogram first) {

        static Group of(Kind kind, List<CostResult> results) {
            LatencyHistogram masks = new LatencyHistogram();
            LatencyHistogram first = new LatencyHistogram();
            for (CostResult result : results) {
                masks.add(result.masks());
                if (result.first() > 0) {
                    first.add(result.first());
                }
            }
            return new Group(kind, results, masks, first);
        }

        String line() {
            return kind.what + ", " + kind.form.label();
        }

        String shown() {
            return line() + ", " + kind.slots + " slots";
        }

        long ended(End end) {
            return results.stream().filter(each -> each.end() == end).count();
        }

        long most(ToLongFunction<CostResult> bytes) {
            return results.stream().mapToLong(bytes).max().orElse(0);
        }
    }

    private static final List<Column<Group>> COLUMNS = List.of(
            Column.of("", Group::shown),
            Column.member("what", group -> group.kind.what),
            Column.member("form", group -> group.kind.form),
            Column.member("slots", group -> group.kind.slots),
            Column.of("canvases", group -> group.results.size()),
            Column.both("full", group -> group.ended(End.FULL)),
            Column.both("stopped", group -> group.ended(End.STOPPED)),
            Column.both("too short", group -> group.ended(End.TOO_SHORT)),
            Column.both("failed", group -> group.ended(End.FAILED)),
            Column.both("commits", group -> group.masks.count()),
            Column.member("masks_us", group -> group.masks.figures()),
            Column.member("first_us", group -> group.first.figures()),
            Column.of("first", "%.2f", group -> group.first.mean() / MILLI),
            Column.of("p50", "%.2f", group -> group.masks.percentile(50) / MILLI),
            Column.of("mean", "%.2f", group -> group.masks.mean() / MILLI),
            Column.of("p99", "%.2f", group -> group.masks.percentile(99) / MILLI),
            Column.of("max", "%.2f", group -> group.masks.max() / MILLI),
            Column.of("estimate", group -> group.most(CostResult::estimate) / MEGA),
            Column.of("heap", group -> group.most(CostResult::heap) / MEGA),
            Column.member("estimated_bytes", group -> group.most(CostResult::estimate)),
            Column.member("heap_bytes", group -> group.most(CostResult::heap)));

    private static final List<Column<CostResult>> FAILURES = List.of(
            Column.of("case", CostResult::source),
            Column.of("form", each -> each.form().label()),
            Column.of("slots", CostResult::slots),
            Column.of("why", CostView::why));

    private static String why(CostResult result) {
        return result.reasons().get(0).keyword() + ": "
                + result.reasons().get(0).reason();
    }

    /** The grammar; of schemas that they are. */
    private static String what(CostResult result) {
        return isGrammar(result) ? result.source() : "schemas";
    }

    private static boolean isGrammar(CostResult result) {
        return result.source().startsWith(InfillCase.GRAMMAR + "/");
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<CostResult> sorted = results.stream()
                .sorted(Comparator.comparing((CostResult result) -> !isGrammar(result))
                        .thenComparing(CostView::what)
                        .thenComparing(CostResult::form)
                        .thenComparing(CostResult::slots)
                        .thenComparing(CostResult::source))
                .toList();
        Map<Kind, List<CostResult>> byKind =
                sorted.stream().collect(Collectors.groupingBy(Kind::of, LinkedHashMap::new, Collectors.toList()));
        List<Group> groups = byKind.entrySet().stream()
                .map(entry -> Group.of(entry.getKey(), entry.getValue()))
                .toList();
        List<Group> timed =
                groups.stream().filter(group -> group.masks.count() > 0).toList();
        List<CostResult> failed =
                sorted.stream().filter(each -> each.end() == End.FAILED).toList();
        View view = new View(
                        "What all masks of a canvas cost",
                        setting,
                        "Slots are committed one by one in random order, each to a random token of its mask. After each commit"
                                + " all masks of the canvas are asked for again: that is what is timed. Blank: the canvas is free at"
                                + " first. Gaps: every other eight slots of a written canvas are freed, the text between them stays."
                                + " One parser for each canvas; its first reading, which walks over the vocabulary, is told apart.")
                .member("canvases", results.size())
                .member("failed", failed.size())
                .section("Times and memory")
                .table(Table.of(
                        "All masks of a canvas after a commit, in ms; memory in MB, the most of any canvas",
                        COLUMNS,
                        groups))
                .chart(sizes(timed));
        if (!groups.isEmpty()) {
            view.member("groups", Column.members(COLUMNS, groups));
        }
        for (Target target : TARGETS) {
            timed.stream()
                    .filter(group -> group.kind.slots == target.slots)
                    .forEach(group -> view.figure(
                            group.shown() + ": mean (wanted " + target.wanted + ", bar " + target.bar + ")",
                            LatencyChart.time(group.masks.mean())));
        }
        for (String what :
                groups.stream().map(group -> group.kind.what).distinct().toList()) {
            for (CostForm form : CostForm.values()) {
                view.chart(distribution(what + ", " + form.label(), groups));
            }
        }
        return view.chart(memory(timed))
                .section("Failed")
                .count(failed.size(), LISTED)
                .onPage(Table.of("", FAILURES, failed.stream().limit(LISTED).toList()))
                .lines(failed.stream().map(each -> each.id() + ": " + why(each)).toList());
    }

    private static LineChart sizes(List<Group> timed) {
        LineChart chart = LineChart.logarithmic(
                "All masks after a commit against the size of the canvas",
                "Means and 99th percentiles over all commits.",
                "slots",
                "ms");
        for (Group group : timed) {
            chart.add(group.line() + ", mean", group.kind.slots, group.masks.mean() / MILLI);
            chart.add(group.line() + ", p99", group.kind.slots, group.masks.percentile(99) / MILLI);
        }
        for (Target target : TARGETS) {
            chart.add("wanted", target.slots, target.wanted);
            chart.add("bar", target.slots, target.bar);
        }
        return chart;
    }

    private static LatencyChart distribution(String line, List<Group> groups) {
        LatencyChart chart = new LatencyChart(
                line + ": all masks after a commit",
                "The share of commits after which all masks took this long or longer, both axes logarithmic.");
        groups.stream()
                .filter(group -> group.line().equals(line))
                .forEach(group -> chart.add(group.kind.slots + " slots", group.masks));
        return chart;
    }

    private static LineChart memory(List<Group> timed) {
        LineChart chart = LineChart.logarithmic(
                "Memory of a parser against the size of the canvas",
                "The most of any canvas: by the parser's own estimate, and on the heap when the canvas was done.",
                "slots",
                "MB");
        for (Group group : timed) {
            chart.add(group.line() + ", estimate", group.kind.slots, group.most(CostResult::estimate) / MEGA);
            chart.add(group.line() + ", heap", group.kind.slots, group.most(CostResult::heap) / MEGA);
        }
        return chart;
    }
}
