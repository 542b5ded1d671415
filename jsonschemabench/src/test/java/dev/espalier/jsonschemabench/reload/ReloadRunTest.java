// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Few loads, judged by counts: memory of ten windows says nothing yet. */
class ReloadRunTest {

    private static final ReloadSettings FEW = new ReloadSettings(10, 2, 4, 10, 1);

    @TempDir
    Path folder;

    @Test
    void everyGenerationOfEveryLoadIsBrokenOff() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        new ReloadRun(FEW, () -> Sprig.load(LoadOptions.DEFAULT), "a test")
                .run(folder, new Cancellation(), steps::incrementAndGet);
        assertEquals(10, steps.get());
        List<JsonNode> lines = lines();
        assertEquals(11, lines.size());
        for (int i = 0; i < 10; i++) {
            JsonNode window = lines.get(i);
            assertEquals(i + 1, window.path("loads").asInt());
            assertEquals(2 * (i + 1), window.path("cancelled").asInt());
            assertTrue(window.path("broken").isEmpty(), window.toString());
            assertTrue(window.path("heap_bytes").asLong() > 0);
        }
        assertEquals(20, lines.get(10).path("summary").path("cancelled").asInt());
    }

    @Test
    void aModelThatCannotBeLoadedIsAFault() throws IOException {
        View view = new ReloadRun(
                        FEW,
                        () -> {
                            throw new ModelException("no such tensor");
                        },
                        "")
                .run(folder, new Cancellation(), () -> {});
        assertTrue(view.toString().contains("10 times: "), view.toString());
        assertTrue(view.toString().contains("no such tensor"), view.toString());
        assertEquals(0, lines().get(10).path("summary").path("cancelled").asInt());
    }

    @Test
    void aRunThatIsStoppedKeepsTheWindowsItHadAndSaysSo() {
        Cancellation stop = new Cancellation();
        AtomicInteger steps = new AtomicInteger();
        View view = new ReloadRun(FEW, () -> Sprig.load(LoadOptions.DEFAULT), "").run(folder, stop, () -> {
            if (steps.incrementAndGet() == 3) {
                stop.cancel();
            }
        });
        assertEquals(3, steps.get());
        assertEquals(2, view.toJson().path("windows").asInt());
        assertTrue(view.toString().contains("stopped after 2 of 10 loads"), view.toString());
    }

    @Test
    void memoryThatGrowsIsAFault() {
        assertEquals(List.of(), growing(1_000_000).faults());
        List<String> faults = growing(5_000_000).faults();
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("the memory of the process grew by 35.0 MB"), faults.get(0));
    }

    private static ReloadView growing(long bytes) {
        List<ReloadWindow> windows = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            windows.add(new ReloadWindow(i, 2 * i, Map.of(), 20_000_000, 300_000_000 + i * bytes, 1));
        }
        return new ReloadView(windows, FEW);
    }

    @Test
    void tooFewLoadsForASlopeAreRefused() {
        assertThrows(InvalidInputException.class, () -> new ReloadSettings(5, 1, 1, 10, 1));
        assertThrows(InvalidInputException.class, () -> new ReloadSettings(50, 1, 1, 9, 1));
        assertThrows(InvalidInputException.class, () -> new ReloadSettings(50, 0, 1, 10, 1));
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(folder.resolve("results.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
