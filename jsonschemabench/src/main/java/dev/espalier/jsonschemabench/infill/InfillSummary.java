package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures over many trials, by model, size of the canvas and strategy. Shares are of the trials that ran: of schemas that
 * compiled, with canvases that some text fits. Immutable once made.
 */
public final class InfillSummary implements Summary {

    private static final int LISTED = 20;

    private final List<TrialResult> results;
    private final Map<Group, Counts> groups = new LinkedHashMap<>();
    private final ReasonCounts refusedFor = new ReasonCounts();
    private final Map<String, TrialResult> free = new HashMap<>();

    /** Trials that are told apart by their case alone. */
    record Group(String model, int slots, String strategy) {

        String shown() {
            return model + ", " + slots + " slots, " + strategy;
        }
    }

    /** Figures of one group. */
    static final class Counts {

        private final int[] ends = new int[TrialEnd.values().length];
        final LatencyHistogram first = new LatencyHistogram();
        final LatencyHistogram steps = new LatencyHistogram();
        int trials;
        int run;
        int finished;
        int valid;
        long passes;
        long commits;
        long rejections;
        long constraint;
        long total;
        long time;
        long timeFree;

        void add(TrialResult result) {
            trials++;
            ends[result.end().ordinal()]++;
            if (!result.end().isRun()) {
                return;
            }
            run++;
            finished += result.end().isFinished() ? 1 : 0;
            valid += result.isValid() ? 1 : 0;
            passes += result.work().passes();
            commits += result.work().commits();
            rejections += result.work().rejections();
            constraint += result.times().constraint();
            total += result.times().total();
            steps.add(result.times().steps());
            if (result.times().first() > 0) {
                first.add(result.times().first());
            }
        }

        /** Takes the time of a trial that finished, and what the same trial took without a constraint. */
        void compare(TrialResult result, TrialResult without) {
            time += result.times().total() + result.times().first();
            timeFree += without.times().total() - without.times().constraint();
        }

        int count(TrialEnd end) {
            return ends[end.ordinal()];
        }

        double each(long sum) {
            return run == 0 ? 0 : (double) sum / run;
        }

        /** How many times as long it took as without a constraint; 0 if that is not known. */
        double overhead() {
            return timeFree == 0 ? 0 : (double) time / timeFree;
        }

        double share() {
            return total == 0 ? 0 : (double) constraint / total;
        }
    }

    InfillSummary(List<TrialResult> all) {
        results = all.stream()
                .sorted(Comparator.comparing(
                                (TrialResult result) -> result.key().model())
                        .thenComparing(result -> result.key().slots())
                        .thenComparing(
                                result -> InfillContender.parse(result.key().strategy()))
                        .thenComparing(TrialResult::id))
                .toList();
        for (TrialResult result : results) {
            groups.computeIfAbsent(group(result), unused -> new Counts()).add(result);
            if (result.end() == TrialEnd.REFUSED) {
                refusedFor.add(result.reasons());
            }
            if (result.end().isFinished() && result.key().strategy().equals(InfillContender.FREE.label())) {
                free.put(result.key().paired(), result);
            }
        }
        for (TrialResult result : results) {
            TrialResult without = free.get(result.key().paired());
            if (without != null && without != result && result.end().isFinished()) {
                groups.computeIfAbsent(group(result), unused -> new Counts()).compare(result, without);
            }
        }
    }

    private static Group group(TrialResult result) {
        return new Group(
                result.key().model(), result.key().slots(), result.key().strategy());
    }

    List<TrialResult> results() {
        return results;
    }

    Map<Group, Counts> groups() {
        return groups;
    }

    /** How many trials there are results of. */
    public int trials() {
        return results.size();
    }

    /** Trials whose text was said to be a sentence and has faults. */
    public int wrong() {
        return (int) results.stream().filter(TrialResult::isWrong).count();
    }

    /** Trials of the exact strategy that ran, and did not end with a valid text. */
    List<TrialResult> exactFailures() {
        return results.stream()
                .filter(result -> result.key().strategy().equals(InfillContender.EXACT.label()))
                .filter(result -> result.end().isRun() && !result.isValid())
                .toList();
    }

    ReasonCounts refusedFor() {
        return refusedFor;
    }

    /** Strategies side by side. */
    Table table() {
        Table table = Table.of(
                "Strategies; shares of the trials that ran, counts a trial, times of the constraint",
                "",
                "trials",
                "refused",
                "too short",
                "ran",
                "finished",
                "valid",
                "passes",
                "rejections",
                "ms a step",
                "p99",
                "first ms",
                "share",
                "time against free");
        for (Map.Entry<Group, Counts> entry : groups.entrySet()) {
            Counts counts = entry.getValue();
            table = table.row(
                    entry.getKey().shown(),
                    counts.trials,
                    counts.count(TrialEnd.REFUSED) + counts.count(TrialEnd.NO_INSTANCE),
                    counts.count(TrialEnd.TOO_SHORT),
                    counts.run,
                    Table.percent(counts.finished, counts.run),
                    Table.percent(counts.valid, counts.run),
                    counts.each(counts.passes),
                    counts.each(counts.rejections),
                    millis(counts.steps.mean()),
                    millis(counts.steps.percentile(99)),
                    millis(counts.first.mean()),
                    Table.percent(counts.share(), 1),
                    counts.overhead() == 0 ? "-" : String.format(Locale.ROOT, "%.2f", counts.overhead()));
        }
        return table;
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }

    /** How trials ended. */
    Table endTable() {
        Table table = Table.of("Ends", "", "complete", "invalid", "unfinished", "timeout", "limit", "error");
        for (Map.Entry<Group, Counts> entry : groups.entrySet()) {
            Counts counts = entry.getValue();
            table = table.row(
                    entry.getKey().shown(),
                    counts.count(TrialEnd.COMPLETE),
                    counts.count(TrialEnd.INVALID),
                    counts.count(TrialEnd.UNFINISHED),
                    counts.count(TrialEnd.TIMEOUT),
                    counts.count(TrialEnd.LIMIT),
                    counts.count(TrialEnd.ERROR));
        }
        return table;
    }

    /** Distributions of the constraint time of a step, by group; the first readings as well. */
    Map<String, LatencyHistogram> times() {
        Map<String, LatencyHistogram> all = new LinkedHashMap<>();
        groups.forEach((group, counts) -> all.put(group.shown(), counts.steps));
        return all;
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("trials", results.size()).put("complete_invalid", wrong());
        groups.forEach((group, counts) -> {
            ObjectNode one = node.withArray("groups").addObject();
            one.put("model", group.model()).put("slots", group.slots()).put("strategy", group.strategy());
            one.put("trials", counts.trials).put("ran", counts.run);
            one.put("finished", counts.finished).put("valid", counts.valid);
            for (TrialEnd end : TrialEnd.values()) {
                one.put(end.label(), counts.count(end));
            }
            one.put("passes", counts.passes).put("commits", counts.commits).put("rejections", counts.rejections);
            one.put("constraint_share", counts.share());
            if (counts.overhead() > 0) {
                one.put("time_against_free", counts.overhead());
            }
            one.set("step_us", counts.steps.figures());
            one.set("first_us", counts.first.figures());
        });
        node.set("refused_for", refusedFor.toJson());
        return node;
    }

    /** The tables for a terminal, and what the exact strategy did not fill. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder(table().toString());
        text.append(end)
                .append(endTable())
                .append(end)
                .append(LatencyChart.table("Constraint time of a step", times()));
        Table ways = refusedFor.table("Trials without a compiled schema, by keyword or kind of error", "trials");
        if (!ways.rows().isEmpty()) {
            text.append(end).append(ways);
        }
        List<TrialResult> failures = exactFailures();
        for (TrialResult result : failures.subList(0, Math.min(LISTED, failures.size()))) {
            text.append(end).append("exact, ").append(result.end().label()).append(": ");
            text.append(result.id()).append(": ").append(why(result));
        }
        return text.append(failures.isEmpty() ? "" : end).toString();
    }

    /** Why a trial has no valid text, in words. */
    static String why(TrialResult result) {
        if (!result.faults().isEmpty()) {
            return result.faults();
        }
        return result.reasons().isEmpty()
                ? "after " + result.work().passes() + " passes"
                : result.reasons().get(0).keyword() + " at "
                        + result.reasons().get(0).pointer() + ": "
                        + result.reasons().get(0).reason();
    }
}
