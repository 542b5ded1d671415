// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.report.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamedRunTest {

    @Test
    void eachShapeIsFollowedInThreeLengths(@TempDir Path folder) throws IOException {
        StreamedRun run = new StreamedRun(4_000, 1, "a test");
        AtomicInteger steps = new AtomicInteger();
        View view = run.run(folder, new Cancellation(), steps::incrementAndGet);
        assertEquals(run.steps(), steps.get());
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertEquals(run.steps() + 1, lines.size());
        for (int i = 0; i < run.steps(); i += 3) {
            JsonNode shortest = JsonMapper.shared().readTree(lines.get(i));
            JsonNode longest = JsonMapper.shared().readTree(lines.get(i + 2));
            assertTrue(shortest.get("events").intValue() > 10, lines.get(i));
            assertTrue(
                    longest.get("events").intValue()
                            > 10 * shortest.get("events").intValue(),
                    lines.get(i + 2));
        }
        assertTrue(view.toString().contains("records"), view.toString());
    }

    @Test
    void aRunThatIsStoppedShowsWhatItHas(@TempDir Path folder) {
        Cancellation stop = new Cancellation();
        View view = new StreamedRun(1_000, 1, "a test").run(folder, stop, stop::cancel);
        assertEquals(1, view.toJson().get("documents").intValue());
    }
}
