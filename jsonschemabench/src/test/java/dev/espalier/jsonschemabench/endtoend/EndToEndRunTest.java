// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class EndToEndRunTest {

    @Test
    void aRunThatWasThroughIsNotMeasuredAgain(@TempDir Path folder) throws IOException, InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        String first = run(folder, steps).toString();
        List<String> lines = Files.readAllLines(folder.resolve(ResultsFile.NAME));
        assertEquals(2 * Way.values().length + 1, lines.size());
        assertEquals(2 * Rounds.STEPS, steps.get());
        assertEquals(first, run(folder, steps).toString(), "the same times can only be read, not measured");
        assertEquals(4 * Rounds.STEPS, steps.get());
        for (String line : lines.subList(0, lines.size() - 1)) {
            assertEquals(
                    line,
                    ResultJson.read(JsonMapper.shared().readTree(line), EndToEndResult.class)
                            .toJson());
        }
    }

    private static View run(Path folder, AtomicInteger steps) throws IOException, InterruptedException {
        EndToEndBench.Source sprig = new EndToEndBench.Source("sprig", () -> Sprig.load(LoadOptions.DEFAULT));
        EndToEndBench.Plan plan = new EndToEndBench.Plan(2, 1, 1, List.of(Way.values()), 40);
        View view = new BenchRunner<>(
                        new EndToEndBench(List.of(sprig), List.of(1, 3), plan, Settings.none(), "setting"))
                .run(folder, new Cancellation(), steps::incrementAndGet);
        view.page().write(folder.resolve("report.html"));
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("3 at a time, forced text"));
        return view;
    }

    @Test
    void aWayIsComparedWithTheFreeLoopOfItsModelAndBatchRoundByRound() {
        EndToEndView summary = new EndToEndView(List.of(
                result("a", 1, Way.FREE, 10, 20, 40),
                result("a", 1, Way.MASKED, 11, 22, 48),
                result("a", 2, Way.FREE, 1, 1, 1),
                result("b", 1, Way.FREE, 3, 3, 3)));
        EndToEndResult masked = summary.results().stream()
                .filter(result -> result.way() == Way.MASKED)
                .findFirst()
                .orElseThrow();
        List<Double> ratios = summary.ratios(masked, EndToEndResult::stepped);
        assertEquals(1.1, ratios.get(0), 1e-9);
        assertEquals(1.1, ratios.get(1), 1e-9);
        assertEquals(1.2, ratios.get(2), 1e-9);
        assertEquals(10, summary.overhead(masked), 1e-9);
    }

    private static EndToEndResult result(String model, int batch, Way way, double... stepped) {
        List<Double> times = java.util.Arrays.stream(stepped).boxed().toList();
        List<Double> none = Collections.nCopies(stepped.length, 0.0);
        return new EndToEndResult(model, 100, batch, way, 1, 10, 0, 11, 1, times, times, none, none, none, none, none);
    }
}
