// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.quality.AskedModel;
import dev.espalier.jsonschemabench.quality.QualityTasks;
import dev.espalier.jsonschemabench.quality.TaskKind;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DraftsBenchTest {

    @TempDir
    Path folder;

    private static DraftResult result(DraftKind kind, int length, int batch, int tokens, Long... nanos) {
        return new DraftResult(kind, length, batch, true, 2, tokens, 10, 5, 20, 20, 0, List.of(nanos));
    }

    @Test
    void aGainIsTheMedianOfTheRoundsBesideNoDraftsOfTheSameBatch() {
        DraftResult plain = result(DraftKind.PROMPT, 0, 1, 30, 100L, 400L, 200L);
        DraftResult drafted = result(DraftKind.PROMPT, 4, 1, 30, 50L, 100L, 200L);
        DraftResult other = result(DraftKind.PROMPT, 4, 2, 30, 50L, 100L, 200L);
        DraftsView view = new DraftsView(List.of(drafted, plain, other), Optional.empty());
        assertEquals(2, view.gain(drafted));
        assertEquals(1, view.gain(plain));
        assertEquals(1, view.gain(other), "nothing to compare it with");
        assertEquals("none/0/1/grammar", plain.id());
        assertEquals(30e9 / 100, drafted.speed());
    }

    /** The embedded model drafts for itself, and is right. */
    @Test
    void everyWayIsWrittenAndCounted() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        try (LanguageModel model = Sprig.load(LoadOptions.DEFAULT);
                LanguageModel small = Sprig.load(LoadOptions.DEFAULT)) {
            DraftsBench.Plan plan = new DraftsBench.Plan(
                    QualityTasks.spread(List.of(TaskKind.CLASSIFICATION), 2),
                    List.of(DraftKind.values()),
                    List.of(4),
                    List.of(1, 2),
                    List.of(true, false),
                    12,
                    2,
                    2,
                    DraftOptions.DEFAULT);
            AskedModel asked = new AskedModel(model, "sprig", 0, Optional.empty());
            BenchRunner<DraftResult> runner =
                    new BenchRunner<>(new DraftsBench(asked, Optional.of(small), plan, Settings.none(), "a test"));
            runner.run(folder, new Cancellation(), steps::incrementAndGet);
            assertEquals(runner.steps(), steps.get());
        }
        Map<String, JsonNode> lines = lines();
        assertEquals(16, lines.size());
        JsonNode none = line(lines, "none/0/1/free");
        assertEquals(0, none.path("drafted").asInt());
        assertEquals(2, none.path("round_ns").size());
        JsonNode written = line(lines, "model/4/1/free");
        assertTrue(written.path("accepted").asInt() > 0, written.toString());
        assertTrue(written.path("passes").asInt() < none.path("passes").asInt(), written + " beside " + none);
        assertTrue(line(lines, "none/0/2/free").path("passes").asInt()
                < none.path("passes").asInt());
    }

    private static JsonNode line(Map<String, JsonNode> lines, String id) {
        return Objects.requireNonNull(lines.get(id), id);
    }

    private Map<String, JsonNode> lines() throws IOException {
        Map<String, JsonNode> lines = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("results.jsonl"))) {
            JsonNode node = JsonMapper.shared().readTree(line);
            if (node.has("id")) {
                lines.put(node.path("id").asString(), node);
            } else {
                assertTrue(node.path("summary").path("token_price").asDouble() >= 0, line);
                assertTrue(node.path("summary").path("model_price").asDouble() > 0, line);
            }
        }
        return lines;
    }

    @Test
    void kindsHaveNames() {
        for (DraftKind kind : DraftKind.values()) {
            assertEquals(kind, DraftKind.parse(kind.toString()));
        }
        assertThrows(InvalidInputException.class, () -> DraftKind.parse("none"));
    }
}
