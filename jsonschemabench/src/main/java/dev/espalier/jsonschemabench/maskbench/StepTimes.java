package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.TokenSteps;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Times of one token each.
 *
 * @param mask making the mask
 * @param commit accepting the token
 * @param step both together: MaskBench's time between masks
 */
public record StepTimes(LatencyHistogram mask, LatencyHistogram commit, LatencyHistogram step) {

    /** No times yet. */
    public StepTimes() {
        this(new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
    }

    /** The times of some tokens. */
    static StepTimes of(TokenSteps tokens) {
        StepTimes times = new StepTimes();
        for (int i = 0; i < tokens.size(); i++) {
            times.mask.add(tokens.mask(i));
            times.commit.add(tokens.commit(i));
            times.step.add(tokens.step(i));
        }
        return times;
    }

    /** Counts all times of others. */
    public void add(StepTimes other) {
        mask.add(other.mask);
        commit.add(other.commit);
        step.add(other.step);
    }

    /** Adds figures in microseconds, and the histograms to go on from. */
    void write(ObjectNode node) {
        node.set("mask_us", mask.figures());
        node.set("commit_us", commit.figures());
        node.set("step_us", step.figures());
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
}
