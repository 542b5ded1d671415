package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The figures of a run, and what was found. Immutable. */
public final class UnseenSummary implements Summary {

    private static final int SHOWN = 240;

    private final List<UnseenResult> results;
    private final Map<String, Reduced> reduced;

    UnseenSummary(List<UnseenResult> results, List<Reduced> reduced) {
        this.results = List.copyOf(results);
        this.reduced = reduced.stream()
                .collect(Collectors.toMap(Reduced::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    /** A class of faults: its key, how many inputs have it, and the first of them. */
    record FaultClass(String key, int count, String first, Fault example) {}

    /** Classes of faults, the most frequent first; verdicts that a known dispute explains are none. */
    List<FaultClass> faults() {
        Map<String, FaultClass> classes = new TreeMap<>();
        for (UnseenResult result : results) {
            for (Fault fault : result.trial().faults()) {
                String shown = UnseenRun.shown(result, fault);
                Reduced small = reduced.get(shown);
                if (small != null && !small.explanation().isEmpty()) {
                    continue;
                }
                classes.merge(
                        shown,
                        new FaultClass(shown, 1, result.id(), fault),
                        (old, one) -> new FaultClass(old.key, old.count + 1, old.first, old.example));
            }
        }
        return classes.values().stream()
                .sorted(Comparator.comparingInt(FaultClass::count).reversed().thenComparing(FaultClass::key))
                .toList();
    }

    /** Whether nothing went wrong. */
    public boolean isClean() {
        return faults().isEmpty();
    }

    private LatencyHistogram times(Function<UnseenResult, JsonNode> of) {
        LatencyHistogram sum = new LatencyHistogram();
        results.forEach(result -> sum.add(LatencyHistogram.of(of.apply(result))));
        return sum;
    }

    /** Times by what took them. */
    Map<String, LatencyHistogram> times() {
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
        times.put("mask and commit", times(result -> result.trial().steps()));
        times.put("mask under a budget", times(result -> result.trial().budgeted()));
        times.put("plain mask beside it", times(result -> result.trial().plainBeside()));
        return times;
    }

    /** Times in microseconds. */
    Table timesTable() {
        Table table = Table.of("µs", "step", "count", "mean", "p50", "p99", "p99.9", "max");
        for (Map.Entry<String, LatencyHistogram> entry : times().entrySet()) {
            LatencyHistogram time = entry.getValue();
            table = table.row(
                    entry.getKey(),
                    time.count(),
                    time.mean() / 1e3,
                    time.percentile(50) / 1e3,
                    time.percentile(99) / 1e3,
                    time.percentile(99.9) / 1e3,
                    time.max() / 1e3);
        }
        return table;
    }

    /** How compilations ended. */
    Table statusTable() {
        Map<String, Integer> counts = new TreeMap<>();
        results.forEach(result -> counts.merge(
                result.trial().status()
                        + result.trial()
                                .reason()
                                .replaceAll("^([^:]*).*", " $1")
                                .replaceAll("\\s+$", ""),
                1,
                Integer::sum));
        Table table = Table.of("Inputs by how their compilation ended", "ended", "inputs");
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            table = table.row(entry.getKey(), entry.getValue());
        }
        return table;
    }

    /** Faults, a class a line, each with its smallest input. */
    Table faultTable() {
        Table table = Table.of("Faults", "fault", "inputs", "first", "detail", "small", "text");
        for (FaultClass one : faults()) {
            Reduced small = reduced.get(one.key());
            table = table.row(
                    one.key(),
                    one.count(),
                    one.first(),
                    shown(one.example().detail()),
                    small == null ? "" : shown(small.source()),
                    shown(small == null ? one.example().text() : small.text()));
        }
        return table;
    }

    /** The inputs with the longest steps, made small. */
    Table slowTable() {
        Table table =
                Table.of("Longest steps", "input", "longest ms", "mean µs", "kind", "small", "longest ms then", "text");
        for (UnseenResult result : UnseenRun.slowest(results)) {
            Reduced small = reduced.get("slow " + result.id());
            LatencyHistogram steps = LatencyHistogram.of(result.trial().steps());
            table = table.row(
                    result.id(),
                    result.trial().longestNanos() / 1e6,
                    steps.mean() / 1e3,
                    result.kind().name().toLowerCase(Locale.ROOT) + " "
                            + result.reading().label(),
                    small == null ? "" : shown(small.source()),
                    small == null ? 0.0 : small.micros() / 1e3,
                    small == null ? "" : shown(small.text()));
        }
        return table;
    }

    /** Texts that the validators do not agree about, a reason a line. */
    Table splitTable() {
        Map<String, Integer> counts = new TreeMap<>();
        results.forEach(
                result -> result.trial().splits().forEach(split -> counts.merge(split.kind(), 1, Integer::sum)));
        Table table = Table.of(
                "Texts that one validator judges otherwise", "validator", "texts", "known dispute", "small", "text");
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            Reduced small = reduced.get("dispute: " + entry.getKey());
            table = table.row(
                    entry.getKey(),
                    entry.getValue(),
                    small == null ? "" : small.explanation(),
                    small == null ? "" : shown(small.source()),
                    small == null ? "" : shown(small.text()));
        }
        return table;
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** Figures that matter most. */
    Map<String, String> figures() {
        LatencyHistogram steps = times(result -> result.trial().steps());
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("inputs", String.valueOf(results.size()));
        figures.put("compiled", String.valueOf(count("compiled")));
        figures.put("classes of faults", String.valueOf(faults().size()));
        figures.put(
                "texts judged",
                String.valueOf(
                        results.stream().mapToInt(r -> r.trial().judged()).sum()));
        figures.put(
                "valid",
                String.valueOf(results.stream().mapToInt(r -> r.trial().valid()).sum()));
        figures.put(
                "cancelled or interrupted",
                String.valueOf(
                        results.stream().mapToInt(r -> r.trial().stopped()).sum()));
        figures.put(
                "masks under a budget with undecided tokens",
                String.valueOf(
                        results.stream().mapToInt(r -> r.trial().undecided()).sum()));
        figures.put("mean mask and commit", String.format(Locale.ROOT, "%.1f µs", steps.mean() / 1e3));
        figures.put("longest", String.format(Locale.ROOT, "%.1f ms", steps.max() / 1e6));
        return figures;
    }

    private long count(String status) {
        return results.stream().filter(r -> r.trial().status().equals(status)).count();
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        figures().forEach(node::put);
        ObjectNode faults = node.putObject("faults");
        faults().forEach(one -> faults.put(one.key(), one.count()));
        ObjectNode times = node.putObject("times_us");
        times().forEach((name, time) -> times.set(name, time.figures()));
        return node;
    }

    @Override
    public String toString() {
        return figures().entrySet().stream()
                        .map(figure -> figure.getKey() + " " + figure.getValue())
                        .collect(Collectors.joining(", "))
                + System.lineSeparator()
                + System.lineSeparator()
                + statusTable()
                + System.lineSeparator()
                + timesTable()
                + System.lineSeparator()
                + faultTable()
                + System.lineSeparator()
                + slowTable()
                + System.lineSeparator()
                + splitTable();
    }
}
