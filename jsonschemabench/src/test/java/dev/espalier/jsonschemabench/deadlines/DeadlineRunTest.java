// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.deadlines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.report.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeadlineRunTest {

    @Test
    void aRunThatIsStoppedShowsWhatItHas(@TempDir Path folder) throws IOException {
        Cancellation stop = new Cancellation();
        View view = new DeadlineRun(Duration.ofMillis(10), "a test").run(folder, stop, stop::cancel);
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        JsonNode part = JsonMapper.shared().readTree(lines.get(0));
        assertEquals("timeout", part.get("ended").stringValue());
        assertTrue(part.get("units").longValue() >= 10_000, lines.get(0));
        assertTrue(view.toString().contains("reader"), view.toString());
    }
}
