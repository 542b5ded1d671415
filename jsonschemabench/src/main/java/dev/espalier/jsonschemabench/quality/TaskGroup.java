// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Tasks with one instruction and one schema, as a file of tasks has them. Immutable.
 *
 * @param group what the tasks have in common
 * @param instruction what the model is told to do
 * @param schema what an answer must fit
 * @param unscored members of the answer that no label decides, such as a reason
 * @param tasks the tasks, in their order
 */
record TaskGroup(String group, String instruction, JsonNode schema, List<String> unscored, List<Labelled> tasks) {

    /**
     * A text and its label.
     *
     * @param id the task's name
     * @param text what the model reads
     * @param label the right answer
     * @param accepted other spellings of strings of the answer, by JSON pointer
     */
    record Labelled(String id, String text, JsonNode label, JsonNode accepted) {}

    /** Copies the lists. */
    TaskGroup {
        unscored = List.copyOf(unscored);
        tasks = List.copyOf(tasks);
    }
}
