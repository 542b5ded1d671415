// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * One canvas filled, or not: one line of {@code results.jsonl}.
 *
 * @param key which trial
 * @param end how it ended
 * @param reasons why, where it did not end with a text
 * @param neededSlots of a canvas that is too short, the fewest that would do, where that was found
 * @param wanted of a simulated model, whether the text that it wants is a sentence that fits the canvas
 * @param text what was written; empty while slots are free
 * @param faults what the judge holds against the text; empty if it is valid, and where it is not finished
 * @param work counts of the run
 * @param times times of the run
 */
public record TrialResult(
        @JsonUnwrapped TrialKey key,
        @JsonProperty("outcome") TrialEnd end,
        List<Reason> reasons,
        OptionalInt neededSlots,
        @JsonProperty("wanted_is_sentence") boolean wanted,
        String text,
        String faults,
        @JsonUnwrapped Work work,
        @JsonUnwrapped Times times)
        implements ResultsFile.Result {

    /**
     * Counts of a run.
     *
     * @param steps steps, those without a pass included
     * @param passes passes of the model
     * @param commits slots that a policy committed, those revoked later included
     * @param rejections tokens that were proposed and could not stand
     */
    public record Work(int steps, int passes, int commits, int rejections) {

        static final Work NONE = new Work(0, 0, 0, 0);
    }

    /**
     * Times of a run in nanoseconds.
     *
     * @param first the first reading of the canvas, from which all strategies start
     * @param constraint parsing and checking after that
     * @param model passes
     * @param total all but the first reading
     * @param steps constraint time of each step with a pass
     */
    public record Times(
            @Nanos("first_us") long first,
            @Nanos("constraint_us") long constraint,
            @Nanos("model_us") long model,
            @Nanos("total_us") long total,
            @JsonProperty("step_ns") LatencyHistogram steps) {

        static Times none() {
            return new Times(0, 0, 0, 0, new LatencyHistogram());
        }
    }

    /** Copies the list. */
    public TrialResult {
        Objects.requireNonNull(end);
        reasons = List.copyOf(reasons);
    }

    /** A trial that was never begun. */
    static TrialResult of(TrialKey key, TrialEnd end, List<Reason> reasons) {
        return new TrialResult(key, end, reasons, OptionalInt.empty(), false, "", "", Work.NONE, Times.none());
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return key.id();
    }

    /** Whether all slots were fixed and the judge finds no fault. */
    @JsonProperty("valid")
    boolean isValid() {
        return end.isFinished() && faults.isEmpty();
    }

    /** Whether what was said to be a sentence has faults. */
    boolean isWrong() {
        return end == TrialEnd.COMPLETE && !isValid();
    }

    @JsonProperty("completable")
    boolean isRun() {
        return end.isRun();
    }

    @JsonProperty("finished")
    boolean isFinished() {
        return end.isFinished();
    }

    @JsonProperty("constraint_share")
    double share() {
        return times.total() == 0 ? 0 : (double) times.constraint() / times.total();
    }

    @JsonProperty("step_us")
    JsonNode stepFigures() {
        return times.steps().figures();
    }
}
