// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.EspalierCommand;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.maskbench.StepTimes;
import dev.espalier.jsonschemabench.maskbench.TestResult;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several result files side by side. */
class ComparisonTest {

    private static final TestResult READ = TestResult.accepted(true, 4);
    private static final TestResult REFUSED_AT_2 = TestResult.rejected(false, 4, 2);

    private final EngineResults fast = engine(
            "fast",
            compiled("d_both", 1_000, 100, READ, REFUSED_AT_2),
            compiled("d_earlier", 1_000, 100, READ, TestResult.rejected(false, 4, 1)),
            compiled("d_longer", 1_000, 100, TestResult.accepted(true, 5)),
            compiled("d_mine", 9_000, 100, READ));
    private final EngineResults slow = engine(
            "slow",
            compiled("d_both", 4_000, 300, READ, REFUSED_AT_2),
            compiled("d_earlier", 2_000, 500, READ, TestResult.accepted(false, 4)),
            compiled("d_longer", 1_000, 900, READ),
            refused("d_mine"),
            compiled("d_other", 1_000, 900, READ));

    @Test
    void schemasAreComparedOnWhatAllCompiledWithTheSameInstances() {
        CommonGround ground = CommonGround.of(List.of(fast, slow));
        assertEquals(Set.of("d_both", "d_earlier", "d_longer", "d_mine"), ground.tried());
        assertEquals(Set.of("d_longer"), ground.otherInstances());
        assertEquals(Set.of("d_both", "d_earlier"), ground.compiled());
        assertEquals(Set.of("d_both"), ground.samePath());
    }

    @Test
    void ratiosAreThoseToTheFirst() {
        JsonNode node = new Comparison(List.of(fast, slow)).view().toJson();
        JsonNode common = node.path("compiled_by_all");
        assertEquals(2, common.path("schemas").asInt());
        JsonNode mask = common.path("engines").path("slow").path("mask_us");
        assertEquals(2, mask.path("count").asInt());
        assertEquals(0.4, mask.path("mean").asDouble());
        assertEquals(4, mask.path("ratio_to_first").path("mean").asDouble());
        assertEquals(
                3,
                common.path("engines")
                        .path("slow")
                        .path("compile_us")
                        .path("ratio_to_first")
                        .path("mean")
                        .asDouble());
        assertEquals(
                1,
                common.path("engines")
                        .path("fast")
                        .path("step_us")
                        .path("ratio_to_first")
                        .path("p999")
                        .asDouble());
        JsonNode same = node.path("same_path").path("engines").path("slow").path("mask_us");
        assertEquals(3, same.path("ratio_to_first").path("max").asDouble());
        assertEquals(
                4,
                node.path("each")
                        .path("engines")
                        .path("slow")
                        .path("mask_us")
                        .path("count")
                        .asInt());
    }

    @Test
    void verdictsAreCountedInFullAndOnWhatAllCompiled() {
        Comparison comparison = new Comparison(List.of(fast, slow));
        JsonNode slows = comparison.view().toJson().path("engines").path("slow");
        assertEquals(5, slows.path("verdicts").path("schemas").asInt());
        assertEquals(3, slows.path("verdicts").path("passing").asInt());
        assertEquals(1, slows.path("verdicts").path("invalid_accepted").asInt());
        assertEquals(1, slows.path("verdicts").path("refused").asInt());
        assertEquals(2, slows.path("verdicts_compiled_by_all").path("schemas").asInt());
        assertEquals(1, slows.path("refused_for").path("not").asInt());
        assertEquals(
                List.of(List.of("slow", "2", "0")), comparison.differences().rows());
    }

    @Test
    void fewSchemasAreShownOneByOne() {
        List<List<String>> rows =
                new Comparison(List.of(fast, slow)).casesTable().rows();
        assertEquals(
                List.of("d_both", "fast", "compiled", "2 of 2"), rows.get(0).subList(0, 4));
        assertEquals(
                List.of("d_mine", "slow", "not", "0 of 0", "-", "-"),
                rows.get(7).subList(0, 6));
    }

    @Test
    void resultsOfOtherTokenizersOrOneNameAreNotCompared() {
        EngineResults other = new EngineResults("other", Map.of("--tokenizer", "b"), slow.byId());
        String why =
                String.valueOf(assertThrows(InvalidInputException.class, () -> new Comparison(List.of(fast, other)))
                        .getMessage());
        assertTrue(why.contains("--tokenizer is a of fast, and b of other"), why);
        assertThrows(InvalidInputException.class, () -> new Comparison(List.of(fast, fast)));
        EngineResults unknown = new EngineResults("unknown", Map.of(), slow.byId());
        assertEquals(2, new Comparison(List.of(fast, unknown)).engines().size());
    }

    @Test
    void theLeastOfSeveralReadingsIsNotComparedWithOneReading() {
        EngineResults once = new EngineResults("once", Map.of("--repeat", "1"), fast.byId());
        assertEquals(2, new Comparison(List.of(slow, once)).engines().size(), "who does not say has read once");
        EngineResults thrice = new EngineResults("thrice", Map.of("--repeat", "3"), fast.byId());
        String why =
                String.valueOf(assertThrows(InvalidInputException.class, () -> new Comparison(List.of(slow, thrice)))
                        .getMessage());
        assertTrue(why.contains("--repeat is 1 of slow, and 3 of thrice"), why);
    }

    @Test
    void whatThePeersScriptWritesIsRead() throws URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(getClass().getResource("/compare/word")).toURI());
        EngineResults word = EngineResults.read(folder.toString());
        assertEquals("word 1", word.name());
        assertEquals(Set.of("d_refuse", "d_word"), word.byId().keySet());
        SchemaResult compiled = Objects.requireNonNull(word.byId().get("d_word"));
        assertEquals(
                List.of(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(4)),
                compiled.tests().stream().map(TestResult::rejectedAt).toList());
        assertEquals(11, compiled.steps().mask().count());
        assertTrue(compiled.passes());
        SchemaResult refused = Objects.requireNonNull(word.byId().get("d_refuse"));
        assertEquals("refused for", refused.schema().reasons().get(0).keyword());
        assertEquals(
                "mine",
                EngineResults.read("mine=" + folder.resolve("results.jsonl")).name());
    }

    @Test
    void linesOfHardCasesAreSchemasWithOneText(@TempDir Path folder) throws IOException {
        String read = """
                {"id":"c","end":"read","reasons":[],"source_bytes":9,"tokens":2,"compile_us":5500,"first_mask_us":6000,
                 "histograms":{"mask_ns":{"count":2,"sum":300,"max":200,"buckets":[100,1,164,1]},
                               "commit_ns":{"count":2,"sum":40,"max":20,"buckets":[20,2]}}}
                """;
        Files.writeString(
                folder.resolve("results.jsonl"),
                read.replace("\n", "")
                        + "\n{\"id\":\"d\",\"end\":\"refused\",\"reasons\":[{\"keyword\":\"unsupported\"}]}\n");
        EngineResults cases = EngineResults.read("mine=" + folder);
        List<List<String>> rows = new Comparison(List.of(cases)).casesTable().rows();
        List<String> times = List.of("5.50", "6.00", "2", "0.15", "1.00", "0.20", "0.20", "0.02", "0.02");
        assertEquals(List.of("c", "mine", "compiled", "1 of 1"), rows.get(0).subList(0, 4));
        assertEquals(times, rows.get(0).subList(4, 13));
        assertEquals(
                List.of("d", "mine", "unsupported", "0 of 0", "-", "-", "0"),
                rows.get(1).subList(0, 7));
        Files.writeString(folder.resolve("results.jsonl"), "{\"id\":\"c\",\"end\":\"burnt\"}\n");
        assertThrows(InvalidInputException.class, () -> EngineResults.read(folder.toString()));
    }

    @Test
    void theCommandWritesPageMarkdownAndFigures(@TempDir Path folder) throws IOException {
        String first = write(folder.resolve("first"), "{\"engine\":\"x | y\"}", fast);
        String second = write(folder.resolve("second"), "", slow);
        Path out = folder.resolve("out");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), stream, stream, false);
        assertEquals(
                ExitCode.DONE,
                EspalierCommand.run(console, "bench", "compare", first, second, "--out", out.toString()));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("times as long as x | y"), printed.toString());
        String markdown = Files.readString(out.resolve("report.md"));
        assertTrue(markdown.contains("| x \\| y |"), markdown);
        assertTrue(markdown.contains("| second | 4.00 | 5.00 |"), markdown);
        assertTrue(Files.readString(out.resolve("report.html")).contains("Schemas that all compiled"));
        JsonNode figures = JsonMapper.shared().readTree(Files.readString(out.resolve("comparison.json")));
        assertEquals(4, figures.path("tried_by_all").asInt());
        assertFalse(figures.path("engines").path("second").path("verdicts").isMissingNode());
    }

    private static String write(Path folder, String settings, EngineResults results) throws IOException {
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        results.results().forEach(result -> lines.append(result.toJson()).append('\n'));
        Files.writeString(folder.resolve("results.jsonl"), lines + "{\"summary\":{}}\n");
        if (!settings.isEmpty()) {
            Files.writeString(folder.resolve("settings.json"), settings);
        }
        return folder.toString();
    }

    private static EngineResults engine(String name, SchemaResult... results) {
        return new EngineResults(
                name,
                Map.of("--tokenizer", "a"),
                List.of(results).stream().collect(java.util.stream.Collectors.toMap(SchemaResult::id, one -> one)));
    }

    /** A schema with one mask and one commit. */
    private static SchemaResult compiled(String id, long compileNanos, long maskNanos, TestResult... tests) {
        StepTimes times = new StepTimes();
        times.mask().add(maskNanos);
        times.commit().add(10);
        times.step().add(maskNanos + 10);
        SchemaOutcome outcome = new SchemaOutcome(id, "d", Status.COMPILED, List.of(), List.of(), 50, compileNanos);
        return SchemaResult.of(outcome, compileNanos + maskNanos, times, List.of(tests));
    }

    private static SchemaResult refused(String id) {
        List<Reason> reasons = List.of(new Reason("#", "not", "unknown"));
        SchemaOutcome outcome = new SchemaOutcome(id, "d", Status.REFUSED, reasons, List.of(), 50, 0);
        return SchemaResult.of(outcome, 0, new StepTimes(), List.of());
    }
}
