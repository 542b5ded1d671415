// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.generate.LongContext;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bench with the embedded model. */
class QualityBenchTest {

    private static final List<QualityTask> TASKS = QualityTasks.spread(List.of(TaskKind.values()), 1);

    private static AskedModel asked;

    @BeforeAll
    static void load() {
        asked = new AskedModel(LongContext.sprig(LoadOptions.DEFAULT, 1024), "Espalier f32", 5_000, Optional.empty());
    }

    @AfterAll
    static void close() {
        asked.close();
    }

    private static View run(Path folder, List<AnswerWay> ways, AtomicInteger steps) throws InterruptedException {
        QualityBench bench = new QualityBench(
                Optional.of(asked), TASKS, ways, new OtherAnswers(List.of()), Settings.none(), "setting");
        return new BenchRunner<>(bench).run(folder, new Cancellation(), steps::incrementAndGet);
    }

    @Test
    void everyTaskIsAnsweredInTheWaysThatServeItsKind(@TempDir Path folder) throws IOException, InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        View view = run(folder, List.of(AnswerWay.values()), steps);
        List<String> lines = Files.readAllLines(folder.resolve(ResultsFile.NAME));
        assertEquals(9 + 5 + 6, steps.get());
        assertEquals(steps.get() + 1, lines.size());
        for (String line : lines.subList(0, lines.size() - 1)) {
            Answer answer = ResultJson.read(JsonMapper.shared().readTree(line), Answer.class);
            assertEquals(line, answer.toJson());
            assertTrue(answer.isValid() || answer.way().equals("free"), line);
            assertTrue(answer.tokens() > 0 && answer.wallNanos() > 0 && answer.fields() > 0, line);
        }
        assertTrue(view.isRight());
        assertTrue(view.toString().contains("Espalier f32, answer-first"), view.toString());
    }

    @Test
    void aRunGoesOnWithOtherWays(@TempDir Path folder) throws IOException, InterruptedException {
        run(folder, List.of(AnswerWay.DECLARED), new AtomicInteger());
        List<String> before = Files.readAllLines(folder.resolve(ResultsFile.NAME));
        run(folder, List.of(AnswerWay.DECLARED, AnswerWay.ANSWER_FIRST), new AtomicInteger());
        List<String> after = Files.readAllLines(folder.resolve(ResultsFile.NAME));
        assertTrue(after.containsAll(before.subList(0, TASKS.size())));
        assertEquals(before.size() + 1, after.size());
    }

    /** Other engines leave judging to this one. */
    @Test
    void answersOfOtherRunsAreJudgedAndShown(@TempDir Path folder) throws IOException, InterruptedException {
        Path peer = Files.createDirectories(folder.resolve("peer"));
        QualityTask task = TASKS.get(0);
        Answer answer = new Answer(
                "masked/" + task.id(),
                "peer f32",
                "masked",
                task.id(),
                task.kind(),
                "So: " + task.label(),
                "",
                10,
                20,
                256,
                1_000_000,
                2_000_000,
                Optional.empty(),
                Optional.empty());
        Files.writeString(peer.resolve(ResultsFile.NAME), answer.toJson() + "\n{\"summary\":{}}\n");
        new ModelLoad("peer f32", 3_000_000_000L, 4_000_000).write(peer);
        QualityBench bench = new QualityBench(
                Optional.empty(), List.of(), List.of(), new OtherAnswers(List.of(peer)), Settings.none(), "setting");
        View view = new BenchRunner<>(bench).run(folder.resolve("out"), new Cancellation(), () -> {});
        JsonNode way = view.toJson().path("ways").path(0);
        assertEquals("masked", way.path("way").asString());
        assertEquals(1, way.path("wholly_right").asInt());
        assertEquals(20_000, way.path("tokens_a_cpu_second").asInt());
        assertEquals(
                4_000_000,
                view.toJson().path("engines").path(0).path("peak_bytes").asInt());
    }

    @Test
    void whatIsNoAnswerIsRefusedByNameOfTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(ResultsFile.NAME);
        OtherAnswers others = new OtherAnswers(List.of(folder));
        assertTrue(refusal(others).contains("no such file"), refusal(others));
        Files.writeString(file, "{\"id\":\"free/a\",\"task\":\"no such task\",\"kind\":\"extraction\"}\n");
        assertTrue(refusal(others).contains("there is no task no such task"), refusal(others));
        Files.writeString(file, "{\"id\":\"free/a\",\"task\":\"invoice-1\",\"kind\":\"poetry\"}\n");
        assertTrue(refusal(others).contains("not an answer"), refusal(others));
    }

    private static String refusal(OtherAnswers others) {
        return String.valueOf(
                assertThrows(InvalidInputException.class, others::answers).getMessage());
    }

    @Test
    void aMaskedAnswerThatIsNotValidIsWrong() {
        Answer answer = new Answer(
                "declared/invoice-1",
                "Espalier f32",
                "declared",
                "invoice-1",
                TaskKind.EXTRACTION,
                "{}",
                "",
                1,
                1,
                9,
                1,
                1,
                Optional.empty(),
                Optional.of(new AnswerScore("missing", 0, 6, false)));
        View view = new QualityView(List.of(answer), List.of()).view("");
        assertEquals(false, view.isRight());
        assertTrue(view.toString().contains("masked, but not valid: declared/invoice-1: missing"), view.toString());
    }

    @Test
    void anAnswerIsCutIfItsBudgetIsAsGoodAsSpent() {
        assertTrue(answer(250).isCut());
        assertEquals(false, answer(248).isCut());
    }

    private static Answer answer(int tokens) {
        return free("e", "t", "", tokens, Optional.empty());
    }

    private static Answer free(
            String engine, String task, String text, int tokens, Optional<List<CloseCall>> closeCalls) {
        return new Answer(
                "free/" + task,
                engine,
                "free",
                task,
                TaskKind.EXTRACTION,
                text,
                "",
                1,
                tokens,
                256,
                1,
                1,
                closeCalls,
                Optional.empty());
    }

    @Test
    void greedyTextIsComparedWithARunThatKnowsItsCloseCalls() {
        Optional<List<CloseCall>> none = Optional.of(List.of());
        List<Answer> answers = List.of(
                free("other", "a", "same", 1, none),
                free("other", "b", "once more", 2, Optional.of(List.of(new CloseCall(4, 9, 0.0005)))),
                free("other", "c", "another", 2, Optional.of(List.of(new CloseCall(0, 2, 0.0005)))),
                free("other", "d", "cut", 2, Optional.of(List.of(new CloseCall(3, 8, 0.005)))),
                free("mine", "a", "same", 1, Optional.empty()),
                free("mine", "b", "once again", 2, Optional.empty()),
                free("mine", "c", "another one", 2, Optional.empty()),
                free("mine", "d", "cut it", 2, Optional.empty()));
        List<Agreement> all = Agreement.of(answers);
        assertEquals(1, all.size());
        Agreement mine = all.get(0);
        assertEquals(List.of("mine", "other"), List.of(mine.engine(), mine.reference()));
        assertEquals(List.of(4, 1, 1), List.of(mine.texts(), mine.same(), mine.close()));
        assertEquals(
                List.of("b 5 OptionalDouble[5.0E-4]", "c 7 OptionalDouble.empty", "d 3 OptionalDouble[0.005]"),
                mine.differing().stream()
                        .map(each -> each.task() + " " + each.place() + " " + each.gap())
                        .toList());
        assertEquals(List.of(), Agreement.of(answers.subList(4, 8)));
        View view = new QualityView(answers, List.of()).view("");
        assertEquals(
                1,
                view.toJson()
                        .path("agreements")
                        .path(0)
                        .path("differ_at_a_close_call")
                        .asInt());
    }

    @Test
    void tasksAreSpreadOverTheirFile() {
        List<String> ids = QualityTasks.spread(List.of(TaskKind.EXTRACTION), 3).stream()
                .map(QualityTask::id)
                .toList();
        assertEquals(List.of("invoice-1", "recipe-1", "shipment-1"), ids);
    }

    @Test
    void promptsAreWrittenForModelsWithAChatTemplate(@TempDir Path folder) {
        assertThrows(InvalidInputException.class, () -> WrittenPrompts.write(folder, asked, TASKS));
    }
}
