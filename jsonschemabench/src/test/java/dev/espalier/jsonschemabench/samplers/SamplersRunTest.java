package dev.espalier.jsonschemabench.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplersRunTest {

    private static SamplersRun words(long seed) {
        return new SamplersRun(Optional.empty(), List.of(), Set.of("words"), List.of(50, 100), 3, seed);
    }

    private static Workers workers(int threads) {
        return new Workers(threads, new Cancellation());
    }

    /** The lines of a run, without its times. */
    private static List<String> lines(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("results.jsonl")).stream()
                .map(line -> line.replaceFirst(",\"millis\".*", ""))
                .toList();
    }

    @Test
    void theSeedAloneDecides(@TempDir Path folder) throws IOException, InterruptedException {
        SamplersSummary one = words(7).run(folder.resolve("one"), workers(1), () -> {});
        SamplersSummary four = words(7).run(folder.resolve("four"), workers(4), () -> {});
        SamplersSummary other = words(8).run(folder.resolve("other"), workers(1), () -> {});
        assertEquals(lines(folder.resolve("one")), lines(folder.resolve("four")));
        assertEquals(one.toJson(), four.toJson());
        assertFalse(one.toJson().equals(other.toJson()));
    }

    @Test
    void aRunGoesOnWhereItWas(@TempDir Path folder) throws IOException, InterruptedException {
        Cancellation stop = new Cancellation();
        AtomicInteger steps = new AtomicInteger();
        words(7).run(folder.resolve("a"), new Workers(1, stop), () -> {
            if (steps.incrementAndGet() == 5) {
                stop.cancel();
            }
        });
        assertEquals(5 + 1, lines(folder.resolve("a")).size(), "and the summary");
        steps.set(0);
        SamplersRun whole = words(7);
        whole.run(folder.resolve("a"), workers(2), steps::incrementAndGet);
        assertEquals(whole.size(), steps.get());
        words(7).run(folder.resolve("b"), workers(1), () -> {});
        assertEquals(lines(folder.resolve("b")), lines(folder.resolve("a")));
        assertThrows(InvalidInputException.class, () -> words(8).run(folder.resolve("a"), workers(1), () -> {}));
    }

    @Test
    void theTableAndThePageNameEveryGuarantee(@TempDir Path folder) throws IOException, InterruptedException {
        SamplersSummary summary = words(7).run(folder, workers(1), () -> {});
        String table = summary.toString();
        assertTrue(table.contains("masked, unweighted  heuristic"), table);
        assertTrue(table.contains("mcmc-restart        asymptotic"), table);
        Path page = folder.resolve("report.html");
        new SamplersReport(summary, "Some.").page().write(page);
        String html = Files.readString(page);
        assertTrue(html.contains("aprad (heuristic)"));
        assertTrue(html.contains("cars (exact)"));
        assertFalse(html.contains("aprad (exact)"));
    }

    @Test
    void unknownCasesAndTwoOfOneNameAreRefused(@TempDir Path folder) throws IOException {
        assertThrows(
                InvalidInputException.class,
                () -> new SamplersRun(Optional.empty(), List.of(), Set.of("none"), List.of(1), 1, 1));
        Path file = folder.resolve("words.json");
        Files.writeString(file, "{}");
        assertThrows(
                InvalidInputException.class,
                () -> new SamplersRun(Optional.empty(), List.of(file), Set.of(), List.of(1), 1, 1));
    }
}
