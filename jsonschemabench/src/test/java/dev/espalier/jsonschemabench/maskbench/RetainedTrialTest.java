// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What compiled schemas keep on the heap. */
class RetainedTrialTest {

    /** What else the Java machine may take or let go meanwhile. */
    private static final long NOISE = 200_000;

    private static RetainedTrial trial() {
        Protocol protocol = new Protocol(
                ByteTokens.withEnd(), RetainedTrialTest::tokens, SchemaOptions.DEFAULT, InstanceText.COMPACT);
        return new RetainedTrial(protocol, new Cancellation());
    }

    private static int[] tokens(String text) {
        if (text.contains("unspeakable")) {
            throw new IllegalArgumentException(text);
        }
        return ByteTokens.of(text);
    }

    @Test
    void whatGoesIsCountedAndWhatSomebodyElseKeepsIsNot() {
        long gone = trial().dropped(() -> new byte[3_000_000]);
        assertTrue(Math.abs(gone - 3_000_000) < NOISE, gone + " bytes of 3,000,000");
        List<byte[]> kept = new ArrayList<>();
        long stays = trial().dropped(() -> {
            kept.add(new byte[3_000_000]);
            return kept.get(0);
        });
        assertTrue(stays < NOISE, stays + " bytes of what stays");
    }

    @Test
    void schemasThatFailAreLeftOutAndOthersKeepWhatTheyAreMadeOf(@TempDir Path folder) throws IOException {
        String names = IntStream.range(0, 8_000)
                .mapToObj(i -> "\"a long enough name, number " + i + "\"")
                .collect(Collectors.joining(","));
        Path file = Files.writeString(folder.resolve("a.jsonl"), """
                {"id": "a---refused", "schema": {"type": "sting"}, "tests": []}
                {"id": "a---small", "schema": {"type": "integer"}, "tests": [{"valid": true, "data": 12}]}
                {"id": "b---large", "schema": {"enum": [%s]}, "tests": [{"valid": false, "data": 12}]}
                {"id": "c---unspeakable", "schema": true, "tests": [{"valid": true, "data": "unspeakable"}]}
                """.formatted(names));
        int[] steps = {0};
        List<RetainedBytes> all = trial().run(SchemaCorpus.read(List.of(file)), () -> steps[0]++);
        assertEquals(4, steps[0]);
        assertEquals(
                List.of("a---small", "b---large"),
                all.stream().map(RetainedBytes::id).toList());
        assertTrue(all.get(0).compiled() < NOISE, all.get(0).toJson());
        assertTrue(all.get(1).compiled() > 2 * NOISE, all.get(1).toJson());
        assertTrue(all.get(1).instances() > 2 * NOISE, all.get(1).toJson());
    }

    @Test
    void percentilesAreThoseOfTimes() {
        assertEquals(0, RetainedSummary.percentile(new long[0], 50));
        long[] four = {1, 2, 3, 4};
        assertEquals(
                List.of(1L, 3L, 4L, 4L),
                List.of(
                        RetainedSummary.percentile(four, 0),
                        RetainedSummary.percentile(four, 50),
                        RetainedSummary.percentile(four, 99),
                        RetainedSummary.percentile(four, 100)));
        RetainedSummary summary = new RetainedSummary(List.of(
                new RetainedBytes("a", 1, 10, 20, 100_001, 4),
                new RetainedBytes("b", 1, 11, 21, 31, 5),
                new RetainedBytes("c", 1, 12, 22, 32, 6)));
        assertEquals(32, summary.median());
        assertEquals(1, summary.view().toJson().path("above_100000_bytes").asInt());
        assertEquals(
                5, summary.view().toJson().path("own_caches_bytes").path("p50").asInt());
        assertEquals("a", summary.largest().rows().get(0).get(0));
    }
}
