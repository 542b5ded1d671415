package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
record TrialResult(
        TrialKey key,
        TrialEnd end,
        List<Reason> reasons,
        OptionalInt neededSlots,
        boolean wanted,
        String text,
        String faults,
        Work work,
        Times times)
        implements ResultsFile.Result {

    /**
     * Counts of a run.
     *
     * @param steps steps, those without a pass included
     * @param passes passes of the model
     * @param commits slots that a policy committed, those revoked later included
     * @param rejections tokens that were proposed and could not stand
     */
    record Work(int steps, int passes, int commits, int rejections) {

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
    record Times(long first, long constraint, long model, long total, LatencyHistogram steps) {

        static Times none() {
            return new Times(0, 0, 0, 0, new LatencyHistogram());
        }
    }

    TrialResult {
        reasons = List.copyOf(reasons);
    }

    /** A trial that was never begun. */
    static TrialResult of(TrialKey key, TrialEnd end, List<Reason> reasons) {
        return new TrialResult(key, end, reasons, OptionalInt.empty(), false, "", "", Work.NONE, Times.none());
    }

    @Override
    public String id() {
        return key.id();
    }

    /** Whether all slots were fixed and the judge finds no fault. */
    boolean isValid() {
        return end.isFinished() && faults.isEmpty();
    }

    /** Whether what was said to be a sentence has faults. */
    boolean isWrong() {
        return end == TrialEnd.COMPLETE && !isValid();
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id()).put("source", key.source()).put("dataset", key.dataset());
        node.put("model", key.model()).put("slots", key.slots()).put("strategy", key.strategy());
        node.put("outcome", end.label()).put("completable", end.isRun());
        node.put("finished", end.isFinished()).put("valid", isValid());
        neededSlots.ifPresent(slots -> node.put("needed_slots", slots));
        Reason.write(reasons, node.putArray("reasons"));
        node.put("wanted_is_sentence", wanted).put("text", text).put("faults", faults);
        node.put("steps", work.steps()).put("passes", work.passes());
        node.put("commits", work.commits()).put("rejections", work.rejections());
        node.put("first_us", times.first() / 1000.0).put("constraint_us", times.constraint() / 1000.0);
        node.put("model_us", times.model() / 1000.0).put("total_us", times.total() / 1000.0);
        node.put("constraint_share", times.total() == 0 ? 0 : (double) times.constraint() / times.total());
        node.set("step_us", times.steps().figures());
        node.set("step_ns", times.steps().toJson());
        return node.toString();
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if there is no such end, or the times are none
     */
    static TrialResult of(JsonNode node) {
        JsonNode needed = node.path("needed_slots");
        return new TrialResult(
                new TrialKey(
                        node.path("source").asString(),
                        node.path("dataset").asString(),
                        node.path("model").asString(),
                        node.path("slots").asInt(),
                        node.path("strategy").asString()),
                TrialEnd.valueOf(node.path("outcome").asString().toUpperCase(Locale.ROOT)),
                Reason.read(node.path("reasons")),
                needed.isInt() ? OptionalInt.of(needed.asInt()) : OptionalInt.empty(),
                node.path("wanted_is_sentence").asBoolean(),
                node.path("text").asString(),
                node.path("faults").asString(),
                new Work(
                        node.path("steps").asInt(),
                        node.path("passes").asInt(),
                        node.path("commits").asInt(),
                        node.path("rejections").asInt()),
                new Times(
                        nanos(node.path("first_us")),
                        nanos(node.path("constraint_us")),
                        nanos(node.path("model_us")),
                        nanos(node.path("total_us")),
                        LatencyHistogram.of(node.path("step_ns"))));
    }

    private static long nanos(JsonNode micros) {
        return Math.round(micros.asDouble() * 1000);
    }
}
