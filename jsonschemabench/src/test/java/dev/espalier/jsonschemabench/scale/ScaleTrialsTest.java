// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** The experiments, small, with a vocabulary of bytes. */
@Timeout(120)
class ScaleTrialsTest {

    private static final Vocabulary BYTES = ByteTokens.withEnd();
    private static final TextEncoder ENCODER = ByteTokens::of;

    @Test
    void everyFamilyAllowsItsTextAtEverySize() {
        GrowthTrial trial = new GrowthTrial(BYTES, ENCODER, new Cancellation());
        for (GrowthTrial.Family family : GrowthTrial.FAMILIES) {
            for (int size : new int[] {1, 2, 7, 40}) {
                ScaleResult result = trial.of(family, size);
                assertEquals("", result.failure(), result.id());
                int tokens = ENCODER.encode(family.member().apply(size).text()).length;
                assertEquals(4L * tokens, result.times(GrowthTrial.MASK).count(), result.id());
                assertEquals(4, result.times(GrowthTrial.FIRST).count());
            }
        }
    }

    @Test
    void schemasOfAThousandLevelsAllowTheirTexts() {
        GrowthTrial trial = new GrowthTrial(BYTES, ENCODER, new Cancellation());
        for (GrowthTrial.Family family : GrowthTrial.FAMILIES) {
            if (family.part() == ScaleResult.Part.DEPTH) {
                assertEquals("", trial.of(family, 1_000).failure());
            }
        }
    }

    @Test
    void batchesOfAnyNumberOfThreadsMakeTheMasksOfTheLoop() {
        List<Written> texts = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            texts.add(Families.members(i));
        }
        List<ScaleResult> results = new BatchTrial(BYTES, ENCODER, texts, 60, new Cancellation()).run(3);
        assertEquals(
                List.of(
                        "batch/one at a time/0000001",
                        "batch/batch/0000001",
                        "batch/batch/0000002",
                        "batch/batch/0000003"),
                results.stream().map(ScaleResult::id).toList());
        for (ScaleResult result : results) {
            assertEquals(1, result.figure(BatchTrial.EQUAL), result.id());
            assertEquals(180, result.times(BatchTrial.COLD).count());
            assertEquals(180, result.times(BatchTrial.WARM).count());
        }
    }

    @Test
    void manyThreadsOnOneSchemaMakeTheMasksOfOne() {
        List<ScaleResult> results = new SharedTrial(BYTES, 60, 20, 1, new Cancellation()).run();
        boolean virtual = VirtualThreads.executor().isPresent();
        System.out.println(
                "virtual threads: " + (virtual ? "used" : "none on this Java machine, platform threads only"));
        assertEquals(virtual ? 3 : 2, results.size());
        for (ScaleResult result : results) {
            assertEquals(1, result.figure(BatchTrial.EQUAL), result.id());
            assertTrue(result.figure(SharedTrial.THROUGHPUT) > 0);
            assertTrue(result.figures().containsKey("waits for monitors, ms"));
        }
    }

    @Test
    void aStoppedTrialEndsAtOnce() {
        Cancellation stop = new Cancellation();
        stop.cancel();
        SharedTrial trial = new SharedTrial(BYTES, 5, 5, 1, stop);
        Assertions.assertThrows(CancelledException.class, trial::run);
    }

    @Test
    void aResultIsReadBackAsItWasWritten() {
        LatencyHistogram times = new LatencyHistogram();
        times.add(1_000);
        times.add(77_000);
        ScaleResult result =
                new ScaleResult(ScaleResult.Part.SIZE, "a line", 30, Map.of("t", times), Map.of("f", 2.5), "");
        ScaleResult failed = new ScaleResult(ScaleResult.Part.DEPTH, "deep", 9, Map.of(), Map.of(), "too deep");
        for (ScaleResult each : List.of(result, failed)) {
            assertEquals(
                    each.toJson(),
                    ResultJson.read(JsonMapper.shared().readTree(each.toJson()), ScaleResult.class)
                            .toJson());
        }
        View view = new ScaleView(List.of(result, failed)).view("a test");
        assertEquals(
                failed.id() + ": too deep",
                view.toJson().path("failures").path(0).asString());
        assertTrue(view.isRight());
        assertTrue(view.toString().contains("a line"), view.toString());
        assertTrue(view.page() != null);
    }
}
