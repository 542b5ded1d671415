// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.unseen.input.SchemaParts;
import dev.espalier.jsonschemabench.unseen.input.UnseenInputs;
import dev.espalier.jsonschemabench.unseen.input.Weights;
import dev.espalier.jsonschemabench.unseen.trial.TrialSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A fixed share of unseen inputs, in machines of their own. What is found in them is not asserted yet, only that all are
 * tried, that a run goes on where it was, and that the number of threads changes no input.
 */
class UnseenBenchTest {

    private static final int COUNT = 40;
    private static final TrialSettings TRIAL = new TrialSettings(200, 100, 12, 1, 40);

    @TempDir
    private Path folder;

    private static UnseenInputs inputs() {
        List<String> schemas = List.of(
                "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":20}},\"required\":[\"name\"]}",
                "{\"type\":\"array\",\"items\":{\"enum\":[\"red\",\"green\"]}}");
        return new UnseenInputs(Weights.read(), new SchemaParts(schemas, List.of("{\"name\":\"red\"}")), 42);
    }

    private View run(int count, int threads, Path where, AtomicInteger steps) throws InterruptedException {
        UnseenSettings settings = new UnseenSettings(count, threads, 256, TRIAL, 0, 1);
        UnseenBench bench = new UnseenBench(
                settings, inputs(), ByteTokens.withEnd(), Settings.none().with("--seed", 42), "");
        return new BenchRunner<>(bench).run(where, new Cancellation(), steps::incrementAndGet);
    }

    private static List<String> inputs(Path where) throws IOException {
        List<String> all = new ArrayList<>();
        for (JsonNode line : new JsonLines(where.resolve("results.jsonl")).read()) {
            if (line.has("id")) {
                all.add(line.path("id") + " " + line.path("kind") + " " + line.path("made") + " " + line.path("bytes"));
            }
        }
        return all;
    }

    @Test
    void aRunTriesAllInputsAndGoesOnWhereItWas() throws IOException, InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        run(COUNT / 4, 1, folder, steps);
        List<String> first = inputs(folder);
        assertEquals(COUNT / 4, first.size());
        String before = Files.readAllLines(folder.resolve("results.jsonl")).get(0);
        View summary = run(COUNT, 2, folder, steps);
        assertEquals(COUNT / 4 + COUNT, steps.get());
        List<String> all = inputs(folder);
        assertEquals(COUNT, all.size());
        assertEquals(first, all.subList(0, COUNT / 4));
        assertEquals(before, Files.readAllLines(folder.resolve("results.jsonl")).get(0), "tried anew");
        for (int i = 0; i < COUNT; i++) {
            assertTrue(all.get(i).contains(inputs().input(i).id()));
            assertTrue(all.get(i).endsWith(" " + inputs().input(i).source().length()));
        }
        assertTrue(summary.toString().contains("mask and commit"));
        assertFalse(summary.toJson().path("times_us").isMissingNode());
        assertEquals(String.valueOf(COUNT), summary.toJson().path("inputs").asString());
        assertTrue(Integer.parseInt(summary.toJson().path("compiled").asString()) > 0);
        assertFalse(summary.page().toString().isEmpty());
    }
}
