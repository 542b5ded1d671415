package dev.espalier.jsonschemabench.scale;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Figures of all experiments of scale. Immutable. */
public final class ScaleSummary implements Summary {

    private final List<ScaleResult> results;

    ScaleSummary(List<ScaleResult> all) {
        results = all.stream()
                .sorted(Comparator.comparing(ScaleResult::part)
                        .thenComparing(result -> result.part() == ScaleResult.Part.VOCABULARY ? "" : order(result))
                        .thenComparing(ScaleResult::x))
                .toList();
    }

    /** Who worked alone stands first. */
    private static String order(ScaleResult result) {
        boolean first = result.line().equals(BatchTrial.LOOP) || result.line().equals(SharedTrial.ALONE);
        return first ? "" : result.line();
    }

    List<ScaleResult> of(ScaleResult.Part part) {
        return results.stream().filter(result -> result.part() == part).toList();
    }

    Set<String> lines(ScaleResult.Part part) {
        Set<String> lines = new LinkedHashSet<>();
        of(part).forEach(result -> lines.add(result.line()));
        return lines;
    }

    /** Whether masks by several threads were those of one, wherever they were compared. */
    public boolean isEqual() {
        return results.stream()
                .allMatch(result -> result.part() != ScaleResult.Part.BATCH && result.part() != ScaleResult.Part.SHARED
                        || result.figure(BatchTrial.EQUAL) == 1);
    }

    Table batch() {
        Table table = Table.of(
                "Masks of a batch, µs a step",
                "",
                "threads",
                "cold: mean",
                "p99",
                "speed-up",
                "warm: mean",
                "p99",
                "speed-up",
                "equal");
        List<ScaleResult> all = of(ScaleResult.Part.BATCH);
        for (ScaleResult result : all) {
            LatencyHistogram cold = result.times(BatchTrial.COLD);
            LatencyHistogram warm = result.times(BatchTrial.WARM);
            table = table.row(
                    result.line(),
                    (int) result.x(),
                    micros(cold.mean()),
                    micros(cold.percentile(99)),
                    ratio(all.get(0).times(BatchTrial.COLD).mean(), cold.mean()),
                    micros(warm.mean()),
                    micros(warm.percentile(99)),
                    ratio(all.get(0).times(BatchTrial.WARM).mean(), warm.mean()),
                    yes(result));
        }
        return table;
    }

    Table shared() {
        Table table = Table.of(
                "One schema for many threads",
                "",
                "threads",
                "masks",
                "masks a second",
                "µs a mask",
                "p99",
                "waits",
                "ms",
                "pinned",
                "ms",
                "equal");
        for (ScaleResult result : of(ScaleResult.Part.SHARED)) {
            LatencyHistogram times = result.times(SharedTrial.MASK);
            table = table.row(
                    result.line(),
                    (int) result.x(),
                    times.count(),
                    Math.round(result.figure(SharedTrial.THROUGHPUT)),
                    micros(times.mean()),
                    micros(times.percentile(99)),
                    (long) result.figure("waits for monitors"),
                    result.figure("waits for monitors, ms"),
                    (long) result.figure("pinned virtual threads"),
                    result.figure("pinned virtual threads, ms"),
                    yes(result));
        }
        return table;
    }

    /** Times against the size of a part. */
    Table growth(ScaleResult.Part part, String x) {
        Table table =
                Table.of("µs, by " + x, "", x, "compile", "first mask", "mask and commit: mean", "p50", "p99", "max");
        for (ScaleResult result : of(part)) {
            LatencyHistogram mask = result.times(GrowthTrial.MASK);
            table = result.failure().isEmpty()
                    ? table.row(
                            result.line(),
                            (int) result.x(),
                            micros(result.times(GrowthTrial.COMPILE).mean()),
                            micros(result.times(GrowthTrial.FIRST).mean()),
                            micros(mask.mean()),
                            micros(mask.percentile(50)),
                            micros(mask.percentile(99)),
                            micros(mask.max()))
                    : table.row(result.line(), (int) result.x(), "-", "-", "-", "-", "-", "-");
        }
        return table;
    }

    /** What failed, and why. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        results.stream()
                .filter(result -> !result.failure().isEmpty())
                .forEach(result -> failures.add(result.id() + ": " + result.failure()));
        return failures;
    }

    private static String yes(ScaleResult result) {
        return result.figure(BatchTrial.EQUAL) == 1 ? "yes" : "NO";
    }

    private static String micros(double nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e3);
    }

    private static String ratio(double whole, double part) {
        return part == 0 ? "-" : String.format(Locale.ROOT, "%.2f", whole / part);
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("equal", isEqual());
        ArrayNode all = node.putArray("results");
        for (ScaleResult result : results) {
            ObjectNode one = all.addObject();
            one.put("part", result.part().label()).put("line", result.line()).put("x", result.x());
            result.figures().forEach(one::put);
            result.times().forEach((name, times) -> one.set(name + ", µs", times.figures()));
        }
        failures().forEach(node.putArray("failures")::add);
        return node;
    }

    /** All tables for a terminal. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        String text = batch()
                + end
                + shared()
                + end
                + growth(ScaleResult.Part.VOCABULARY, "tokens")
                + end
                + growth(ScaleResult.Part.SIZE, "size")
                + end
                + growth(ScaleResult.Part.DEPTH, "levels");
        return failures().isEmpty() ? text : text + end + String.join(end, failures()) + end;
    }
}
