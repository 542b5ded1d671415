package dev.espalier.jsonschemabench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.mask.stats.StoreStats;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        SoakSummary summary =
                new SoakRun(settings(SCHEMAS, 2), VOCABULARY).run(folder, new Cancellation(), steps::incrementAndGet);
        assertEquals(SCHEMAS, steps.get());
        assertEquals(SCHEMAS, summary.schemas());
        assertEquals(10, summary.windows().size());
        for (SoakWindow window : summary.windows()) {
            assertEquals(SCHEMAS / 10, window.count());
            assertTrue(window.broken().isEmpty(), window.broken().toString());
            assertTrue(window.refused().isEmpty(), window.refused().toString());
            assertTrue(window.masks() > window.count());
            assertTrue(window.store().bytes() <= 128 << 10, window.store() + "");
            assertEquals(window.store().bytes(), window.cache(), "workers and own masks go with their grammars");
            assertTrue(window.learned() > 0 && window.learned() <= 12 << 20, window.learned() + " bytes of patterns");
        }
        assertTrue(summary.windows().get(9).store().evictions() > 0);
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertEquals(11, lines.size());
        JsonNode last = JsonMapper.shared().readTree(lines.get(10)).path("summary");
        assertEquals(SCHEMAS, last.path("schemas").asInt());
        assertTrue(summary.toString().contains("verdict: "), summary.toString());
        assertTrue(new SoakReport(summary, "a test").page() != null);
    }

    @Test
    void aSoakThatIsStoppedKeepsTheWindowsItHadAndSaysSo() throws IOException, InterruptedException {
        Cancellation stop = new Cancellation();
        AtomicInteger steps = new AtomicInteger();
        SoakSummary summary = new SoakRun(settings(100, 1), VOCABULARY).run(folder, stop, () -> {
            if (steps.incrementAndGet() == 25) {
                stop.cancel();
            }
        });
        assertEquals(25, steps.get());
        assertEquals(2, summary.windows().size());
        assertEquals(List.of("stopped after 20 of 100 schemas"), summary.faults());
        assertEquals(3, Files.readAllLines(folder.resolve("results.jsonl")).size());
    }

    @Test
    void whatIsKeptForLaterSchemasIsNoGrowthOfTheHeapBesideTheCaches() {
        assertEquals(List.of(), growing(1_000_000, 1_000_000).faults());
        List<String> faults = growing(1_000_000, 0).faults();
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("the heap beside the caches grew by 7.0 MB"), faults.get(0));
        assertTrue(growing(1_000_000, 1_000_000).toString().contains("patterns and numbers kept at most, MB: 10.0"));
    }

    /** Ten windows; so many bytes are more on the heap in each, and so many of them kept by the compiler of schemas. */
    private static SoakSummary growing(long heap, long learned) {
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
        return new SoakSummary(windows, settings(10, 1), 1L << 30);
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
