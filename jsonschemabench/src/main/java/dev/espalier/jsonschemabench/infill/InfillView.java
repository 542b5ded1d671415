// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What is shown of filled canvases, by model, size and strategy. Shares are of the trials that ran: of schemas that compiled, with
 * canvases that some text fits.
 *
 * @param results a result a trial
 */
public record InfillView(List<TrialResult> results) {

    private static final int LISTED = 200;
    private static final int SHOWN = 20;
    private static final double MILLI = 1e6;

    /**
     * Trials that are told apart by their case alone.
     *
     * @param all all of them
     * @param run of these, those that ran
     * @param overhead how many times as long they take as without a constraint; 0 if that was not run
     */
    private record Trials(Group<TrialKey, TrialResult> all, Group<TrialKey, TrialResult> run, double overhead) {

        static Trials of(Group<TrialKey, TrialResult> all, Map<String, TrialResult> free) {
            Group<TrialKey, TrialResult> run = all.only(TrialResult::isRun);
            long time = 0;
            long timeFree = 0;
            for (TrialResult each : run.results()) {
                TrialResult without = free.get(each.key().paired());
                if (without != null && without != each && each.end().isFinished()) {
                    time += each.times().total() + each.times().first();
                    timeFree += without.times().total() - without.times().constraint();
                }
            }
            return new Trials(all, run, timeFree == 0 ? 0 : (double) time / timeFree);
        }

        TrialKey kind() {
            return all.key();
        }

        LatencyHistogram steps() {
            return run.histogram(each -> each.times().steps());
        }

        LatencyHistogram first() {
            return run.times(each -> each.times().first());
        }

        long ended(TrialEnd end) {
            return all.count(each -> each.end() == end);
        }

        long finished() {
            return all.count(TrialResult::isFinished);
        }

        long valid() {
            return all.count(TrialResult::isValid);
        }

        double each(ToLongFunction<TrialResult> what) {
            return run.size() == 0 ? 0 : (double) run.sum(what) / run.size();
        }

        double share() {
            long total = run.sum(each -> each.times().total());
            return total == 0 ? 0 : (double) run.sum(each -> each.times().constraint()) / total;
        }

        Map<String, Object> members() {
            Map<String, Object> members = Column.members(STRATEGIES, this);
            for (TrialEnd end : TrialEnd.values()) {
                members.put(end.label(), ended(end));
            }
            if (overhead > 0) {
                members.put("time_against_free", overhead);
            }
            return members;
        }
    }

    private static final List<Column<Trials>> STRATEGIES = List.of(
            Column.of("", group -> group.kind().shown()),
            Column.member("model", group -> group.kind().model().label()),
            Column.member("slots", group -> group.kind().slots()),
            Column.member("strategy", group -> group.kind().strategy()),
            Column.both("trials", group -> group.all.size()),
            Column.of("refused", group -> group.ended(TrialEnd.REFUSED) + group.ended(TrialEnd.NO_INSTANCE)),
            Column.of("too short", group -> group.ended(TrialEnd.TOO_SHORT)),
            Column.both("ran", group -> group.run.size()),
            Column.of("finished", group -> Table.percent(group.finished(), group.run.size())),
            Column.of("valid", group -> Table.percent(group.valid(), group.run.size())),
            Column.of("passes", group -> group.each(each -> each.work().passes())),
            Column.of("rejections", group -> group.each(each -> each.work().rejections())),
            Column.member("finished", Trials::finished),
            Column.member("valid", Trials::valid),
            Column.member("passes", group -> group.run.sum(each -> each.work().passes())),
            Column.member("commits", group -> group.run.sum(each -> each.work().commits())),
            Column.member(
                    "rejections", group -> group.run.sum(each -> each.work().rejections())),
            Column.member("constraint_share", Trials::share),
            Column.member("step_us", group -> group.steps().figures()),
            Column.member("first_us", group -> group.first().figures()),
            Column.of("ms a step", "%.2f", group -> group.steps().mean() / MILLI),
            Column.of("p99", "%.2f", group -> group.steps().percentile(99) / MILLI),
            Column.of("first ms", "%.2f", group -> group.first().mean() / MILLI),
            Column.of("share", group -> Table.percent(group.share(), 1)),
            Column.of(
                    "time against free",
                    group -> group.overhead == 0 ? "-" : String.format(Locale.ROOT, "%.2f", group.overhead)));

    private static final List<Column<Trials>> ENDS = List.of(
            Column.of("", group -> group.kind().shown()),
            Column.of("complete", group -> group.ended(TrialEnd.COMPLETE)),
            Column.of("invalid", group -> group.ended(TrialEnd.INVALID)),
            Column.of("unfinished", group -> group.ended(TrialEnd.UNFINISHED)),
            Column.of("timeout", group -> group.ended(TrialEnd.TIMEOUT)),
            Column.of("limit", group -> group.ended(TrialEnd.LIMIT)),
            Column.of("error", group -> group.ended(TrialEnd.ERROR)));

    private static final List<Column<TrialResult>> FAILURES = List.of(
            Column.of("case", each -> each.key().source()),
            Column.of("model", each -> each.key().model().label()),
            Column.of("slots", each -> each.key().slots()),
            Column.of("end", each -> each.end().label()),
            Column.of("why", InfillView::why));

    /** Why a trial has no valid text, in words. */
    private static String why(TrialResult result) {
        if (!result.faults().isEmpty()) {
            return result.faults();
        }
        return result.reasons().isEmpty()
                ? "after " + result.work().passes() + " passes"
                : result.reasons().get(0).keyword() + " at "
                        + result.reasons().get(0).pointer() + ": "
                        + result.reasons().get(0).reason();
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<TrialResult> sorted = results.stream()
                .sorted(Comparator.comparing(
                                (TrialResult result) -> result.key().model().label())
                        .thenComparing(result -> result.key().slots())
                        .thenComparing(result -> result.key().strategy())
                        .thenComparing(TrialResult::id))
                .toList();
        List<Trials> groups = groups(sorted);
        ReasonCounts refusedFor = new ReasonCounts();
        sorted.stream().filter(each -> each.end() == TrialEnd.REFUSED).forEach(each -> refusedFor.add(each.reasons()));
        List<TrialResult> failures = sorted.stream()
                .filter(each -> each.key().strategy() == InfillContender.EXACT)
                .filter(each -> each.end().isRun() && !each.isValid())
                .toList();
        long wrong = sorted.stream().filter(TrialResult::isWrong).count();
        Map<String, LatencyHistogram> times = new LinkedHashMap<>();
        groups.forEach(group -> times.put(group.kind().shown(), group.steps()));
        View view = new View(
                        "Infilling with diffusion models",
                        setting,
                        "Every canvas is free at first. Schemas are judged by an independent validator, grammars by a recogniser"
                                + " that knows no tokens. A canvas that no text fits is too short, which is known before the first"
                                + " pass; it does not count, and neither do schemas that are refused. Exact: masks of what some"
                                + " completion has, no text ever written again. Look-ahead and any-length: published ways to do"
                                + " without. Free: the model alone.")
                .figure("trials", results.size())
                .member("trials", results.size())
                .member("complete_invalid", wrong);
        for (InfillContender strategy : InfillContender.values()) {
            List<TrialResult> run = sorted.stream()
                    .filter(each -> each.end().isRun() && each.key().strategy() == strategy)
                    .toList();
            if (!run.isEmpty()) {
                long valid = run.stream().filter(TrialResult::isValid).count();
                view.figure("valid, " + strategy.label(), Table.percent(valid, run.size()));
            }
        }
        if (!groups.isEmpty()) {
            view.member("groups", groups.stream().map(Trials::members).toList());
        }
        view.figure("complete, but not valid", wrong)
                .member("refused_for", refusedFor.toJson())
                .section("Strategies")
                .table(Table.of(
                        "Strategies; shares of the trials that ran, counts a trial, times of the constraint",
                        STRATEGIES,
                        groups))
                .chart(ends(groups))
                .onTerminal(Table.of("Ends", ENDS, groups))
                .onTerminal(LatencyChart.table("Constraint time of a step", times))
                .onTerminal(refusedFor.table("Trials without a compiled schema, by keyword or kind of error", "trials"))
                .section("Constraint time");
        List<Group<String, Trials>> models =
                Group.by((Trials group) -> group.kind().model().label(), groups);
        models.forEach(model -> view.chart(distribution(model.key(), model.results())));
        models.forEach(model -> view.chart(sizes(model.key(), model.results())));
        return view.section("Exact, and not valid")
                .count(failures.size(), LISTED)
                .onPage(Table.of("", FAILURES, failures.stream().limit(LISTED).toList()))
                .lines(failures.stream()
                        .limit(SHOWN)
                        .map(each -> "exact, " + each.end().label() + ": " + each.id() + ": " + why(each))
                        .toList())
                .section("Not compiled")
                .chart(refusedFor.chart("Keywords and errors, by trials.", "trials"))
                .wrong(wrong > 0);
    }

    private static List<Trials> groups(List<TrialResult> sorted) {
        Map<String, TrialResult> free = sorted.stream()
                .filter(each -> each.end().isFinished() && each.key().strategy() == InfillContender.FREE)
                .collect(Collectors.toMap(each -> each.key().paired(), Function.identity()));
        return Group.by((TrialResult each) -> each.key().of("", ""), sorted).stream()
                .map(group -> Trials.of(group, free))
                .toList();
    }

    private static BarChart ends(List<Trials> groups) {
        BarChart chart = BarChart.shares(
                "How canvases ended",
                "Of the trials that ran. Unfinished: slots were left for which the strategy had nothing.",
                "valid:good",
                "finished, not valid:bad",
                "unfinished:doubt",
                "out of time:worse",
                "limit or error:muted");
        groups.forEach(group -> chart.add(
                group.kind().shown(),
                group.valid(),
                group.finished() - group.valid(),
                group.ended(TrialEnd.UNFINISHED),
                group.ended(TrialEnd.TIMEOUT),
                group.ended(TrialEnd.LIMIT) + group.ended(TrialEnd.ERROR)));
        return chart;
    }

    private static LatencyChart distribution(String model, List<Trials> groups) {
        LatencyChart chart = new LatencyChart(
                model + ": constraint time of a step",
                "The share of steps in which parsing and checking took this long or longer, both axes logarithmic.");
        groups.forEach(group ->
                chart.add(group.kind().strategy().label() + ", " + group.kind().slots() + " slots", group.steps()));
        return chart;
    }

    private static LineChart sizes(String model, List<Trials> groups) {
        LineChart chart = LineChart.logarithmic(
                model + ": constraint time of a step against the size of the canvas",
                "Mean and 99th percentile over all steps of all trials.",
                "slots",
                "ms");
        groups.stream().filter(group -> group.steps().count() > 0).forEach(group -> {
            chart.add(
                    group.kind().strategy().label() + ", mean",
                    group.kind().slots(),
                    group.steps().mean() / MILLI);
            chart.add(
                    group.kind().strategy().label() + ", p99",
                    group.kind().slots(),
                    group.steps().percentile(99) / MILLI);
        });
        return chart;
    }
}
