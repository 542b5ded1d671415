package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What masks cost, by grammar, or all schemas together, form and size of the canvas. Immutable once made. */
public final class CostSummary implements Summary {

    private static final double MEGA = 1e6;

    private final List<CostResult> results;
    private final Map<Group, Counts> groups = new LinkedHashMap<>();

    /** Canvases whose times are put together. */
    record Group(String what, CostForm form, int slots) {

        String shown() {
            return what + ", " + form.label() + ", " + slots + " slots";
        }
    }

    /** Figures of one group. */
    static final class Counts {

        final LatencyHistogram commits = new LatencyHistogram();
        final LatencyHistogram first = new LatencyHistogram();
        private final int[] ends = new int[CostResult.End.values().length];
        long estimate;
        long heap;

        void add(CostResult result) {
            ends[result.end().ordinal()]++;
            commits.add(result.commits());
            if (result.first() > 0) {
                first.add(result.first());
            }
            estimate = Math.max(estimate, result.estimate());
            heap = Math.max(heap, result.heap());
        }

        int count(CostResult.End end) {
            return ends[end.ordinal()];
        }
    }

    CostSummary(List<CostResult> all) {
        results = all.stream()
                .sorted(Comparator.comparing((CostResult result) -> !isGrammar(result))
                        .thenComparing(result -> isGrammar(result) ? result.source() : "")
                        .thenComparing(CostResult::form)
                        .thenComparing(CostResult::slots)
                        .thenComparing(CostResult::source))
                .toList();
        for (CostResult result : results) {
            String what = isGrammar(result) ? result.source() : "schemas";
            groups.computeIfAbsent(new Group(what, result.form(), result.slots()), unused -> new Counts())
                    .add(result);
        }
    }

    private static boolean isGrammar(CostResult result) {
        return result.source().startsWith(InfillCase.GRAMMAR + "/");
    }

    Map<Group, Counts> groups() {
        return groups;
    }

    /** Canvases that ended with an error. */
    List<CostResult> failures() {
        return results.stream()
                .filter(result -> result.end() == CostResult.End.FAILED)
                .toList();
    }

    /** Times and memory of each group. */
    Table table() {
        Table table = Table.of(
                "All masks of a canvas after a commit, in ms; memory in MB, the most of any canvas",
                "",
                "canvases",
                "full",
                "stopped",
                "too short",
                "failed",
                "commits",
                "first",
                "p50",
                "mean",
                "p99",
                "max",
                "estimate",
                "heap");
        for (Map.Entry<Group, Counts> entry : groups.entrySet()) {
            Counts counts = entry.getValue();
            int full = counts.count(CostResult.End.FULL);
            int stopped = counts.count(CostResult.End.STOPPED);
            int tooShort = counts.count(CostResult.End.TOO_SHORT);
            int failed = counts.count(CostResult.End.FAILED);
            table = table.row(
                    entry.getKey().shown(),
                    full + stopped + tooShort + failed,
                    full,
                    stopped,
                    tooShort,
                    failed,
                    counts.commits.count(),
                    millis(counts.first.mean()),
                    millis(counts.commits.percentile(50)),
                    millis(counts.commits.mean()),
                    millis(counts.commits.percentile(99)),
                    millis(counts.commits.max()),
                    counts.estimate / MEGA,
                    counts.heap / MEGA);
        }
        return table;
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("canvases", results.size()).put("failed", failures().size());
        groups.forEach((group, counts) -> {
            ObjectNode one = node.withArray("groups").addObject();
            one.put("what", group.what()).put("form", group.form().label()).put("slots", group.slots());
            for (CostResult.End end : CostResult.End.values()) {
                one.put(end.name().toLowerCase(Locale.ROOT), counts.count(end));
            }
            one.put("commits", counts.commits.count());
            one.set("masks_us", counts.commits.figures());
            one.set("first_us", counts.first.figures());
            one.put("estimated_bytes", counts.estimate).put("heap_bytes", counts.heap);
        });
        return node;
    }

    /** The table for a terminal, and every canvas that failed. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder(table().toString());
        for (CostResult result : failures()) {
            text.append(end).append(result.id()).append(": ").append(why(result));
        }
        return text.append(failures().isEmpty() ? "" : end).toString();
    }

    static String why(CostResult result) {
        return result.reasons().get(0).keyword() + ": "
                + result.reasons().get(0).reason();
    }
}
