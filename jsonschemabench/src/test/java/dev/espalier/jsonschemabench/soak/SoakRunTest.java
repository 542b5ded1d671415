// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.Slope;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.mask.stats.StoreStats;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A short soak, judged by counts: times depend on what else the machine does. */
@Timeout(120)
class SoakRunTest {

    private static final int SCHEMAS = 2_000;
    private static final Vocabulary VOCABULARY = vocabulary();

    @TempDir
    Path folder;

    /** All bytes, and thousands of short texts, so that inside strings walks are long enough for their masks to be kept. */
    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = ByteTokens.builder();
        Random random = new Random(3);
        int id = 256;
        Set<String> texts = new HashSet<>();
        while (texts.size() < 12_000) {
            StringBuilder text = new StringBuilder();
            for (int left = 2 + random.nextInt(5); left > 0; left--) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            if (texts.add(text.toString())) {
                builder.token(id++, text.toString());
            }
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    private static SoakSettings settings(int schemas, int threads) {
        SchemaOptions options = SchemaOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxCacheBytes(256 << 10));
        return new SoakSettings(schemas, 10, 12, threads, 1, Optional.empty(), options);
    }

    @Test
    void thousandsOfSchemasStayWithinTheLimitsAndLeaveNothingBehind() throws IOException, InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        View view = new SoakRun(settings(SCHEMAS, 2), VOCABULARY, "a test")
                .run(folder, new Cancellation(), steps::incrementAndGet);
        assertEquals(SCHEMAS, steps.get());
        assertEquals(SCHEMAS, view.toJson().path("schemas").asInt());
        List<JsonNode> lines = lines();
        assertEquals(11, lines.size());
        for (JsonNode window : lines.subList(0, 10)) {
            assertEquals(SCHEMAS / 10, window.path("count").asInt());
            assertTrue(window.path("broken").isEmpty(), window.toString());
            assertTrue(window.path("refused").isEmpty(), window.toString());
            assertTrue(window.path("masks").asInt() > window.path("count").asInt());
            assertTrue(window.path("store_bytes").asLong() <= 128 << 10, window.toString());
            assertEquals(
                    window.path("store_bytes"),
                    window.path("cache_bytes"),
                    "workers and own masks go with their grammars");
            long learned = window.path("learned_bytes").asLong();
            assertTrue(learned > 0 && learned <= 12 << 20, learned + " bytes of patterns");
        }
        assertTrue(lines.get(9).path("evictions").asLong() > 0);
        assertEquals(SCHEMAS, lines.get(10).path("summary").path("schemas").asInt());
        assertTrue(view.toString().contains("verdict: "), view.toString());
        assertTrue(view.page() != null);
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(folder.resolve("results.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    /** Only figures of times are in the file, so that windows cannot be read again: their names are compared. */
    @Test
    void linesHaveTheMembersThatTheyHad() throws IOException, InterruptedException {
        new SoakRun(settings(10, 1), VOCABULARY, "").run(folder, new Cancellation(), () -> {});
        List<JsonNode> lines = lines();
        try (InputStream golden = Objects.requireNonNull(
                getClass().getResourceAsStream("/dev/espalier/jsonschemabench/golden/soak.jsonl"))) {
            List<JsonNode> before = new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonMapper.shared()::readTree)
                    .toList();
            assertEquals(before.size(), lines.size());
            for (int i = 0; i < before.size(); i++) {
                assertEquals(names(before.get(i)), names(lines.get(i)));
            }
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(member -> {
            names.add(member.getKey());
            names.addAll(names(member.getValue()));
        });
        return names;
    }

    @Test
    void aSoakThatIsStoppedKeepsTheWindowsItHadAndSaysSo() throws IOException, InterruptedException {
        Cancellation stop = new Cancellation();
        AtomicInteger steps = new AtomicInteger();
        View view = new SoakRun(settings(100, 1), VOCABULARY, "").run(folder, stop, () -> {
            if (steps.incrementAndGet() == 25) {
                stop.cancel();
            }
        });
        assertEquals(25, steps.get());
        assertEquals(2, view.toJson().path("windows").asInt());
        assertEquals(
                "[\"stopped after 20 of 100 schemas\"]",
                view.toJson().path("faults").toString());
        assertEquals(3, Files.readAllLines(folder.resolve("results.jsonl")).size());
    }

    @Test
    void whatIsKeptForLaterSchemasIsNoGrowthOfTheHeapBesideTheCaches() {
        assertEquals(List.of(), growing(1_000_000, 1_000_000).faults());
        List<String> faults = growing(1_000_000, 0).faults();
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("the heap beside the caches grew by 7.0 MB"), faults.get(0));
        assertTrue(growing(1_000_000, 1_000_000)
                .view("")
                .toString()
                .contains("patterns and numbers kept at most, MB: 10.0"));
    }

    /** Ten windows; so many bytes are more on the heap in each, and so many of them kept by the compiler of schemas. */
    private static SoakView growing(long heap, long learned) {
        List<SoakWindow> windows = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            LatencyHistogram times = new LatencyHistogram();
            times.add(1_000_000);
            windows.add(new SoakWindow(
                    i,
                    1,
                    Map.of(),
                    Map.of(),
                    1,
                    times,
                    times,
                    20_000_000 + i * heap,
                    0,
                    i * learned,
                    new StoreStats(0, 0, 0, 0, 0, 0, 0),
                    1));
        }
        return new SoakView(windows, settings(10, 1), 1L << 30);
    }

    @Test
    void noTwoSchemasAreAlikeAndASeedDecidesThemAll() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < SCHEMAS; i++) {
            assertTrue(texts.add(new RandomSchemas(7).text(i)), "schema " + i);
            assertEquals(new RandomSchemas(7).text(i), new RandomSchemas(7).text(i));
        }
        assertTrue(texts.add(new RandomSchemas(8).text(0)));
    }

    @Test
    void growthIsThatOfTheLineThroughTheValues() {
        assertEquals(new Slope(3, 4), Slope.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0)));
        assertEquals(new Slope(2, 0), Slope.of(List.of(2.0, 2.0, 2.0)));
        assertEquals(new Slope(0, 0), Slope.of(List.of()));
        assertEquals(-0.5, Slope.of(List.of(5.0, 4.0, 3.0)).relative());
    }

    @Test
    void tooFewWindowsForASlopeAreRefused() {
        assertThrows(
                InvalidInputException.class,
                () -> new SoakSettings(5, 10, 1, 1, 1, Optional.empty(), SchemaOptions.DEFAULT));
        assertThrows(
                InvalidInputException.class,
                () -> new SoakSettings(50, 9, 1, 1, 1, Optional.empty(), SchemaOptions.DEFAULT));
    }
}
