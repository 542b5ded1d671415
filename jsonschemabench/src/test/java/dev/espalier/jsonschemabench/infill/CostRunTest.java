package dev.espalier.jsonschemabench.infill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
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
class CostRunTest {

    @TempDir
    Path folder;

    @Test
    void everyCommitIsTimedUntilTheCanvasIsFull() throws IOException, URISyntaxException {
        CostSummary summary = run(new Cancellation(), 16, 24);
        CostSummary.Counts json =
                Objects.requireNonNull(summary.groups().get(new CostSummary.Group("grammar/json", CostForm.BLANK, 24)));
        assertEquals(24, json.commits.count());
        assertTrue(json.estimate > 0);
        CostSummary.Counts gaps =
                Objects.requireNonNull(summary.groups().get(new CostSummary.Group("grammar/json", CostForm.GAPS, 24)));
        assertEquals(16, gaps.commits.count(), "of three runs of eight slots the second stays");
        CostSummary.Counts schemas =
                Objects.requireNonNull(summary.groups().get(new CostSummary.Group("schemas", CostForm.BLANK, 24)));
        assertEquals(2, schemas.count(CostResult.End.FULL));
        assertEquals(1, schemas.count(CostResult.End.TOO_SHORT), "500 characters");
        assertEquals(1, schemas.count(CostResult.End.FAILED), "\"sting\" is no type");
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertEquals(6 * 2 * 2 + 1, lines.size());
        JsonNode last =
                JsonMapper.shared().readTree(lines.get(lines.size() - 1)).path("summary");
        assertEquals(summary.toJson().toString(), last.toString());
        assertTrue(summary.toString().contains("schemas, gaps, 16 slots"), summary.toString());
        Path page = folder.resolve("report.html");
        new CostReport(summary, "Some.").page().write(page);
        assertTrue(Files.readString(page).contains("grammar/json, blank: all masks after a commit"));
    }

    @Test
    void aRunGoesOnWhereItWas() throws IOException, URISyntaxException {
        run(new Cancellation(), 16);
        String first = Files.readAllLines(folder.resolve("results.jsonl")).get(0);
        run(new Cancellation(), 16, 8);
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertTrue(lines.contains(first), "not written again");
        assertEquals(6 * 2 * 2 + 1, lines.size());
        InfillRun other = new InfillRun(cases(), List.of(), List.of(8), List.of(), settings(), InfillRunTest.alone());
        assertThrows(
                InvalidInputException.class, () -> other.run(folder, () -> {}), "canvases filled are something else");
    }

    @Test
    void aStoppedRunHasWhatWasDone() throws URISyntaxException {
        Cancellation stop = new Cancellation();
        stop.cancel();
        assertEquals(0, run(stop, 16).groups().size());
    }

    private CostSummary run(Cancellation stop, Integer... sizes) throws URISyntaxException {
        AtomicInteger steps = new AtomicInteger();
        CostRun run = new CostRun(cases(), List.of(sizes), settings(), stop);
        CostSummary summary = run.run(folder, steps::incrementAndGet);
        assertEquals(run.size(), steps.get());
        return summary;
    }

    private static InfillSettings settings() {
        return new InfillSettings(Optional.empty(), Optional.empty(), 8, 0, 7, MemberOrder.DECLARED, false, 20);
    }

    private static InfillCases cases() throws URISyntaxException {
        Path schemas = Path.of(Objects.requireNonNull(CostRunTest.class.getResource("/infill/schemas.jsonl"))
                .toURI());
        return InfillCases.of(Optional.of(SchemaCorpus.read(List.of(schemas))), true);
    }
}
