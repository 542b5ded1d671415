// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.SizeChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import dev.espalier.mask.stats.StoreStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What is shown of MaskBench's results, and of the run that made the last of them. */
public final class MaskbenchView {

    /** Masks that take longer, in nanoseconds, are long: a model waits for them. */
    private static final long LONG_MASK = 10_000_000;

    private static final int LISTED = 100;
    private static final int LARGEST = 10;

    /** Schemas of one data set, or of all. */
    private record Group(String name, List<SchemaResult> results) {

        long count(Predicate<SchemaResult> what) {
            return results.stream().filter(what).count();
        }

        long sum(ToLongFunction<SchemaResult> what) {
            return results.stream().mapToLong(what).sum();
        }

        long compiled() {
            return count(result -> result.schema().isCompiled());
        }

        long passing() {
            return count(SchemaResult::passes);
        }

        long ended(Status status) {
            return count(result -> result.schema().status() == status);
        }

        long instances(boolean valid) {
            return sum(result -> result.tests().stream()
                    .filter(test -> test.valid() == valid)
                    .count());
        }
    }

    private static final List<Column<Group>> COUNTS = List.of(
            Column.of("data set", Group::name),
            Column.both("schemas", group -> group.results().size()),
            Column.both("passing", Group::passing),
            Column.of(
                    "share",
                    group -> Table.percent(group.passing(), group.results().size())),
            Column.both("compiled", Group::compiled),
            Column.member("unsatisfiable", group -> group.count(SchemaResult::allowsNothing)),
            Column.both(
                    "checked at end",
                    group -> group.count(
                            result -> !result.schema().checkedAtEnd().isEmpty())),
            Column.both("refused", group -> group.ended(Status.REFUSED)),
            Column.both("error", group -> group.ended(Status.ERROR)),
            Column.both("timeout", group -> group.ended(Status.TIMEOUT)),
            Column.member("valid", group -> group.instances(true)),
            Column.both("valid refused", group -> group.sum(SchemaResult::falselyRefused)),
            Column.member("invalid", group -> group.instances(false)),
            Column.both("invalid accepted", group -> group.sum(SchemaResult::falselyAccepted)));

    private static final List<Column<SchemaResult>> SLOWEST = List.of(
            Column.of("schema", SchemaResult::id),
            Column.of("longest mask µs", result -> result.steps().mask().max() / 1e3),
            Column.of("masks", SchemaResult::masks),
            Column.of("above 10 ms", result -> result.steps().mask().above(LONG_MASK)),
            Column.of("most trie nodes", result -> result.nodes().most()),
            Column.of("collections ms", result -> result.collectionNanos() / 1e6),
            Column.of("schema bytes", result -> result.schema().schemaBytes()));

    private static final List<Column<SchemaResult>> MOST_NODES = List.of(
            Column.of("schema", SchemaResult::id),
            Column.of("most of a mask", result -> result.nodes().most()),
            Column.of("above 200,000", result -> result.nodes().many()),
            Column.of("masks", SchemaResult::masks),
            Column.of("schema bytes", result -> result.schema().schemaBytes()));

    private static final List<Column<SchemaResult>> FAILURES = List.of(
            Column.of("schema", SchemaResult::id),
            Column.of("status", result -> result.schema().status().name().toLowerCase(Locale.ROOT)),
            Column.of("keyword", result -> why(result).keyword()),
            Column.of("pointer", result -> why(result).pointer()),
            Column.of("reason", result -> why(result).reason()));

    private final List<SchemaResult> results;
    private final RunFigures run;
    private final Group total;
    private final ReasonCounts refusedFor = new ReasonCounts();
    private final StepTimes times = new StepTimes();
    private final LatencyHistogram compile = new LatencyHistogram();
    private final LatencyHistogram firstMask = new LatencyHistogram();
    private TrieNodes nodes = TrieNodes.NONE;

    /** A view of some results. */
    public MaskbenchView(List<SchemaResult> results, RunFigures run) {
        this.results = List.copyOf(results);
        this.run = run;
        this.total = new Group("total", this.results);
        for (SchemaResult result : results) {
            times.add(result.steps());
            nodes = nodes.plus(result.nodes());
            if (!result.schema().isCompiled()) {
                refusedFor.add(result.schema().reasons());
            } else if (!result.allowsNothing()) {
                compile.add(result.schema().compileNanos());
                firstMask.add(result.firstMaskNanos());
            }
        }
    }

    /** Why a schema does not pass. */
    private static Reason why(SchemaResult result) {
        List<Reason> reasons = result.schema().reasons();
        return reasons.isEmpty()
                ? new Reason(
                        "",
                        "",
                        result.falselyRefused() + " valid instances refused, " + result.falselyAccepted()
                                + " invalid ones accepted")
                : reasons.get(0);
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        View view = new View("MaskBench", setting);
        figures(view);
        summary(view);
        List<Group> datasets = datasets();
        List<Group> rows = new ArrayList<>(datasets);
        rows.add(total);
        view.section("Coverage")
                .chart(coverage(datasets))
                .table(Table.of("Schemas by data set", COUNTS, rows))
                .section("Times")
                .text("Garbage collection took "
                        + LatencyChart.time(run.collectionNanos())
                        + " in all. It is part of the times of what it interrupts; of several readings the least time of each"
                        + " step counts, which leaves most of it out.")
                .chart(latencies())
                .chart(sizes())
                .onTerminal(LatencyChart.table("Times", times()))
                .onTerminal(counts())
                .onPage(Table.of(
                        "Longest masks, those above 10 ms",
                        SLOWEST,
                        first(result -> result.steps().mask().max()).stream()
                                .filter(result -> result.steps().mask().max() > LONG_MASK)
                                .toList()))
                .section("Trie nodes")
                .onPage(Table.of(
                        "Masks that visit the most trie nodes",
                        MOST_NODES,
                        first(result -> result.nodes().most())));
        run.retained()
                .ifPresent(retained -> view.section("Memory of a compiled schema")
                        .text(RetainedSummary.EXPLANATION)
                        .table(retained.table())
                        .onPage(retained.largest()));
        List<SchemaResult> failing =
                results.stream().filter(result -> !result.passes()).toList();
        return view.section("Schemas that do not pass")
                .count(failing.size(), LISTED)
                .chart(refusedFor.chart(
                        "Schemas that each keyword, or kind of error, kept from running; a schema may have several.",
                        "schemas"))
                .onTerminal(refusedFor.table("Refused or failed schemas by keyword or kind of error", "schemas"))
                .onPage(Table.of("", FAILURES, failing.stream().limit(LISTED).toList()));
    }

    private void figures(View view) {
        view.figure("schemas passing", total.passing() + " of " + results.size())
                .figure("share passing", Table.percent(total.passing(), results.size()))
                .figure(
                        "valid instances refused",
                        total.sum(SchemaResult::falselyRefused) + " of " + total.instances(true))
                .figure(
                        "invalid instances accepted",
                        total.sum(SchemaResult::falselyAccepted) + " of " + total.instances(false))
                .figure("compiled, no value satisfies it", total.count(SchemaResult::allowsNothing))
                .figure(
                        "compiled, checked at the end",
                        total.count(result -> !result.schema().checkedAtEnd().isEmpty()))
                .figure("mean mask", LatencyChart.time(times.mask().mean()))
                .figure("p99 mask", LatencyChart.time(times.mask().percentile(99)))
                .figure("longest mask", LatencyChart.time(times.mask().max()))
                .figure("garbage collection", LatencyChart.time(run.collectionNanos()))
                .figure("most trie nodes of a mask", String.format(Locale.ROOT, "%,d", nodes.most()))
                .figure("masks above 200,000 trie nodes", nodes.many());
        run.retained()
                .ifPresent(retained -> view.figure(
                        "a compiled schema keeps, p50",
                        String.format(Locale.ROOT, "%.1f KB", retained.median() / 1e3)));
    }

    /** The part of the store's statistics that the summary has. */
    private record Store(long hits, long misses, long evictions, long bytes) {

        static Store of(StoreStats stats) {
            return new Store(stats.hits(), stats.misses(), stats.evictions(), stats.bytes());
        }
    }

    private void summary(View view) {
        view.members(Column.members(COUNTS, total))
                .member("masks", times.mask().count())
                .member("masks_over_10_ms", times.mask().above(LONG_MASK))
                .member("mask_us", times.mask().figures())
                .member("commit_us", times.commit().figures())
                .member("step_us", times.step().figures())
                .member("compile_us", compile.figures())
                .member("first_mask_us", firstMask.figures())
                .member("trie_nodes", nodes.all())
                .member("most_trie_nodes", nodes.most())
                .member("masks_over_200000_trie_nodes", nodes.many())
                .member("most_trie_nodes_id", mostNodesId())
                .member("gc_ms", run.collectionNanos() / 1e6)
                .member("store", Store.of(run.store()));
        run.retained()
                .ifPresent(retained -> view.member("retained", retained.view().toJson()));
        view.member("refused_for", refusedFor.toJson());
    }

    /** What no table has, in two lines. */
    private String counts() {
        return String.format(
                Locale.ROOT,
                "%d masks, %d of them above 10 ms; collections took %.0f ms; store: %d hits, %d misses,"
                        + " %d evicted, %d bytes%n"
                        + "trie nodes of a mask: %d at most%s, %d masks above 200,000",
                times.mask().count(),
                times.mask().above(LONG_MASK),
                run.collectionNanos() / 1e6,
                run.store().hits(),
                run.store().misses(),
                run.store().evictions(),
                run.store().bytes(),
                nodes.most(),
                mostNodesId().isEmpty() ? "" : " (" + mostNodesId() + ")",
                nodes.many());
    }

    private List<Group> datasets() {
        Map<String, List<SchemaResult>> byName = results.stream()
                .collect(Collectors.groupingBy(
                        result -> result.schema().shownDataset(), TreeMap::new, Collectors.toList()));
        return byName.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The id of the schema with the mask that visited the most trie nodes; empty if none visited any. */
    private String mostNodesId() {
        return nodes.most() == 0
                ? ""
                : first(result -> result.nodes().most()).get(0).id();
    }

    /** The ten schemas of which something is largest. */
    private List<SchemaResult> first(ToLongFunction<SchemaResult> value) {
        return results.stream()
                .sorted(Comparator.comparingLong((SchemaResult result) -> -value.applyAsLong(result))
                        .thenComparing(SchemaResult::id))
                .limit(LARGEST)
                .toList();
    }

    /** All distributions of times, by name. */
    private Map<String, LatencyHistogram> times() {
        Map<String, LatencyHistogram> all = new LinkedHashMap<>();
        all.put("mask", times.mask());
        all.put("commit", times.commit());
        all.put("mask + commit", times.step());
        all.put("compile", compile);
        all.put("schema text to first mask", firstMask);
        return all;
    }

    private static BarChart coverage(List<Group> datasets) {
        BarChart chart = BarChart.shares(
                "Coverage by data set",
                "A schema passes when it compiles, every valid instance is accepted and every invalid one refused.",
                "passing:good",
                "wrong verdict:bad",
                "refused:doubt",
                "error:worse",
                "timeout:muted");
        datasets.forEach(group -> chart.add(
                group.name(),
                group.passing(),
                group.compiled() - group.passing(),
                group.ended(Status.REFUSED),
                group.ended(Status.ERROR),
                group.ended(Status.TIMEOUT)));
        return chart;
    }

    private LatencyChart latencies() {
        return new LatencyChart(
                        "Latency distributions",
                        "The share of all masks, commits and compilations that took this long or longer, both axes logarithmic:"
                                + " a curve crosses 1 % at its 99th percentile.")
                .add(times());
    }

    private SizeChart sizes() {
        SizeChart chart = new SizeChart(
                "Time to first mask against schema size",
                "From the schema's text to the first mask, a point a schema that compiled.",
                "passing:good",
                "wrong verdict:bad");
        results.stream()
                .filter(result -> result.schema().isCompiled())
                .forEach(result -> chart.add(
                        result.passes() ? "passing" : "wrong verdict",
                        result.id(),
                        result.schema().schemaBytes(),
                        result.firstMaskNanos()));
        return chart;
    }
}
