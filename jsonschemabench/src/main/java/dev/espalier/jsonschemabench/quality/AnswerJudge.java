// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.jsonschemabench.fields.FieldScore;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares answers with labels: by an independent validator and field by field. Strings are compared without white space at their ends, and may be of any
 * accepted spelling; numbers are compared by value. Thread-safe.
 */
final class AnswerJudge {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ReferenceValidator validator = new ReferenceValidator();

    /** What the first JSON value of a text is worth. */
    AnswerScore score(QualityTask task, String text) {
        JsonNode label = scored(task, task.label());
        Optional<String> found = FoundJson.in(text);
        String faults = found.map(json -> validator.faults(task.schema(), json)).orElse("no JSON");
        JsonNode answer = found.map(AnswerJudge::read).orElse(MissingNode.getInstance());
        FieldScore score =
                FieldScore.of(label, answer, (pointer, expected, actual) -> isSame(task, pointer, expected, actual));
        boolean whole =
                faults.isEmpty() && score.right() == score.fields() && leaves(scored(task, answer)) == score.fields();
        return new AnswerScore(faults, score.right(), score.fields(), whole);
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException | NumberFormatException e) {
            return MissingNode.getInstance(); // numbers that no computer holds
        }
    }

    private static JsonNode scored(QualityTask task, JsonNode answer) {
        return answer instanceof ObjectNode object ? object.deepCopy().remove(task.unscored()) : answer;
    }

    private static int leaves(JsonNode value) {
        return FieldScore.of(value, value, (pointer, expected, actual) -> true).fields();
    }

    private static boolean isSame(QualityTask task, String pointer, JsonNode expected, JsonNode actual) {
        if (!expected.isString() || !actual.isString()) {
            return expected.equals(actual);
        }
        String written = actual.asString().strip();
        return written.equals(expected.asString())
                || task.accepted()
                        .path(pointer)
                        .valueStream()
                        .anyMatch(each -> each.asString().equals(written));
    }
}
