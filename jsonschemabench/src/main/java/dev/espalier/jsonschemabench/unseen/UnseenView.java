// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What is shown of inputs that were tried, and of what went wrong. */
public final class UnseenView {

    private static final int SHOWN = 240;
    private static final Reduced NOTHING = new Reduced("", "", "", "", 0, "");

    private final List<UnseenResult> results;
    private final Map<String, Reduced> reduced;

    /**
     * A view of some results.
     *
     * @param reduced inputs that were made small
     */
    public UnseenView(List<UnseenResult> results, List<Reduced> reduced) {
        this.results = List.copyOf(results);
        this.reduced = reduced.stream().collect(Collectors.toMap(Reduced::id, Function.identity()));
    }

    /** A class of faults: its key, how many inputs have it, and the first of them. */
    private record FaultClass(String key, int count, String first, Fault example) {}

    private static final List<Column<Map.Entry<String, Integer>>> STATUS =
            List.of(Column.of("ended", Map.Entry::getKey), Column.of("inputs", Map.Entry::getValue));

    private static final List<Column<Map.Entry<String, LatencyHistogram>>> TIMES = List.of(
            Column.of("step", Map.Entry::getKey),
            Column.of("count", entry -> entry.getValue().count()),
            Column.of("mean", entry -> entry.getValue().mean() / 1e3),
            Column.of("p50", entry -> entry.getValue().percentile(50) / 1e3),
            Column.of("p99", entry -> entry.getValue().percentile(99) / 1e3),
            Column.of("p99.9", entry -> entry.getValue().percentile(99.9) / 1e3),
            Column.of("max", entry -> entry.getValue().max() / 1e3));

    private final List<Column<FaultClass>> faultColumns = List.of(
            Column.of("fault", FaultClass::key),
            Column.of("inputs", FaultClass::count),
            Column.of("first", FaultClass::first),
            Column.of("detail", one -> shown(one.example.detail())),
            Column.of("small", one -> shown(small(one.key).source())),
            Column.of("text", one -> {
                Reduced small = small(one.key);
                return shown(small == NOTHING ? one.example.text() : small.text());
            }));

    private final List<Column<UnseenResult>> slowColumns = List.of(
            Column.of("input", UnseenResult::id),
            Column.of("longest ms", each -> each.trial().longestNanos() / 1e6),
            Column.of(
                    "mean µs", each -> LatencyHistogram.of(each.trial().steps()).mean() / 1e3),
            Column.of(
                    "kind",
                    each -> each.kind().name().toLowerCase(Locale.ROOT) + " "
                            + each.reading().label()),
            Column.of("small", each -> shown(slow(each).source())),
            Column.of("longest ms then", each -> slow(each).micros() / 1e3),
            Column.of("text", each -> shown(slow(each).text())));

    private final List<Column<Map.Entry<String, Integer>>> splitColumns = List.of(
            Column.of("validator", Map.Entry::getKey),
            Column.of("texts", Map.Entry::getValue),
            Column.of("known dispute", entry -> split(entry.getKey()).explanation()),
            Column.of("small", entry -> shown(split(entry.getKey()).source())),
            Column.of("text", entry -> shown(split(entry.getKey()).text())));

    private Reduced small(String id) {
        return reduced.getOrDefault(id, NOTHING);
    }

    private Reduced slow(UnseenResult result) {
        return small("slow " + result.id());
    }

    private Reduced split(String kind) {
        return small("dispute: " + kind);
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** The view, with what was run in words: seed, tokenizer, limits, machine. */
    public View view(String setting) {
        List<FaultClass> faults = faults();
        Map<String, LatencyHistogram> times = times();
        LatencyHistogram steps = sum(TrialResult::steps);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("inputs", results.size());
        figures.put("compiled", count(trial -> trial.status().equals("compiled") ? 1 : 0));
        figures.put("classes of faults", faults.size());
        figures.put("texts judged", count(TrialResult::judged));
        figures.put("valid", count(TrialResult::valid));
        figures.put("cancelled or interrupted", count(TrialResult::stopped));
        figures.put("masks under a budget with undecided tokens", count(TrialResult::undecided));
        figures.put("mean mask and commit", String.format(Locale.ROOT, "%.1f µs", steps.mean() / 1e3));
        figures.put("longest", String.format(Locale.ROOT, "%.1f ms", steps.max() / 1e6));
        View view = new View("Input that nobody has seen", setting);
        figures.forEach((name, value) -> view.figure(name, value).member(name, value.toString()));
        Map<String, Integer> counts = new LinkedHashMap<>();
        faults.forEach(one -> counts.put(one.key, one.count));
        Map<String, JsonNode> timed = new LinkedHashMap<>();
        times.forEach((name, time) -> timed.put(name, time.figures()));
        LatencyChart chart = new LatencyChart(
                "Latency distributions",
                "The share of steps that took this long or longer, both axes logarithmic. Times of masks and commits are the"
                        + " processor's.");
        chart.add(times);
        Table slowest = Table.of("Longest steps", slowColumns, UnseenBench.slowest(results));
        return view.member("faults", counts)
                .member("times_us", timed)
                .lines(List.of(figures.entrySet().stream()
                        .map(figure -> figure.getKey() + " " + figure.getValue())
                        .collect(Collectors.joining(", "))))
                .section("Compilations")
                .table(Table.of("Inputs by how their compilation ended", STATUS, statuses()))
                .section("Times")
                .chart(chart)
                .table(Table.of("µs", TIMES, times.entrySet()))
                .onPage(slowest)
                .section("Faults")
                .count(faults.size(), Integer.MAX_VALUE)
                .table(Table.of("Faults", faultColumns, faults))
                .onTerminal(slowest)
                .section("Validators that do not agree")
                .table(Table.of("Texts that one validator judges otherwise", splitColumns, splits()))
                .wrong(!faults.isEmpty());
    }

    private int count(ToIntFunction<TrialResult> what) {
        return results.stream().map(UnseenResult::trial).mapToInt(what).sum();
    }

    private LatencyHistogram sum(Function<TrialResult, JsonNode> of) {
        LatencyHistogram sum = new LatencyHistogram();
        results.forEach(result -> sum.add(LatencyHistogram.of(of.apply(result.trial()))));
        return sum;
    }

    /** Classes of faults, the most frequent first; verdicts that a known dispute explains are none. */
    private List<FaultClass> faults() {
        Map<String, FaultClass> classes = new TreeMap<>();
        for (UnseenResult result : results) {
            for (Fault fault : result.trial().faults()) {
                String key = UnseenBench.shown(result, fault);
                if (small(key).explanation().isEmpty()) {
                    classes.merge(
                            key,
                            new FaultClass(key, 1, result.id(), fault),
                            (old, one) -> new FaultClass(old.key, old.count + 1, old.first, old.example));
                }
            }
        }
        return classes.values().stream()
                .sorted(Comparator.comparingInt(FaultClass::count).reversed().thenComparing(FaultClass::key))
                .toList();
    }

    /** Times by what took them. */
    private Map<String, LatencyHistogram> times() {
        Map<String, LatencyHistogram> times = new LinkedHashMap<>();
        LatencyHistogram compile = new LatencyHistogram();
        LatencyHistogram first = new LatencyHistogram();
        results.stream()
                .map(UnseenResult::trial)
                .filter(trial -> trial.status().equals("compiled"))
                .forEach(trial -> {
                    compile.add(trial.compileNanos());
                    first.add(trial.firstMaskNanos());
                });
        times.put("compile", compile);
        times.put("first mask", first);
        times.put("mask and commit", sum(TrialResult::steps));
        times.put("mask under a budget", sum(TrialResult::budgeted));
        times.put("plain mask beside it", sum(TrialResult::plainBeside));
        return times;
    }

    /** How many compilations ended in which way. */
    private Iterable<Map.Entry<String, Integer>> statuses() {
        Map<String, Integer> counts = new TreeMap<>();
        for (UnseenResult result : results) {
            String reason =
                    result.trial().reason().replaceAll("^([^:]*).*", " $1").replaceAll("\\s+$", "");
            counts.merge(result.trial().status() + reason, 1, Integer::sum);
        }
        return counts.entrySet();
    }

    /** How many texts the validators do not agree about for which reason. */
    private Iterable<Map.Entry<String, Integer>> splits() {
        Map<String, Integer> counts = new TreeMap<>();
        results.forEach(
                result -> result.trial().splits().forEach(split -> counts.merge(split.kind(), 1, Integer::sum)));
        return counts.entrySet();
    }
}
