// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.report.View;
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

    private static BenchRunner<SamplerResult> words(long seed, int threads) {
        SamplersBench.Plan plan = new SamplersBench.Plan(List.of(50, 100), 3, seed, threads);
        return new BenchRunner<>(new SamplersBench(Optional.empty(), List.of(), Set.of("words"), plan, "Some."));
    }

    private static View run(long seed, int threads, Path folder) throws InterruptedException {
        return words(seed, threads).run(folder, new Cancellation(), () -> {});
    }

    /** The lines of a run, without its times. */
    private static List<String> lines(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("results.jsonl")).stream()
                .map(line -> line.replaceFirst(",\"millis\".*", ""))
                .toList();
    }

    @Test
    void theSeedAloneDecides(@TempDir Path folder) throws IOException, InterruptedException {
        View one = run(7, 1, folder.resolve("one"));
        View four = run(7, 4, folder.resolve("four"));
        View other = run(8, 1, folder.resolve("other"));
        assertEquals(lines(folder.resolve("one")), lines(folder.resolve("four")));
        assertEquals(one.toJson(), four.toJson());
        assertFalse(one.toJson().equals(other.toJson()));
    }

    @Test
    void aRunGoesOnWhereItWas(@TempDir Path folder) throws IOException, InterruptedException {
        Cancellation stop = new Cancellation();
        AtomicInteger steps = new AtomicInteger();
        words(7, 1).run(folder.resolve("a"), stop, () -> {
            if (steps.incrementAndGet() == 5) {
                stop.cancel();
            }
        });
        assertEquals(5 + 1, lines(folder.resolve("a")).size(), "and the summary");
        steps.set(0);
        BenchRunner<SamplerResult> whole = words(7, 2);
        whole.run(folder.resolve("a"), new Cancellation(), steps::incrementAndGet);
        assertEquals(whole.steps(), steps.get());
        run(7, 1, folder.resolve("b"));
        assertEquals(lines(folder.resolve("b")), lines(folder.resolve("a")));
        assertThrows(InvalidInputException.class, () -> run(8, 1, folder.resolve("a")));
    }

    @Test
    void theTableAndThePageNameEveryGuarantee(@TempDir Path folder) throws IOException, InterruptedException {
        View summary = run(7, 1, folder);
        String table = summary.toString();
        assertTrue(table.contains("masked, unweighted  heuristic"), table);
        assertTrue(table.contains("mcmc-restart        asymptotic"), table);
        Path page = folder.resolve("report.html");
        summary.page().write(page);
        String html = Files.readString(page);
        assertTrue(html.contains("aprad (heuristic)"));
        assertTrue(html.contains("cars (exact)"));
        assertFalse(html.contains("aprad (exact)"));
    }

    @Test
    void unknownCasesAndTwoOfOneNameAreRefused(@TempDir Path folder) throws IOException {
        SamplersBench.Plan plan = new SamplersBench.Plan(List.of(1), 1, 1, 1);
        assertThrows(
                InvalidInputException.class,
                () -> new SamplersBench(Optional.empty(), List.of(), Set.of("none"), plan, ""));
        Path file = folder.resolve("words.json");
        Files.writeString(file, "{}");
        assertThrows(
                InvalidInputException.class,
                () -> new SamplersBench(Optional.empty(), List.of(file), Set.of(), plan, ""));
    }
}
