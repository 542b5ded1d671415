// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.report.View;
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

/** The comparison on four schemas and the grammars that come with the harness. */
class InfillBenchTest {

    private static final int SLOTS = 24;

    @TempDir
    Path folder;

    @Test
    void keysMayRepeatOnlyWhereThatIsAskedFor() {
        for (boolean repeated : new boolean[] {false, true}) {
            InfillSettings settings =
                    new InfillSettings(Optional.empty(), Optional.empty(), 8, 0, 7, MemberOrder.DECLARED, repeated, 20);
            assertEquals(repeated, settings.options().repeatedKeys());
        }
    }

    @Test
    void theExactStrategyFillsWhatCanBeFilledAndOthersDoNot() throws InterruptedException, IOException {
        View summary = run("simulated:30,uniform", "exact,free", 7);
        JsonNode exact = counts(summary, "uniform", InfillContender.EXACT);
        assertEquals(6, exact.path("trials").asInt());
        assertEquals(1, exact.path("refused").asInt(), "\"sting\" is no type");
        assertEquals(1, exact.path("too_short").asInt(), "500 characters");
        assertEquals(4, exact.path("ran").asInt());
        assertEquals(4, exact.path("valid").asInt());
        assertEquals(0, exact.path("rejections").asInt(), "one slot a pass needs nothing to be refused");
        assertEquals(
                4,
                counts(summary, "simulated:30", InfillContender.EXACT)
                        .path("valid")
                        .asInt());
        assertEquals(
                0,
                counts(summary, "uniform", InfillContender.FREE).path("valid").asInt());
        assertEquals(
                4,
                counts(summary, "uniform", InfillContender.FREE)
                        .path("finished")
                        .asInt());
        assertEquals(0, summary.toJson().path("complete_invalid").asInt());
        JsonNode malformed = line("data/One---malformed.json/uniform/00024/exact");
        assertEquals("refused", malformed.path("outcome").asString());
        assertTrue(malformed.path("reasons").get(0).path("pointer").asString().contains("/type"), malformed.toString());
        JsonNode person = line("data/One---person.json/uniform/00024/exact");
        assertTrue(person.path("valid").asBoolean(), person.toString());
        assertTrue(person.path("commits").asInt() <= SLOTS, "each slot is committed once, or has one token");
        assertTrue(person.path("passes").asInt() <= SLOTS);
        assertTrue(person.path("step_us").path("mean").asDouble() > 0);
    }

    @Test
    void aModelThatKnowsATextWritesIt() throws InterruptedException, IOException {
        run("simulated:0", "exact,free", 7);
        for (String strategy : List.of("exact", "free")) {
            JsonNode dates = line("data/Two---dates.json/simulated:0/00024/" + strategy);
            assertEquals("[\"2024-02-29\"]", dates.path("text").asString());
            assertTrue(dates.path("wanted_is_sentence").asBoolean());
            assertTrue(dates.path("valid").asBoolean());
        }
        assertEquals(
                "no_instance",
                line("data/Two---long.json/simulated:0/00024/exact")
                        .path("outcome")
                        .asString());
    }

    @Test
    void theSeedDecidesEveryTextHoweverManyRun() throws InterruptedException, IOException {
        run("uniform", "exact", 7);
        String alone =
                line("data/Two---dates.json/uniform/00024/exact").path("text").asString();
        delete();
        run("simulated:10,uniform", "look-ahead,exact", 7);
        assertEquals(
                alone,
                line("data/Two---dates.json/uniform/00024/exact").path("text").asString());
        delete();
        run("uniform", "exact", 8);
        assertFalse(alone.equals(
                line("data/Two---dates.json/uniform/00024/exact").path("text").asString()));
    }

    @Test
    void aRunGoesOnWhereItWas() throws InterruptedException, IOException {
        run("uniform", "free", 7);
        List<String> before = Files.readAllLines(results());
        View both = run("uniform", "exact,free", 7);
        assertEquals(12, both.toJson().path("trials").asInt());
        List<String> after = Files.readAllLines(results());
        assertTrue(after.containsAll(before.subList(0, before.size() - 1)), "not written again");
        assertEquals(
                both.toJson().toString(),
                JsonMapper.shared()
                        .readTree(after.get(after.size() - 1))
                        .path("summary")
                        .toString());
        InvalidInputException other = assertThrows(InvalidInputException.class, () -> run("uniform", "free", 9));
        assertTrue(String.valueOf(other.getMessage()).contains("--seed 7"), other.getMessage());
    }

    @Test
    void aStoppedRunKeepsNoHalfTrials() throws InterruptedException {
        Cancellation stop = new Cancellation();
        stop.cancel();
        assertEquals(0, run("uniform", "free", 7, stop).toJson().path("trials").asInt());
    }

    @Test
    void theTableAndThePageNameEveryStrategy() throws InterruptedException, IOException {
        View summary = run("simulated:40", "exact,look-ahead,any-length,free", 7);
        Path page = folder.resolve("report.html");
        summary.page().write(page);
        String html = Files.readString(page);
        for (InfillContender strategy : InfillContender.values()) {
            assertTrue(summary.toString().contains("simulated:40, 24 slots, " + strategy.label()), summary.toString());
            assertTrue(html.contains("simulated:40, 24 slots, " + strategy.label()));
        }
        assertTrue(html.contains("How canvases ended"));
    }

    @Test
    void objectsThatAreOpenToAnyKeyAreFilledWhereKeysMayRepeat() throws InterruptedException, IOException {
        Path schema = folder.resolve("open.jsonl");
        assertEquals(1, filled(schema));
    }

    private int filled(Path schema) throws InterruptedException, IOException {
        Files.writeString(
                schema, "{\"id\": \"data/One---open.json\", \"schema\": {\"type\": \"object\"}, \"tests\": []}");
        InfillSettings settings =
                new InfillSettings(Optional.empty(), Optional.empty(), 8, 0, 7, MemberOrder.DECLARED, true, 20);
        InfillBench bench = new InfillBench(
                InfillCases.of(Optional.of(SchemaCorpus.read(List.of(schema))), false),
                List.of(ModelChoice.parse("uniform")),
                List.of(8),
                List.of(InfillContender.EXACT),
                new InfillTrial(settings),
                1,
                "Some.");
        View view = new BenchRunner<>(bench).run(folder.resolve("open"), new Cancellation(), () -> {});
        return view.toJson().path("groups").path(0).path("valid").asInt();
    }

    @Test
    void namesOfModelsAndStrategiesReadBack() {
        for (String name : List.of("sprig-diffusion", "simulated:0", "simulated:40", "uniform")) {
            assertEquals(name, ModelChoice.parse(name).label());
        }
        for (String name : List.of("sprig", "simulated:", "simulated:-1", "simulated:101", "uniform:3", "")) {
            assertThrows(InvalidInputException.class, () -> ModelChoice.parse(name), name);
        }
        assertEquals(InfillContender.ANY_LENGTH, InfillContender.parse("any-length"));
        assertThrows(InvalidInputException.class, () -> InfillContender.parse("none"));
    }

    private View run(String models, String strategies, long seed) throws InterruptedException {
        return run(models, strategies, seed, new Cancellation());
    }

    private View run(String models, String strategies, long seed, Cancellation stop) throws InterruptedException {
        InfillSettings settings =
                new InfillSettings(Optional.empty(), Optional.empty(), SLOTS, 0, seed, MemberOrder.DECLARED, false, 20);
        AtomicInteger steps = new AtomicInteger();
        BenchRunner<TrialResult> run = new BenchRunner<>(new InfillBench(
                InfillCases.of(Optional.of(corpus()), true),
                List.of(models.split(",")).stream().map(ModelChoice::parse).toList(),
                List.of(SLOTS),
                List.of(strategies.split(",")).stream()
                        .map(InfillContender::parse)
                        .toList(),
                new InfillTrial(settings),
                1,
                "Some."));
        View summary = run.run(folder.resolve("out"), stop, steps::incrementAndGet);
        assertEquals(stop.isRequested() ? 0 : run.steps(), steps.get());
        return summary;
    }

    private static SchemaCorpus corpus() {
        try {
            return SchemaCorpus.read(
                    List.of(Path.of(Objects.requireNonNull(InfillBenchTest.class.getResource("/infill/schemas.jsonl"))
                            .toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode counts(View summary, String model, InfillContender strategy) {
        return summary.toJson()
                .path("groups")
                .valueStream()
                .filter(group -> group.path("model").asString().equals(model)
                        && group.path("strategy").asString().equals(strategy.label()))
                .findFirst()
                .orElseThrow();
    }

    private Path results() {
        return folder.resolve("out/results.jsonl");
    }

    private JsonNode line(String id) throws IOException {
        return Files.readAllLines(results()).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(node -> node.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void delete() throws IOException {
        Files.delete(results());
        Files.delete(folder.resolve("out/settings.json"));
    }
}
