// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Answers of other runs, of this engine or another, judged as this engine's are.
 *
 * @param folders each with {@code results.jsonl} and {@code load.json}
 */
public record OtherAnswers(List<Path> folders) {

    /** The way in which other engines write under a schema; free text is {@link AnswerWay#FREE} there, too. */
    static final String MASKED = "masked";

    /** Copies the list. */
    public OtherAnswers {
        folders = List.copyOf(folders);
    }

    /**
     * All of them.
     *
     * @throws InvalidInputException if a folder has no results, or a line of them is none of a task
     */
    List<Answer> answers() {
        Map<String, QualityTask> tasks = QualityTasks.of(List.of(TaskKind.values())).stream()
                .collect(Collectors.toMap(QualityTask::id, Function.identity()));
        AnswerJudge judge = new AnswerJudge();
        List<Answer> answers = new ArrayList<>();
        for (Path folder : folders) {
            Path file = folder.resolve(ResultsFile.NAME);
            for (JsonNode line : lines(file)) {
                if (line.has("id")) {
                    Answer answer = read(line, file);
                    QualityTask task = tasks.get(answer.task());
                    if (task == null) {
                        throw new InvalidInputException(file + ": there is no task " + answer.task());
                    }
                    answers.add(answer.with(judge.score(task, answer.text())));
                }
            }
        }
        return answers;
    }

    private static List<JsonNode> lines(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + ": no such file");
        }
        try {
            return new JsonLines(file).read();
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e, e);
        }
    }

    private static Answer read(JsonNode line, Path file) {
        try {
            return ResultJson.read(line, Answer.class);
        } catch (JacksonException e) {
            throw new InvalidInputException(file + ": not an answer: " + e.getOriginalMessage(), e);
        }
    }

    /** What loading took, as far as it is known. */
    List<ModelLoad> loads() {
        return folders.stream().map(ModelLoad::read).flatMap(Optional::stream).toList();
    }
}
