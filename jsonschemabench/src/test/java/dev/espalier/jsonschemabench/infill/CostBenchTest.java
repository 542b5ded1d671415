// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.schemas.options.MemberOrder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cost of masks on four schemas and the grammars that come with the harness. */
class CostBenchTest {

    @TempDir
    Path folder;

    @Test
    void everyCommitIsTimedUntilTheCanvasIsFull() throws IOException, URISyntaxException, InterruptedException {
        View summary = run(new Cancellation(), 16, 24);
        JsonNode json = group(summary, "grammar/json", "blank");
        assertEquals(24, json.path("commits").asInt());
        assertTrue(json.path("estimated_bytes").asLong() > 0);
        assertEquals(
                16,
                group(summary, "grammar/json", "gaps").path("commits").asInt(),
                "of three runs of eight slots the second stays");
        JsonNode schemas = group(summary, "schemas", "blank");
        assertEquals(2, schemas.path("full").asInt());
        assertEquals(1, schemas.path("too_short").asInt(), "500 characters");
        assertEquals(1, schemas.path("failed").asInt(), "\"sting\" is no type");
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertEquals(6 * 2 * 2 + 1, lines.size());
        JsonNode last =
                JsonMapper.shared().readTree(lines.get(lines.size() - 1)).path("summary");
        assertEquals(summary.toJson().toString(), last.toString());
        assertTrue(summary.toString().contains("schemas, gaps, 16 slots"), summary.toString());
        Path page = folder.resolve("report.html");
        summary.page().write(page);
        assertTrue(Files.readString(page).contains("grammar/json, blank: all masks after a commit"));
    }

    @Test
    void aRunGoesOnWhereItWas() throws IOException, URISyntaxException, InterruptedException {
        run(new Cancellation(), 16);
        String first = Files.readAllLines(folder.resolve("results.jsonl")).get(0);
        run(new Cancellation(), 16, 8);
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertTrue(lines.contains(first), "not written again");
        assertEquals(6 * 2 * 2 + 1, lines.size());
        InfillBench other =
                new InfillBench(cases(), List.of(), List.of(8), List.of(), new InfillTrial(settings()), 1, "");
        assertThrows(
                InvalidInputException.class,
                () -> new BenchRunner<>(other).run(folder, new Cancellation(), () -> {}),
                "canvases filled are something else");
    }

    @Test
    void aStoppedRunHasWhatWasDone() throws URISyntaxException, InterruptedException {
        Cancellation stop = new Cancellation();
        stop.cancel();
        assertEquals(0, run(stop, 16).toJson().path("canvases").asInt());
    }

    private View run(Cancellation stop, Integer... sizes) throws URISyntaxException, InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        BenchRunner<CostResult> run = new BenchRunner<>(
                new CostBench(cases(), List.of(sizes), settings(), new InfillModels(settings()), "Some."));
        View view = run.run(folder, stop, steps::incrementAndGet);
        assertEquals(stop.isRequested() ? 0 : run.steps(), steps.get());
        return view;
    }

    private static JsonNode group(View view, String what, String form) {
        return view.toJson()
                .path("groups")
                .valueStream()
                .filter(group -> group.path("what").asString().equals(what)
                        && group.path("form").asString().equals(form)
                        && group.path("slots").asInt() == 24)
                .findFirst()
                .orElseThrow();
    }

    private static InfillSettings settings() {
        return new InfillSettings(Optional.empty(), Optional.empty(), 8, 0, 7, MemberOrder.DECLARED, false, 20);
    }

    private static InfillCases cases() throws URISyntaxException {
        Path schemas = Path.of(Objects.requireNonNull(CostBenchTest.class.getResource("/infill/schemas.jsonl"))
                .toURI());
        return InfillCases.of(Optional.of(SchemaCorpus.read(List.of(schemas))), true);
    }
}
