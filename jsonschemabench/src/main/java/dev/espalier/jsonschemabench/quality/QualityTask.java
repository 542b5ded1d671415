// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text, what a model is told to do with it, and the right answer. Immutable.
 *
 * @param id its name, unique among all tasks
 * @param kind what it asks for
 * @param instruction what the model is told to do
 * @param schema what an answer must fit, JSON text
 * @param text what the model reads
 * @param label the right answer
 * @param accepted other spellings of strings of the answer: arrays, by JSON pointer
 * @param unscored members of the answer that the label does not decide
 */
public record QualityTask(
        String id,
        TaskKind kind,
        String instruction,
        String schema,
        String text,
        JsonNode label,
        JsonNode accepted,
        List<String> unscored) {

    /** Copies the list. */
    public QualityTask {
        unscored = List.copyOf(unscored);
    }

    static QualityTask of(TaskKind kind, TaskGroup group, TaskGroup.Labelled task) {
        return new QualityTask(
                task.id(),
                kind,
                group.instruction(),
                group.schema().toString(),
                task.text(),
                task.label(),
                task.accepted(),
                group.unscored());
    }

    /** What the user of the model says: the instruction, an empty line, the text. */
    public String prompt() {
        return instruction + "\n\n" + text;
    }

    /** The same with the answer before the members that the label does not decide, where there are such. */
    QualityTask withAnswerFirst() {
        ObjectNode node = (ObjectNode) JsonMapper.shared().readTree(schema);
        ObjectNode properties = (ObjectNode) node.path("properties");
        for (String member : unscored) {
            properties.set(member, properties.remove(member)); // now the last
        }
        return new QualityTask(id, kind, instruction, node.toString(), text, label, accepted, unscored);
    }
}
