// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.infill.CostResult.End;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Comparator;
import java.util.List;

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

    private static LatencyHistogram masks(Group<Kind, CostResult> group) {
        return group.histogram(CostResult::masks);
    }

    private static LatencyHistogram first(Group<Kind, CostResult> group) {
        return group.times(CostResult::first);
    }

    private static String line(Kind kind) {
        return kind.what + ", " + kind.form.label();
    }

    private static String shown(Group<Kind, CostResult> group) {
        return line(group.key()) + ", " + group.key().slots + " slots";
    }

    private static long ended(Group<Kind, CostResult> group, End end) {
        return group.count(each -> each.end() == end);
    }

    private static final List<Column<Group<Kind, CostResult>>> COLUMNS = List.of(
            Column.of("", CostView::shown),
            Column.member("what", group -> group.key().what),
            Column.member("form", group -> group.key().form),
            Column.member("slots", group -> group.key().slots),
            Column.of("canvases", group -> group.size()),
            Column.both("full", group -> ended(group, End.FULL)),
            Column.both("stopped", group -> ended(group, End.STOPPED)),
            Column.both("too short", group -> ended(group, End.TOO_SHORT)),
            Column.both("failed", group -> ended(group, End.FAILED)),
            Column.both("commits", group -> masks(group).count()),
            Column.member("masks_us", group -> masks(group).figures()),
            Column.member("first_us", group -> first(group).figures()),
            Column.of("first", "%.2f", group -> first(group).mean() / MILLI),
            Column.of("p50", "%.2f", group -> masks(group).percentile(50) / MILLI),
            Column.of("mean", "%.2f", group -> masks(group).mean() / MILLI),
            Column.of("p99", "%.2f", group -> masks(group).percentile(99) / MILLI),
            Column.of("max", "%.2f", group -> masks(group).max() / MILLI),
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
        List<Group<Kind, CostResult>> groups = Group.by(Kind::of, sorted);
        List<Group<Kind, CostResult>> timed =
                groups.stream().filter(group -> masks(group).count() > 0).toList();
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
                    .filter(group -> group.key().slots == target.slots)
                    .forEach(group -> view.figure(
                            shown(group) + ": mean (wanted " + target.wanted + ", bar " + target.bar + ")",
                            LatencyChart.time(masks(group).mean())));
        }
        for (String what :
                groups.stream().map(group -> group.key().what).distinct().toList()) {
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

    private static LineChart sizes(List<Group<Kind, CostResult>> timed) {
        LineChart chart = LineChart.logarithmic(
                "All masks after a commit against the size of the canvas",
                "Means and 99th percentiles over all commits.",
                "slots",
                "ms");
        for (Group<Kind, CostResult> group : timed) {
            chart.add(
                    line(group.key()) + ", mean",
                    group.key().slots,
                    masks(group).mean() / MILLI);
            chart.add(
                    line(group.key()) + ", p99", group.key().slots, masks(group).percentile(99) / MILLI);
        }
        for (Target target : TARGETS) {
            chart.add("wanted", target.slots, target.wanted);
            chart.add("bar", target.slots, target.bar);
        }
        return chart;
    }

    private static LatencyChart distribution(String line, List<Group<Kind, CostResult>> groups) {
        LatencyChart chart = new LatencyChart(
                line + ": all masks after a commit",
                "The share of commits after which all masks took this long or longer, both axes logarithmic.");
        groups.stream()
                .filter(group -> line(group.key()).equals(line))
                .forEach(group -> chart.add(group.key().slots + " slots", masks(group)));
        return chart;
    }

    private static LineChart memory(List<Group<Kind, CostResult>> timed) {
        LineChart chart = LineChart.logarithmic(
                "Memory of a parser against the size of the canvas",
                "The most of any canvas: by the parser's own estimate, and on the heap when the canvas was done.",
                "slots",
                "MB");
        for (Group<Kind, CostResult> group : timed) {
            chart.add(line(group.key()) + ", estimate", group.key().slots, group.most(CostResult::estimate) / MEGA);
            chart.add(line(group.key()) + ", heap", group.key().slots, group.most(CostResult::heap) / MEGA);
        }
        return chart;
    }
}
