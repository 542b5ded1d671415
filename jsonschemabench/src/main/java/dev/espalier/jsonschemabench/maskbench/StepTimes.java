package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Times of one token each.
 *
 * @param mask making the mask
 * @param commit accepting the token
 * @param step both together: MaskBench's time between masks
 */
record StepTimes(LatencyHistogram mask, LatencyHistogram commit, LatencyHistogram step) {

    StepTimes() {
        this(new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
    }

    void add(long maskNanos, long commitNanos) {
        mask.add(maskNanos);
        commit.add(commitNanos);
        step.add(maskNanos + commitNanos);
    }

    void add(StepTimes other) {
        mask.add(other.mask);
        commit.add(other.commit);
        step.add(other.step);
    }

    /** Adds figures in microseconds, and the histograms to go on from. */
    void write(ObjectNode node) {
        figures(node, "mask_us", mask);
        figures(node, "commit_us", commit);
        figures(node, "step_us", step);
        ObjectNode histograms = node.putObject("histograms");
        histograms.set("mask_ns", mask.toJson());
        histograms.set("commit_ns", commit.toJson());
        histograms.set("step_ns", step.toJson());
    }

    static StepTimes read(JsonNode node) {
        JsonNode histograms = node.path("histograms");
        return new StepTimes(
                LatencyHistogram.of(histograms.path("mask_ns")),
                LatencyHistogram.of(histograms.path("commit_ns")),
                LatencyHistogram.of(histograms.path("step_ns")));
    }

    /** {@code "name": {"mean", "p50", "p90", "p99", "p999", "max"}}, in microseconds. */
    static void figures(ObjectNode node, String name, LatencyHistogram times) {
        ObjectNode figures = node.putObject(name);
        figures.put("mean", round(times.mean()));
        figures.put("p50", round(times.percentile(50)));
        figures.put("p90", round(times.percentile(90)));
        figures.put("p99", round(times.percentile(99)));
        figures.put("p999", round(times.percentile(99.9)));
        figures.put("max", round(times.max()));
    }

    private static double round(double nanos) {
        return Math.round(nanos) / 1000.0;
    }
}
