// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.ChatPrompting;
import dev.espalier.Output;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.mask.vocabulary.TextPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The prompts of tasks as a model reads them, for other engines: {@code prompts.jsonl}, a line a task. */
public final class WrittenPrompts {

    private static final String FILE = "prompts.jsonl";

    private WrittenPrompts() {}

    /**
     * A line.
     *
     * @param id the task
     * @param kind what it asks for
     * @param prompt the text, control tokens as the chat template spells them
     * @param tokens the same as ids
     * @param schema what an answer must fit
     * @param label the right answer
     * @param budget the most tokens of an answer
     */
    record Line(
            String id,
            TaskKind kind,
            String prompt,
            List<Integer> tokens,
            JsonNode schema,
            JsonNode label,
            int budget) {}

    /**
     * Writes the prompts of the base way, {@link AnswerWay#DECLARED}.
     *
     * @throws InvalidInputException if the model has no chat template, or the file cannot be written
     */
    public static void write(Path folder, AskedModel asked, List<QualityTask> tasks) {
        ChatPrompting chat = asked.chat()
                .orElseThrow(() -> new InvalidInputException(
                        "prompts are written for a model with a chat template: name one with --model"));
        List<String> lines = new ArrayList<>();
        for (QualityTask task : tasks) {
            String text =
                    AnswerWay.DECLARED.prompting(chat).pieces(task.prompt(), Output.jsonSchema(task.schema())).stream()
                            .map(TextPiece::text)
                            .collect(Collectors.joining());
            lines.add(ResultJson.write(new Line(
                    task.id(),
                    task.kind(),
                    text,
                    Arrays.stream(asked.prompt(task, AnswerWay.DECLARED))
                            .boxed()
                            .toList(),
                    JsonMapper.shared().readTree(task.schema()),
                    task.label(),
                    task.kind().budget())));
        }
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(FILE), lines);
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        }
    }
}
