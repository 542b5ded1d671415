package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.maskbench.SchemaResult.Status;
import dev.espalier.mask.StoreStats;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Figures over many results. Immutable once made. */
public final class MaskbenchSummary {

    private final Counts total = new Counts();
    private final Map<String, Counts> datasets = new TreeMap<>();
    private final Map<String, Integer> refusedFor = new TreeMap<>();
    private final StepTimes times = new StepTimes();
    private final LatencyHistogram compile = new LatencyHistogram();
    private final LatencyHistogram firstMask = new LatencyHistogram();
    private final StoreStats store;

    /** The figures of some results, and of the store that they shared. */
    MaskbenchSummary(List<SchemaResult> results, StoreStats store) {
        this.store = store;
        for (SchemaResult result : results) {
            total.add(result);
            datasets.computeIfAbsent(result.dataset(), unused -> new Counts()).add(result);
            times.add(result.steps());
            result.reasons().stream()
                    .map(SchemaResult.Reason::keyword)
                    .distinct()
                    .forEach(keyword -> refusedFor.merge(keyword, 1, Integer::sum));
            if (result.status() == Status.COMPILED) {
                compile.add(result.compileNanos());
                firstMask.add(result.firstMaskNanos());
            }
        }
    }

    /** Schemas of one data set, or of all. */
    static final class Counts {

        int schemas;
        int compiled;
        int refused;
        int errors;
        int timeouts;
        int passing;
        long valid;
        long invalid;
        long falselyRefused;
        long falselyAccepted;

        void add(SchemaResult result) {
            schemas++;
            compiled += result.status() == Status.COMPILED ? 1 : 0;
            refused += result.status() == Status.REFUSED ? 1 : 0;
            errors += result.status() == Status.ERROR ? 1 : 0;
            timeouts += result.status() == Status.TIMEOUT ? 1 : 0;
            passing += result.passes() ? 1 : 0;
            long expected = result.tests().stream().filter(TestResult::valid).count();
            valid += expected;
            invalid += result.tests().size() - expected;
            falselyRefused += result.falselyRefused();
            falselyAccepted += result.falselyAccepted();
        }
    }

    Counts total() {
        return total;
    }

    Map<String, Counts> datasets() {
        return datasets;
    }

    /** How many schemas each keyword, or kind of error, stood in the way of; the most frequent first. */
    List<Map.Entry<String, Integer>> refusedFor() {
        return refusedFor.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    StepTimes times() {
        return times;
    }

    LatencyHistogram compile() {
        return compile;
    }

    LatencyHistogram firstMask() {
        return firstMask;
    }

    /** The value of {@code "summary"} in the last line of the results. */
    JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("schemas", total.schemas).put("passing", total.passing).put("compiled", total.compiled);
        node.put("refused", total.refused).put("error", total.errors).put("timeout", total.timeouts);
        node.put("valid", total.valid).put("valid_refused", total.falselyRefused);
        node.put("invalid", total.invalid).put("invalid_accepted", total.falselyAccepted);
        node.put("masks", times.mask().count());
        StepTimes.figures(node, "mask_us", times.mask());
        StepTimes.figures(node, "commit_us", times.commit());
        StepTimes.figures(node, "step_us", times.step());
        StepTimes.figures(node, "compile_us", compile);
        StepTimes.figures(node, "first_mask_us", firstMask);
        ObjectNode shared = node.putObject("store");
        shared.put("hits", store.hits()).put("misses", store.misses()).put("bytes", store.bytes());
        return node;
    }

    /** The tables for a terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "schemas",
                "%d: passing %d, compiled %d, refused %d, error %d, timeout %d",
                total.schemas,
                total.passing,
                total.compiled,
                total.refused,
                total.errors,
                total.timeouts);
        line(
                text,
                "instances",
                "%d valid, %d of them refused; %d invalid, %d of them accepted (of compiled schemas)",
                total.valid,
                total.falselyRefused,
                total.invalid,
                total.falselyAccepted);
        line(
                text,
                "masks",
                "%d; store: %d hits, %d misses, %d bytes",
                times.mask().count(),
                store.hits(),
                store.misses(),
                store.bytes());
        text.append(String.format(
                Locale.ROOT,
                "%n%-16s %10s %10s %10s %10s %10s %12s%n",
                "microseconds",
                "mean",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max"));
        row(text, "mask", times.mask());
        row(text, "commit", times.commit());
        row(text, "mask + commit", times.step());
        row(text, "compile", compile);
        row(text, "to first mask", firstMask);
        if (!refusedFor.isEmpty()) {
            text.append(String.format("%nschemas refused or failed, by keyword or kind of error:%n"));
            refusedFor().stream()
                    .limit(20)
                    .forEach(entry ->
                            text.append(String.format(Locale.ROOT, "%8d %s%n", entry.getValue(), entry.getKey())));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-10s ", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }

    private static void row(StringBuilder text, String name, LatencyHistogram times) {
        text.append(String.format(
                Locale.ROOT,
                "%-16s %10.1f %10.1f %10.1f %10.1f %10.1f %12.1f%n",
                name,
                times.mean() / 1000,
                times.percentile(50) / 1000.0,
                times.percentile(90) / 1000.0,
                times.percentile(99) / 1000.0,
                times.percentile(99.9) / 1000.0,
                times.max() / 1000.0));
    }
}
