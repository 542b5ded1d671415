// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.TokenSteps;

/**
 * Times of one token each.
 *
 * @param mask making the mask
 * @param commit accepting the token
 * @param step both together: MaskBench's time between masks
 */
public record StepTimes(
        @JsonProperty("mask_ns") LatencyHistogram mask,
        @JsonProperty("commit_ns") LatencyHistogram commit,
        @JsonProperty("step_ns") LatencyHistogram step) {

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
}
