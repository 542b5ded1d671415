// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AnswerJudgeTest {

    private static final String SCHEMA = """
            {"type": "object", "properties": {"reason": {"type": "string"}, "name": {"type": "string"},
             "count": {"type": "number"}, "tags": {"type": "array", "items": {"type": "string"}},
             "more": {"type": ["integer", "null"]}}, "required": ["name", "count"], "additionalProperties": false}
            """;

    private static final QualityTask TASK = new QualityTask(
            "a",
            TaskKind.EXTRACTION,
            "Do it.",
            SCHEMA,
            "text",
            JsonMapper.shared().readTree("""
                            {"reason": "because", "name": "oak", "count": 1250, "tags": ["x", "y"], "more": null}
                            """),
            JsonMapper.shared().readTree("{\"/name\": [\"Oak\", \"oaks\"], \"/tags/1\": [\"z\"]}"),
            List.of("reason"));

    private static AnswerScore score(String text) {
        return new AnswerJudge().score(TASK, text);
    }

    @Test
    void numbersAreComparedByValueAndStringsInEverySpellingWithoutBlanksAtTheEnds() {
        AnswerScore score =
                score("{\"count\": 1.250e3, \"name\": \" oaks \", \"tags\": [\"x\", \"z\"], \"more\": null}");
        assertEquals(new AnswerScore("", 5, 5, true), score);
    }

    @Test
    void whatTheLabelDoesNotDecideDoesNotCount() {
        assertTrue(
                score("{\"reason\":\"another\",\"name\":\"oak\",\"count\":1250,\"tags\":[\"x\",\"y\"],\"more\":null}")
                        .whole());
    }

    @Test
    void anAnswerWithMoreThanTheLabelIsNotWhollyRight() {
        AnswerScore score = score("{\"name\":\"oak\",\"count\":1250,\"tags\":[\"x\",\"y\",\"x\"],\"more\":null}");
        assertEquals(5, score.right());
        assertFalse(score.whole());
    }

    @Test
    void whatIsMissingOrElsewhereIsNotRight() {
        AnswerScore score = score("{\"name\":\"elm\",\"count\":125,\"tags\":[\"y\",\"x\"]}");
        assertEquals(0, score.right());
        assertEquals("", score.faults());
    }

    @Test
    void anAnswerThatDoesNotFitItsSchemaMayHaveRightFields() {
        AnswerScore score = score("{\"name\":\"oak\",\"count\":\"1250\",\"more\":null}");
        assertEquals(2, score.right());
        assertTrue(score.faults().contains("/count"), score.faults());
        assertFalse(score.isValid());
    }

    @Test
    void aTextWithoutJsonHasNothingRight() {
        assertEquals(new AnswerScore("no JSON", 0, 5, false), score("The name is oak."));
        assertEquals(new AnswerScore("no JSON", 0, 5, false), score("{\"name\": \"oak\", \"cou"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"a\":1}~{\"a\":1}",
                "Here you are: ```json {\"a\": [1, {}]} ``` Bye {}~{\"a\": [1, {}]}",
                "Set {x} is: {\"a\":\"}\"}~{\"a\":\"}\"}",
                "[1,2] and {}~[1,2]",
                "{\"ä\": \"😀\"} x~{\"ä\": \"😀\"}",
                "no~",
                "{\"a\": {\"b\": 1}~{\"b\": 1}"
            })
    void theFirstWholeValueIsFoundInProseAndFences(String text, String found) {
        assertEquals(Optional.ofNullable(found), FoundJson.in(text));
    }
}
