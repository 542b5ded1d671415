// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.TokenSteps;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The protocol on a small corpus with a vocabulary of bytes. */
class MaskbenchTest {

    private static final String CORPUS = """
            {"id": "data/One---good.json", "schema": {"type": "object", "properties": {"a": {"type": "integer"}}, \
            "required": ["a"]}, "tests": [{"description": "x", "valid": true, "data": {"b": [1.0, "é"], "a": 1}}, \
            {"valid": false, "data": {"a": "1"}}, {"valid": false, "data": {}}]}
            {"id": "data/One---mislabelled.json", "schema": {"type": "integer"}, "tests": [{"valid": true, "data": "no"}, \
            {"valid": false, "data": 5}]}
            {"id": "data/Two---malformed.json", "schema": {"type": "sting"}, "tests": []}
            """;

    @TempDir
    Path folder;

    @Test
    void everySchemaHasALineAndTheSummaryIsTheLast() throws IOException, InterruptedException {
        View summary = run();
        List<String> lines = Files.readAllLines(folder.resolve("out/results.jsonl"));
        assertEquals(4, lines.size());
        JsonNode good = JsonMapper.shared().readTree(lines.get(0));
        assertEquals("compiled", good.path("status").asString());
        assertEquals("One", good.path("dataset").asString());
        assertTrue(
                good.path("first_mask_us").asDouble() >= good.path("compile_us").asDouble());
        assertTrue(good.path("tests").get(0).path("accepted").asBoolean());
        assertTrue(good.path("tests").get(0).path("rejected_at").isNull());
        assertEquals(6, good.path("tests").get(1).path("rejected_at").asInt(), "the quote of {\"a\": \"1\"}");
        JsonNode last = JsonMapper.shared().readTree(lines.get(3)).path("summary");
        assertEquals(summary.toJson().toString(), last.toString());
        assertEquals(3, last.path("schemas").asInt());
        assertEquals(1, last.path("passing").asInt());
        assertEquals(1, last.path("refused").asInt());
        assertEquals(1, last.path("valid_refused").asInt());
        assertEquals(1, last.path("invalid_accepted").asInt());
    }

    @Test
    void aRunThatWasStoppedGoesOnWhereItWas() throws IOException, InterruptedException {
        run();
        Path results = folder.resolve("out/results.jsonl");
        List<String> lines = Files.readAllLines(results);
        String cut = lines.get(2).substring(0, 20);
        String kept = lines.get(0).replace("data/One---good.json", "data/Zero---kept.json");
        Files.writeString(results, kept.replace("\"dataset\":\"One\"", "\"dataset\":\"Zero\"") + "\n" + cut);
        View summary = run();
        assertEquals(4, summary.toJson().path("schemas").asInt());
        assertTrue(summary.toString().contains("Zero"));
        assertEquals(5, Files.readAllLines(results).size());
    }

    @Test
    void resultsSurviveTheirTripThroughJson() {
        TokenSteps steps = new TokenSteps();
        steps.add(1_500, 40, 7);
        SchemaResult result = new SchemaResult(
                new SchemaOutcome(
                        "a---b",
                        "a",
                        Status.REFUSED,
                        List.of(new Reason("#/not", "not", "\"why\"")),
                        List.of(new Reason("#/pattern", "pattern", "a back-reference")),
                        7,
                        1_000),
                2_000,
                new TrieNodes(300_003, 300_000, 1),
                4_000_000,
                StepTimes.of(steps),
                List.of(TestResult.rejected(true, 4, 2), TestResult.accepted(false, 4)));
        String json = result.toJson();
        assertEquals(
                json,
                ResultJson.read(JsonMapper.shared().readTree(json), SchemaResult.class)
                        .toJson());
        assertFalse(result.passes());
    }

    @Test
    void theReportNeedsNothingElse() throws IOException, InterruptedException {
        View summary = run();
        Path page = folder.resolve("report.html");
        summary.page().write(page);
        String html = Files.readString(page);
        assertTrue(html.contains("a &lt;setting&gt;"));
        assertTrue(html.contains("data/One---mislabelled.json"));
        String own = html.substring(0, html.indexOf("<script>"));
        assertFalse(own.contains("src=") || own.contains("href="), "nothing is loaded");
    }

    @Test
    void resultsOfOtherSettingsAreNotAddedTo() throws IOException, InterruptedException {
        run();
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> run(InstanceText.COMPACT));
        assertTrue(String.valueOf(refused.getMessage()).contains("--text OFFICIAL"), refused.getMessage());
    }

    @Test
    void aSchemaThatCannotBeReadIsAnErrorOfItsOwn() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("broken.json"), "version https://git-lfs");
        View summary = run();
        assertEquals(4, summary.toJson().path("schemas").asInt());
        assertEquals(1, summary.toJson().path("error").asInt());
        assertEquals(1, summary.toJson().path("refused_for").path("unreadable").asInt());
    }

    @Test
    void aSchemaThatNoValueSatisfiesCompilesAndRefusesAll() throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("Two---none.json"),
                "{\"schema\": {\"type\": \"integer\", \"minimum\": 5, \"maximum\": 3}, "
                        + "\"tests\": [{\"valid\": false, \"data\": 4}]}");
        View summary = run();
        assertEquals(1, summary.toJson().path("unsatisfiable").asInt());
        assertEquals(2, summary.toJson().path("passing").asInt());
        assertEquals(1, summary.toJson().path("refused").asInt());
    }

    @Test
    void whatAnEncoderThrowsIsAnErrorOfItsSchemaOnly() throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("Two---none.json"),
                "{\"schema\": {\"type\": \"integer\", \"minimum\": 5, \"maximum\": 3}, "
                        + "\"tests\": [{\"valid\": false, \"data\": \"unspeakable\"}]}");
        View summary = run(InstanceText.OFFICIAL, new Cancellation(), text -> {
            if (text.contains("unspeakable")) {
                throw new IllegalArgumentException("unspeakable");
            }
            return ByteTokens.of(text);
        });
        assertEquals(4, summary.toJson().path("schemas").asInt());
        assertEquals(1, summary.toJson().path("error").asInt());
    }

    @Test
    void aStoppedRunDropsTheSchemaUnderWay() throws IOException, InterruptedException {
        Cancellation stop = new Cancellation();
        List<String> encoded = new CopyOnWriteArrayList<>();
        View stopped = run(InstanceText.OFFICIAL, stop, text -> {
            if (text.contains("\"b\"") && encoded.contains(text)) { // not in the warm-up
                stop.cancel();
            }
            encoded.add(text);
            return ByteTokens.of(text);
        });
        assertFalse(Files.readString(folder.resolve("out/results.jsonl")).contains("good"), "half a schema");
        assertTrue(stopped.toJson().path("schemas").asInt() < 3);
        assertEquals(3, run().toJson().path("schemas").asInt());
    }

    @Test
    void aRunThatIsRefusedDoesNotWarmUpFirst() throws IOException, InterruptedException {
        run();
        List<String> encoded = new CopyOnWriteArrayList<>();
        TextEncoder counting = text -> {
            encoded.add(text);
            return ByteTokens.of(text);
        };
        assertThrows(InvalidInputException.class, () -> run(InstanceText.COMPACT, new Cancellation(), counting));
        run(InstanceText.OFFICIAL, new Cancellation(), counting);
        assertEquals(List.of(), encoded, "nothing is left to run");
    }

    @Test
    void resultsAndSummaryAreTheSameInOneRunAndInTwo() throws IOException, InterruptedException {
        run();
        List<String> once = withoutTimes();
        Path results = folder.resolve("out/results.jsonl");
        Files.write(results, Files.readAllLines(results).subList(1, 2));
        run();
        assertEquals(once, withoutTimes());
    }

    private List<String> withoutTimes() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("out/results.jsonl"))) {
            ObjectNode node = (ObjectNode) JsonMapper.shared().readTree(line);
            lines.add(withoutTimes(node.has("summary") ? (ObjectNode) node.path("summary") : node));
        }
        return lines;
    }

    private static String withoutTimes(ObjectNode node) {
        List<String> times = node.propertyNames().stream()
                .filter(name -> name.matches(".*_(us|ms)|histograms|store|.*trie_nodes(_id)?"))
                .toList();
        return node.remove(times).toString();
    }

    @Test
    void severalReadingsHaveTheResultsOfOneButForTimes() throws IOException, InterruptedException {
        run();
        List<String> once = withoutTimes();
        Files.walk(folder.resolve("out")).map(Path::toFile).filter(File::isFile).forEach(File::delete);
        List<String> encoded = new CopyOnWriteArrayList<>();
        run(
                InstanceText.OFFICIAL,
                new Cancellation(),
                text -> {
                    encoded.add(text);
                    return ByteTokens.of(text);
                },
                3,
                0);
        assertEquals(once, withoutTimes());
        assertEquals(5 * (1 + 3), encoded.size(), "five instances, once to warm up and three times in earnest");
    }

    @Test
    void whatSchemasKeepIsWrittenBesideTheResults() throws IOException, InterruptedException {
        View summary = run(InstanceText.OFFICIAL, new Cancellation(), ByteTokens::of, 1, 3);
        List<String> lines = Files.readAllLines(folder.resolve("out/retained.jsonl"));
        assertEquals(3, lines.size(), "the malformed schema keeps nothing");
        assertTrue(lines.get(0).contains("\"id\":\"data/One---good.json\""), lines.get(0));
        assertTrue(lines.get(2).startsWith("{\"summary\":{\"schemas\":2,"), lines.get(2));
        assertEquals(2, summary.toJson().path("retained").path("schemas").asInt());
        assertTrue(summary.toString().contains("Retained KB of 2 compiled schemas"), summary.toString());
        Path page = folder.resolve("report.html");
        summary.page().write(page);
        assertTrue(Files.readString(page).contains("Memory of a compiled schema"));
    }

    @Test
    void sampledIsDecidedByItsSeed() throws IOException {
        SchemaCorpus corpus = corpus();
        assertEquals(corpus.sampled(2, 7).id(1), corpus.sampled(2, 7).id(1));
        assertEquals(2, corpus.sampled(2, 7).size());
    }

    @Test
    void limitedTakesTheSameSchemasEachTime() throws IOException {
        SchemaCorpus corpus = corpus();
        assertEquals(3, corpus.limited(10).size());
        assertEquals(corpus.limited(2).id(1), corpus.limited(2).id(1));
        assertEquals(2, corpus.limited(2).size());
    }

    @Test
    void underOneSchemaOnlyValidInstancesRun() throws IOException {
        BenchSchema plain = corpus().under("{}").schema(0);
        assertEquals("{}", plain.schema());
        assertEquals(1, plain.tests().size());
    }

    @Test
    void whatIsNoCorpusIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), "[1]");
        assertThrows(
                InvalidInputException.class,
                () -> SchemaCorpus.read(List.of(file)).schema(0));
        assertThrows(InvalidInputException.class, () -> SchemaCorpus.read(List.of(folder.resolve("Two---none.json"))));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThrows(InvalidInputException.class, () -> SchemaCorpus.read(List.of(empty)));
    }

    private View run() throws IOException, InterruptedException {
        return run(InstanceText.OFFICIAL);
    }

    private View run(InstanceText form) throws IOException, InterruptedException {
        return run(form, new Cancellation(), ByteTokens::of);
    }

    private View run(InstanceText form, Cancellation stop, TextEncoder encoder)
            throws IOException, InterruptedException {
        return run(form, stop, encoder, 1, 0);
    }

    private View run(InstanceText form, Cancellation stop, TextEncoder encoder, int readings, int weighed)
            throws IOException, InterruptedException {
        SchemaOptions options =
                SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY).withWhiteSpace(WhiteSpace.ANY);
        Settings settings = Settings.none().with("--text", form);
        Protocol protocol = new Protocol(ByteTokens.builder().build(), encoder, options, form);
        Maskbench.Plan plan = new Maskbench.Plan(2, 4, readings, weighed);
        return new BenchRunner<>(new Maskbench(corpus(), protocol, settings, plan, schemas -> "a <setting>"))
                .run(folder.resolve("out"), stop, () -> {});
    }

    private SchemaCorpus corpus() throws IOException {
        Path file = folder.resolve("corpus.jsonl");
        Files.writeString(file, CORPUS);
        List<Path> files = new ArrayList<>(List.of(file));
        for (String other : List.of("broken.json", "Two---none.json")) {
            if (Files.exists(folder.resolve(other))) {
                files.add(folder.resolve(other));
            }
        }
        return SchemaCorpus.read(files);
    }
}
