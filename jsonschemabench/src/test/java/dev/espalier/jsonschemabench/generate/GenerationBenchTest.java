// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.generate.Writing.End;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import dev.espalier.sampler.SamplingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The protocol with a model of bytes on a few schemas. */
class GenerationBenchTest {

    private static final String CORPUS = """
            {"id": "data/One---person.json", "schema": {"type": "object", "properties": {"name": {"type": "string"}, \
            "age": {"type": "integer", "minimum": 0}}, "required": ["name"], "additionalProperties": false}}
            {"id": "data/One---malformed.json", "schema": {"type": "sting"}}
            {"id": "data/Two---date.json", "schema": {"type": "array", "items": {"format": "date", "type": "string"}, \
            "minItems": 1}}
            {"id": "data/Two---long.json", "schema": {"type": "string", "minLength": 5000}}
            """;

    @TempDir
    Path folder;

    @Test
    void everySchemaHasALineAndTheSummaryIsTheLast() throws IOException, InterruptedException {
        View summary = run(7, 4, 2);
        List<String> lines = Files.readAllLines(folder.resolve("out/results.jsonl"));
        assertEquals(5, lines.size());
        JsonNode person = line(lines, "data/One---person.json");
        assertEquals("compiled", person.path("status").asString());
        JsonNode text = person.path("constrained");
        assertEquals("complete", text.path("outcome").asString());
        assertTrue(text.path("valid").asBoolean(), text.toString());
        assertTrue(text.path("forced_tokens").asInt() >= 9, "{\"name\":\" is certain");
        assertTrue(text.path("first_token_us").asDouble()
                > person.path("compile_us").asDouble());
        assertTrue(
                text.path("total_us").asDouble() >= text.path("first_token_us").asDouble());
        assertTrue(person.path("unconstrained").path("tokens").asInt() >= 0);
        JsonNode last = JsonMapper.shared().readTree(lines.get(4)).path("summary");
        assertEquals(summary.toJson().toString(), last.toString());
        assertEquals(4, last.path("schemas").asInt());
        assertEquals(3, last.path("compiled").asInt());
        assertEquals(2, last.path("valid").asInt());
        assertEquals(0.75, last.path("declared_coverage").asDouble());
        assertEquals(0.5, last.path("empirical_coverage").asDouble());
        assertEquals(0.666667, last.path("compliance").asDouble());
    }

    @Test
    void whatCannotBeServedIsAnErrorWithItsReason() throws IOException, InterruptedException {
        run(7, 4, 1);
        JsonNode text = line(Files.readAllLines(folder.resolve("out/results.jsonl")), "data/Two---long.json")
                .path("constrained");
        assertEquals("error", text.path("outcome").asString());
        assertTrue(text.path("error").asString().contains("budget"), text.toString());
    }

    @Test
    void theSeedDecidesEveryTextWhoeverElseRuns() throws IOException, InterruptedException {
        run(7, 4, 2);
        String all = texts();
        delete();
        run(7, 1, 1);
        assertTrue(all.contains(texts().split("\n")[0]), "one schema alone has the text that it had among others");
        delete();
        run(8, 4, 1);
        assertFalse(all.equals(texts()));
    }

    @Test
    void aRunThatWasStoppedGoesOnWhereItWas() throws IOException, InterruptedException {
        run(7, 2, 1);
        Path results = folder.resolve("out/results.jsonl");
        String first = Files.readAllLines(results).get(0);
        View summary = run(7, 4, 1);
        assertEquals(4, summary.toJson().path("schemas").asInt());
        assertTrue(Files.readAllLines(results).contains(first), "not written again");
        InvalidInputException other = assertThrows(InvalidInputException.class, () -> run(9, 4, 1));
        assertTrue(String.valueOf(other.getMessage()).contains("--seed 7"), other.getMessage());
    }

    @Test
    void aStoppedRunKeepsNoHalfTexts() throws IOException, InterruptedException {
        Cancellation stop = new Cancellation();
        stop.cancel();
        View summary = run(corpus(), new ByteModel(400), settings(7), 2, stop, "out", () -> {});
        assertEquals(0, summary.toJson().path("schemas").asInt());
    }

    @Test
    void anInterruptedRunGoesOnToWhatItWouldHaveBeen() throws IOException, InterruptedException {
        run(7, 4, 1);
        String whole = texts();
        JsonNode figures = withoutTimes();
        delete();
        Cancellation stop = new Cancellation();
        AtomicInteger done = new AtomicInteger();
        View part = run(corpus().sampled(4, 1), new ByteModel(1200), settings(7), 1, stop, "out", () -> {
            if (done.incrementAndGet() == 2) {
                stop.cancel();
            }
        });
        assertEquals(2, part.toJson().path("schemas").asInt());
        assertEquals(2, lastLine().path("schemas").asInt(), "what is there is written");
        run(7, 4, 1);
        assertEquals(whole, texts());
        assertEquals(figures, withoutTimes());
    }

    @Test
    void aRunThatIsStoppedWhileItWarmsUpMakesNoMorePasses() throws IOException, InterruptedException {
        Cancellation stop = new Cancellation();
        AtomicInteger passes = new AtomicInteger();
        ByteModel stopped = new ByteModel(1200, () -> {
            passes.incrementAndGet();
            stop.cancel();
        });
        SchemaCorpus corpus = corpus("{\"schema\": {\"type\": \"string\", \"minLength\": 150}}");
        run(corpus, stopped, settings(7), 1, stop, "out", () -> {});
        assertEquals(1, passes.get(), "passes, where 150 tokens would be written");
    }

    @Test
    void nothingIsWrittenToWarmUpWhenNothingIsLeft() throws IOException, InterruptedException {
        run(7, 4, 1);
        AtomicInteger passes = new AtomicInteger();
        run(
                corpus().sampled(4, 1),
                new ByteModel(1200, passes::incrementAndGet),
                settings(7),
                1,
                new Cancellation(),
                "out",
                () -> {});
        assertEquals(0, passes.get());
    }

    @Test
    void theTextWithoutConstraintHasATimeOfItsOwn() throws IOException, InterruptedException {
        SchemaCorpus corpus = corpus("{\"schema\": {\"type\": \"string\", \"minLength\": 190}}");
        AtomicInteger twice = new AtomicInteger(); // to warm up, and for the results
        run(
                corpus,
                new ByteModel(1200, twice::incrementAndGet),
                settings(7),
                1,
                new Cancellation(),
                "counted",
                () -> {});
        AtomicInteger passes = new AtomicInteger();
        ByteModel slowOnce = new ByteModel(1200, () -> {
            if (passes.incrementAndGet() == twice.get() / 2 + 3) {
                waitTwoSeconds(); // parking would end at once after an unpark for something else
            }
        });
        SamplingParameters parameters = SamplingParameters.MODEL.withSeed(7).withMaxTokens(200);
        GenerationSettings settings = new GenerationSettings("bytes", false, "cpu", parameters, 1, true);
        View summary = run(corpus, slowOnce, settings, 1, new Cancellation(), "out", () -> {});
        assertEquals(1, summary.toJson().path("constrained").path("timeout").asInt());
        assertEquals(0, summary.toJson().path("unconstrained").path("timeout").asInt());
    }

    private static void waitTwoSeconds() {
        try {
            assertFalse(new CountDownLatch(1).await(2, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theTimeOfATokenCountsTheTokensAfterTheFirstOnly() throws IOException, InterruptedException {
        String prefix = "certain ".repeat(10);
        SchemaCorpus corpus =
                corpus("{\"schema\": {\"enum\": [\"%s1 and more\", \"%s2 and more\"]}}".formatted(prefix, prefix));
        run(corpus, new ByteModel(1200), settings(7), 1, new Cancellation(), "out", () -> {});
        JsonNode text = JsonMapper.shared()
                .readTree(
                        Files.readAllLines(folder.resolve("out/results.jsonl")).get(0))
                .path("constrained");
        assertEquals("complete", text.path("outcome").asString());
        int later = text.path("tokens").asInt() - prefix.length() - 2;
        assertTrue(later > 0 && text.path("forced_tokens").asInt() > prefix.length(), text.toString());
        double rest =
                text.path("total_us").asDouble() - text.path("first_token_us").asDouble();
        assertEquals(rest / later, text.path("token_us").asDouble(), 0.002);
    }

    @Test
    void completeTextsWithFaultsAreListed() {
        Writing wrong = new Writing(End.COMPLETE, "", "{\"a\":<1>}", "/a: too <small>", 3, 4, 1, 5_000, 6_000, 7_000);
        SchemaOutcome compiled = new SchemaOutcome("x---y", "x", Status.COMPILED, List.of(), List.of(), 10, 1_000);
        GenerationResult result = new GenerationResult(compiled, Optional.of(wrong), Optional.empty());
        assertEquals(
                result.toJson(),
                ResultJson.read(JsonMapper.shared().readTree(result.toJson()), GenerationResult.class)
                        .toJson());
        View summary = new GenerationView(List.of(result)).view("setting");
        assertFalse(summary.isRight());
        assertEquals(1, summary.toJson().path("complete_invalid").asInt());
        assertTrue(summary.toString().contains("complete, but not valid: x---y: /a: too <small>"), summary.toString());
        Path page = folder.resolve("report.html");
        summary.page().write(page);
        try {
            assertTrue(Files.readString(page).contains("/a: too &lt;small&gt;"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void longPromptsLoseTheirMiddle() {
        SchemaPrompt prompts = new SchemaPrompt(new ByteModel(400), false, 100);
        int[] tokens = prompts.tokens("{\"enum\":[" + "1,".repeat(500) + "2]}");
        assertEquals(300, tokens.length);
        byte[] text = new byte[300];
        for (int i = 0; i < 300; i++) {
            text[i] = (byte) tokens[i];
        }
        String prompt = new String(text, java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(prompt.startsWith("Write one JSON value"), prompt);
        assertTrue(prompt.endsWith("JSON value:\n"), prompt);
    }

    private View run(long seed, int limit, int threads) throws IOException, InterruptedException {
        return run(
                corpus().sampled(limit, 1),
                new ByteModel(1200),
                settings(seed),
                threads,
                new Cancellation(),
                "out",
                () -> {});
    }

    private View run(
            SchemaCorpus corpus,
            ByteModel model,
            GenerationSettings settings,
            int threads,
            Cancellation stop,
            String out,
            Runnable step)
            throws InterruptedException {
        return new BenchRunner<>(
                        new GenerationBench(corpus, new GenerationTrial(model, settings), threads, schemas -> ""))
                .run(folder.resolve(out), stop, step);
    }

    private static GenerationSettings settings(long seed) {
        SamplingParameters parameters = SamplingParameters.MODEL.withSeed(seed).withMaxTokens(200);
        return new GenerationSettings("bytes", false, "cpu", parameters, 20, true);
    }

    private SchemaCorpus corpus() throws IOException {
        return corpus(CORPUS);
    }

    private SchemaCorpus corpus(String lines) throws IOException {
        Path file = folder.resolve("corpus.jsonl");
        Files.writeString(file, lines);
        return SchemaCorpus.read(List.of(file));
    }

    private JsonNode lastLine() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("out/results.jsonl"));
        return JsonMapper.shared().readTree(lines.get(lines.size() - 1)).path("summary");
    }

    /** The summary, but for its times. */
    private JsonNode withoutTimes() throws IOException {
        ObjectNode summary = (ObjectNode) lastLine();
        for (JsonNode part : List.of(summary, summary.path("constrained"), summary.path("unconstrained"))) {
            ((ObjectNode) part).remove(List.of("compile_us", "first_token_us", "token_us"));
        }
        return summary;
    }

    private static JsonNode line(List<String> lines, String id) {
        return lines.stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(line -> line.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The texts of all results, a line each. */
    private String texts() throws IOException {
        StringBuilder texts = new StringBuilder();
        for (String line : Files.readAllLines(folder.resolve("out/results.jsonl"))) {
            JsonNode node = JsonMapper.shared().readTree(line);
            if (node.has("id")) {
                texts.append(node.path("id"))
                        .append(node.path("constrained").path("text"))
                        .append('\n');
            }
        }
        return texts.toString();
    }

    private void delete() throws IOException {
        Files.delete(folder.resolve("out/results.jsonl"));
        Files.delete(folder.resolve("out/settings.json"));
    }
}
