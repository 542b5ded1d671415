package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.maskbench.StepTimes;
import dev.espalier.jsonschemabench.maskbench.TestResult;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A line of {@code bench hard}: a case is compared as a schema whose texts are one valid instance. */
final class CaseLine {

    private CaseLine() {}

    /**
     * Reads a line. Its masks and commits are each step's least of several runs, so that there are no times of both together.
     *
     * @throws IllegalArgumentException if it says of no known end, or its times are none
     */
    static SchemaResult read(JsonNode line) {
        Status status = status(line.path("end").asString(""));
        SchemaOutcome outcome = new SchemaOutcome(
                line.path("id").asString(""),
                line.path("kind").asString(""),
                status,
                Reason.read(line.path("reasons")),
                List.of(),
                line.path("source_bytes").asInt(),
                nanos(line.path("compile_us")));
        JsonNode histograms = line.path("histograms");
        StepTimes times = new StepTimes(
                LatencyHistogram.of(histograms.path("mask_ns")),
                LatencyHistogram.of(histograms.path("commit_ns")),
                new LatencyHistogram());
        int tokens = line.path("tokens").asInt();
        boolean read = status == Status.COMPILED;
        List<TestResult> texts =
                List.of(read ? TestResult.accepted(true, tokens) : TestResult.rejected(true, tokens, tokens));
        return SchemaResult.of(
                outcome, nanos(line.path("first_mask_us")), times, status == Status.REFUSED ? List.of() : texts);
    }

    private static Status status(String end) {
        return switch (end) {
            case "read" -> Status.COMPILED;
            case "refused" -> Status.REFUSED;
            case "failed" -> Status.ERROR;
            case "stopped" -> Status.TIMEOUT;
            default -> throw new IllegalArgumentException("no such end of a case: " + end);
        };
    }

    private static long nanos(JsonNode micros) {
        return Math.round(micros.asDouble() * 1000);
    }
}
